package io.refugium.server;

import io.refugium.server.Response.Header;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets browsers of any origin in: what a caller may do is decided by its secret, never by its
 * origin (spec: HTTP surface 15).
 */
final class Cors {

  private static final String ALLOWED_METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String ALLOWED_HEADERS =
      String.join(
          ", ",
          "accept-encoding",
          "authorization",
          "content-type",
          "x-driver-env",
          "x-faunadb-api-version",
          "x-fauna-driver",
          "x-fauna-source",
          "x-fauna-tags",
          "x-format",
          "x-last-seen-txn",
          "x-last-txn-ts",
          "x-linearized",
          "x-max-contention-retries",
          "x-max-retries-on-contention",
          "x-query-tags",
          "x-query-timeout",
          "x-query-timeout-ms",
          "x-runtime-environment",
          "x-runtime-environment-os",
          "x-nodejs-version",
          "traceparent",
          "x-typecheck",
          "x-performance-hints");
  private static final String MAX_AGE_SECONDS = "86400";

  private Cors() {}

  /** True for a browser's question whether it may send a request. */
  static boolean isPreflight(String method, String origin) {
    return origin != null && method.equals("OPTIONS");
  }

  /** The answer to a preflight: yes. */
  static Response preflight(String origin) {
    return Response.empty(200)
        .with(
            List.of(
                new Header("access-control-allow-origin", origin),
                new Header("access-control-allow-credentials", "true"),
                new Header("access-control-allow-methods", ALLOWED_METHODS),
                new Header("access-control-allow-headers", ALLOWED_HEADERS),
                new Header("access-control-max-age", MAX_AGE_SECONDS),
                new Header("access-control-expose-headers", "")));
  }

  /**
   * An ordinary answer with what it carries besides its own fields if its request has an {@code
   * Origin}.
   *
   * @param origin null if there is none
   */
  static Response allowing(String origin, Response response) {
    if (origin == null) {
      return response;
    }
    String exposed =
        response.headers().stream()
            .map(Header::name)
            .filter(name -> name.startsWith("x-"))
            .collect(Collectors.joining(", "));
    return response.with(
        List.of(
            new Header("access-control-allow-origin", origin),
            new Header("access-control-allow-credentials", "true"),
            new Header("access-control-expose-headers", exposed)));
  }
}
