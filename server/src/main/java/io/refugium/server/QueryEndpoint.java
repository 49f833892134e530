package io.refugium.server;

import io.refugium.access.Gate;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql10.engine.QueryAnswer;

/** {@code /query/1}: queries in FQL v10 (spec: FQL v10, 10 and 11). */
public final class QueryEndpoint implements Endpoint {
  private final Fql10 language;
  private final Gate gate;

  /** Answers queries of whom this gate lets in. */
  public QueryEndpoint(Fql10 language, Gate gate) {
    this.language = language;
    this.gate = gate;
  }

  @Override
  public Response handle(Request request) {
    V10Options options;
    try {
      options = V10Options.of(request);
    } catch (InvalidHeader e) {
      return Dialect.V10.error(ProtocolError.BAD_REQUEST, e.getMessage(), request);
    }
    QueryAnswer answer =
        language.query(
            gate,
            request.credentials(),
            options.transaction(request),
            options.query(),
            request.body(),
            request.receivedNanos());
    Response response = Response.json(answer.status(), answer.body());
    return answer.status() == 401 ? response.with("www-authenticate", "Bearer") : response;
  }

  @Override
  public boolean answersBriefly() {
    return true;
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
