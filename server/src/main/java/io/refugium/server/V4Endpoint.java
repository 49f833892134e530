package io.refugium.server;

import io.refugium.server.Response.Header;
import java.util.ArrayList;
import java.util.List;

/**
 * What all v4 paths have in common, unknown ones included: their headers are checked before
 * anything else, and the tags come back on every answer (spec: HTTP surface 2, 4.2, 4.3).
 */
public final class V4Endpoint implements Endpoint {

  /** What a v4 path answers to a request whose headers are in order. Thread-safe; may block. */
  @FunctionalInterface
  public interface Handler {
    /** Answers one request. */
    Response handle(Request request, V4Options options);

    /** See {@link Endpoint#answersBriefly}. */
    default boolean answersBriefly() {
      return false;
    }
  }

  private final Handler handler;

  /** An endpoint whose answers come from {@code handler}. */
  public V4Endpoint(Handler handler) {
    this.handler = handler;
  }

  @Override
  public Response handle(Request request) {
    V4Options options;
    try {
      options = V4Options.of(request);
    } catch (InvalidHeader e) {
      return Dialect.V4.bare(ProtocolError.BAD_REQUEST, e.getMessage());
    }
    String tags;
    try {
      tags = QueryTags.reversed(request, "x-fauna-tags");
    } catch (InvalidHeader e) {
      return Dialect.V4.error(ProtocolError.BAD_REQUEST, e.getMessage(), request);
    }
    Response response = forReader(request, handler.handle(request, options));
    return tags.isEmpty() ? response : withTags(response, tags);
  }

  @Override
  public boolean answersBriefly() {
    return handler.answersBriefly();
  }

  @Override
  public Dialect dialect() {
    return Dialect.V4;
  }

  /** People who ask by hand get an answer that is laid out; its length is told everywhere. */
  private static Response forReader(Request request, Response response) {
    if (response.body().length == 0 || !asksForLayout(request)) {
      return response;
    }
    byte[] body = IndentedJson.of(response.body());
    List<Header> headers =
        response.headers().stream()
            .map(
                header ->
                    header.name().equals(V4Headers.BYTES_OUT)
                        ? new Header(V4Headers.BYTES_OUT, Integer.toString(body.length))
                        : header)
            .toList();
    return new Response(response.status(), headers, body);
  }

  private static boolean asksForLayout(Request request) {
    String agent = request.header("user-agent");
    return request.header("x-faunadb-formatted-json") != null
        || (agent != null && (agent.contains("curl") || agent.contains("HTTPie")));
  }

  /**
   * The tags stand after the transaction time, where {@code access-control-expose-headers} has
   * them.
   */
  private static Response withTags(Response response, String tags) {
    var headers = new ArrayList<>(response.headers());
    headers.add(Math.min(1, headers.size()), new Header("x-fauna-tags", tags));
    return new Response(
        response.status(), List.copyOf(headers), response.body(), response.stream());
  }
}
