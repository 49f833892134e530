package io.refugium.server;

import io.refugium.fql4.Fql4Queries;
import io.refugium.fql4.Fql4Queries.Opening;
import io.refugium.fql4.Fql4Queries.Query;
import java.util.List;

/** {@code /stream}: streams of FQL v4 (spec: HTTP surface 11). */
public final class Fql4StreamEndpoint implements V4Endpoint.Handler {
  private final Fql4Queries queries;
  private final Streams streams;

  /** Streams of what these queries evaluate to. */
  public Fql4StreamEndpoint(Fql4Queries queries, Streams streams) {
    this.queries = queries;
    this.streams = streams;
  }

  @Override
  public Response handle(Request request, V4Options options) {
    boolean isPost = request.method().equals("POST");
    if (isPost && !streams.hasRoom()) {
      return Dialect.V4.error(
          ProtocolError.TOO_MANY_REQUESTS, "Rate limit for streams exceeded", request);
    }
    Opening[] opening = new Opening[1];
    Response answer =
        Fql4Endpoint.answer(
            request,
            options,
            () -> {
              opening[0] =
                  queries.open(
                      request.credentials(),
                      options.transaction(request, false),
                      new Query(request.body(), options.apiVersion(), true),
                      request.parameter("fields"));
              return opening[0].answer();
            });
    if (answer.status() == ProtocolError.UNAUTHORIZED.status()) {
      return answer;
    }
    boolean opened = opening[0] != null && opening[0].stream() != null;
    if (!isPost) {
      if (opened) {
        opening[0].stream().close();
      }
      return V4Responses.methodNotAllowed(request, List.of("POST"));
    }
    return opened
        ? Response.streaming(
                streams.running(opening[0].stream(), (stream, pieces) -> stream.run(pieces::send)))
            .with(answer.headers())
            .with("x-fauna-stream-id", Streams.newId())
        : answer;
  }
}
