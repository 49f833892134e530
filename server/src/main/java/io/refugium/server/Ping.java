package io.refugium.server;

import java.util.List;
import java.util.function.BooleanSupplier;

/** {@code /ping}: tells whether the server serves; needs no secret (spec: HTTP surface 9.1). */
public final class Ping implements V4Endpoint.Handler {

  private static final List<String> ALLOWED = List.of("GET");

  private final BooleanSupplier writable;

  /** Tells whether the server serves reads, which it does if it answers, and writes. */
  public Ping(BooleanSupplier writable) {
    this.writable = writable;
  }

  @Override
  public Response handle(Request request, V4Options options) {
    return switch (request.method()) {
      case "GET" -> ping(request);
      case "HEAD" -> ping(request).withoutBody();
      default -> V4Responses.methodNotAllowed(request, ALLOWED);
    };
  }

  /**
   * One process that answers at all serves reads and writes, so only a wait of no time can end in
   * time-out.
   */
  private Response ping(Request request) {
    String scope = canonical(request.parameter("scope").orElse("write"));
    if (request.parameter("timeout").filter("0"::equals).isPresent()) {
      return Dialect.V4.error(
          ProtocolError.TIME_OUT, "Scope " + scope + " timed out after 0 milliseconds", request);
    }
    boolean writes = scope.equals("write") || scope.equals("all");
    if (writes && !writable.getAsBoolean()) {
      return Dialect.V4.error(
          ProtocolError.TIME_OUT, "Scope " + scope + " is unavailable", request);
    }
    return V4Responses.resource(request, "\"Scope " + scope + " is OK\"");
  }

  private static String canonical(String scope) {
    return switch (scope) {
      case "write", "global" -> "write";
      case "read", "local" -> "read";
      case "all" -> "all";
      default -> "node";
    };
  }
}
