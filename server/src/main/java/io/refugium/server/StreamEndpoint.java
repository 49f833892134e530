package io.refugium.server;

import io.refugium.database.TransactionOptions;
import io.refugium.fql10.engine.EventQueries;
import io.refugium.fql10.events.EventStream;
import java.util.concurrent.TimeUnit;

/** {@code /stream/1}: streams of events of FQL v10 (spec: HTTP surface 12). */
public final class StreamEndpoint implements Endpoint {
  private static final int OPENING_MILLIS = 60_000;

  private final EventQueries events;
  private final Streams streams;

  /** Streams of these events. */
  public StreamEndpoint(EventQueries events, Streams streams) {
    this.events = events;
    this.streams = streams;
  }

  @Override
  public Response handle(Request request) {
    if (!streams.hasRoom()) {
      return Dialect.V10.error(
          ProtocolError.TOO_MANY_REQUESTS, "Rate limit for streams exceeded", request);
    }
    TransactionOptions options =
        TransactionOptions.within(TimeUnit.MILLISECONDS.toNanos(OPENING_MILLIS));
    try {
      EventStream stream =
          events.stream(
              request.credentials(),
              options,
              OPENING_MILLIS,
              request.body(),
              request.receivedNanos());
      return Response.streaming(
              streams.running(stream, (opened, pieces) -> opened.run(pieces::send)))
          .with("x-fauna-stream-id", Streams.newId());
    } catch (EventQueries.Refused refused) {
      return FeedEndpoint.response(refused.answer());
    }
  }

  @Override
  public Dialect dialect() {
    return Dialect.V10;
  }
}
