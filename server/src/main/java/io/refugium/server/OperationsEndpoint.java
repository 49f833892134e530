package io.refugium.server;

import java.util.function.BooleanSupplier;

/**
 * What those see who run a server, on a port of its own: {@code /metrics}, {@code /live} (the
 * process answers) and {@code /ready} (it serves reads and writes). Nothing here needs a secret, so
 * nothing here tells of anybody's data.
 */
public final class OperationsEndpoint implements Endpoint {
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final ServerMetrics metrics;
  private final BooleanSupplier ready;

  /** Tells these metrics, and whether the server is ready. */
  public OperationsEndpoint(ServerMetrics metrics, BooleanSupplier ready) {
    this.metrics = metrics;
    this.ready = ready;
  }

  /** The routes of such a port. */
  public Routes routes() {
    return Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)))
        .at("/metrics", this)
        .at("/live", this)
        .at("/ready", this)
        .build();
  }

  @Override
  public Response handle(Request request) {
    Response answer =
        switch (request.path()) {
          case "/metrics" -> Response.json(200, metrics.text()).with("content-type", TEXT);
          case "/live" -> state(true);
          default -> state(ready.getAsBoolean());
        };
    return switch (request.method()) {
      case "GET" -> answer;
      case "HEAD" -> answer.withoutBody();
      default -> Dialect.V10.error(ProtocolError.METHOD_NOT_ALLOWED, "Method not allowed", request);
    };
  }

  private static Response state(boolean good) {
    return Response.json(good ? 200 : UNAVAILABLE, "{\"ok\":" + good + "}");
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
