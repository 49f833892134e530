package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionResult;
import io.refugium.model.GlobalId;
import java.util.List;

/**
 * {@code /authorized}: whether a secret is valid, and of which database (spec: HTTP surface 9.2).
 */
public final class Authorized implements V4Endpoint.Handler {

  private static final List<String> ALLOWED = List.of("GET");

  private final Gate gate;

  /** Answers for the secrets that this gate lets in. */
  public Authorized(Gate gate) {
    this.gate = gate;
  }

  @Override
  public Response handle(Request request, V4Options options) {
    TransactionResult<Long> scope;
    try {
      scope =
          gate.execute(
              request.credentials(),
              options.transaction(request, false),
              new Metrics(),
              session -> session.scope());
    } catch (AccessException.Unauthorized e) {
      return V4Responses.unauthorized(request);
    }
    return switch (request.method()) {
      case "GET" -> answer(request, scope.value());
      case "HEAD" -> answer(request, scope.value()).withoutBody();
      default -> V4Responses.methodNotAllowed(request, ALLOWED);
    };
  }

  /** There are no accounts here: all databases belong to account 0. */
  private static Response answer(Request request, long scope) {
    Response response =
        Response.json(200, "{\"account\":\"0\",\"global_id\":\"" + GlobalId.format(scope) + "\"}");
    return response.with(V4Headers.fixed(request, response, true));
  }
}
