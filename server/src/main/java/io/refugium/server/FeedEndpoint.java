package io.refugium.server;

import io.refugium.database.TransactionOptions;
import io.refugium.fql10.engine.EventQueries;
import io.refugium.fql10.engine.QueryAnswer;

/** {@code /feed/1}: pages of events of FQL v10 (spec: HTTP surface 13). */
public final class FeedEndpoint implements Endpoint {
  private final EventQueries events;

  /** Pages of these events. */
  public FeedEndpoint(EventQueries events) {
    this.events = events;
  }

  @Override
  public Response handle(Request request) {
    long lastSeen;
    int timeoutMillis;
    int retries;
    try {
      lastSeen = HeaderValues.timestamp(request, "x-last-txn-ts");
      timeoutMillis = HeaderValues.timeoutMillis(request, "x-query-timeout-ms");
      retries = HeaderValues.retries(request, "x-max-contention-retries");
    } catch (InvalidHeader e) {
      return Dialect.V10.error(
          ProtocolError.BAD_REQUEST, "Invalid headers: " + e.getMessage(), request);
    }
    TransactionOptions options = request.transaction(retries, timeoutMillis, lastSeen, false);
    return response(
        events.feed(
            request.credentials(),
            options,
            timeoutMillis,
            request.body(),
            request.receivedNanos()));
  }

  static Response response(QueryAnswer answer) {
    return Response.json(answer.status(), answer.body());
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
