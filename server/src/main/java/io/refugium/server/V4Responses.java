package io.refugium.server;

import io.refugium.access.RateLimitExceeded;
import java.util.List;

/** The fixed answers of the v4 protocol (spec: HTTP surface 7.4). */
public final class V4Responses {

  private V4Responses() {}

  /** 200 with {@code {"resource":...}}, for answers that evaluate nothing. */
  static Response resource(Request request, String json) {
    Response response = Response.json(200, "{\"resource\":" + json + "}");
    return response.with(V4Headers.fixed(request, response, true));
  }

  /** 401: the secret is missing or refused. */
  public static Response unauthorized(Request request) {
    return Dialect.V4
        .error(ProtocolError.UNAUTHORIZED, "Unauthorized", request)
        .with("www-authenticate", "Basic realm=\"Unauthorized\"");
  }

  /** 429: the database has used up what it may use at the moment. */
  public static Response rateLimited(Request request, RateLimitExceeded exceeded) {
    return Dialect.V4.error(ProtocolError.TOO_MANY_REQUESTS, exceeded.detail(), request);
  }

  /** 404: nothing is at this path. */
  public static Response notFound(Request request) {
    return withoutBodyForHead(
        request, Dialect.V4.error(ProtocolError.NOT_FOUND, "Not Found", request));
  }

  /** 405; the method HEAD gets it without a body. */
  public static Response methodNotAllowed(Request request, List<String> allowed) {
    String methods = String.join(", ", allowed);
    Response response =
        Dialect.V4.error(
            ProtocolError.METHOD_NOT_ALLOWED, "Allowed methods are " + methods + ".", request);
    return withoutBodyForHead(request, response.with("allow", methods));
  }

  private static Response withoutBodyForHead(Request request, Response response) {
    return request.method().equals("HEAD") ? response.withoutBody() : response;
  }
}
