package io.refugium.server;

import io.refugium.access.AccessException;
import io.refugium.access.Gate;
import io.refugium.database.Metrics;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.fql10.engine.Fql10;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * {@code /environment/1}: the names and types that queries of a database see, for editors; only for
 * admin and server rights (spec: HTTP surface 9.3). Its errors have no {@code error} around them.
 */
public final class EnvironmentEndpoint implements Endpoint {
  private static final JsonFactory JSON = new JsonFactory();

  private final Fql10 language;
  private final Gate gate;

  /** Describes databases to whom this gate lets in. */
  public EnvironmentEndpoint(Fql10 language, Gate gate) {
    this.language = language;
    this.gate = gate;
  }

  @Override
  public Response handle(Request request) {
    try {
      Optional<byte[]> description =
          gate.execute(
                  request.credentials(),
                  request.transaction(0, HeaderValues.DEFAULT_TIMEOUT_MILLIS, 0, false),
                  new Metrics(),
                  session ->
                      session.principal().permissions().mayUseEnvironment()
                          ? Optional.of(language.describe(session))
                          : Optional.<byte[]>empty())
              .value();
      return description
          .map(json -> Response.json(200, json))
          .orElseGet(
              () ->
                  error(
                      ProtocolError.FORBIDDEN,
                      "A valid admin/server key must be provided to use this endpoint"));
    } catch (AccessException.Unauthorized _) {
      return error(ProtocolError.UNAUTHORIZED, "Invalid token, unable to authenticate request");
    } catch (DatabaseException.DeadlineExceeded _) {
      return error(ProtocolError.TIME_OUT, "Read timed out");
    }
  }

  private static Response error(ProtocolError error, String message) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("code", error.code(Dialect.V10));
      json.writeStringProperty("message", message);
      json.writeEndObject();
    }
    return Response.json(error.status(), out.toString());
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
