package io.refugium.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP answer with its whole body, or the start of one whose body goes on. Immutable; the body
 * is handed over, not copied.
 *
 * @param status the HTTP status
 * @param headers fields in the order in which they are sent, names in lower case
 * @param body the body's bytes, UTF-8 JSON unless empty
 * @param stream what sends the body piece by piece; null for an answer that is complete
 */
public record Response(int status, List<Header> headers, byte[] body, Stream stream) {

  /** An answer with its whole body. */
  public Response(int status, List<Header> headers, byte[] body) {
    this(status, headers, body, null);
  }

  /** Sends a body that goes on until somebody has enough. */
  public interface Stream extends AutoCloseable {
    /**
     * Runs on the thread of the request, after the head of the answer has been sent.
     *
     * @throws IOException when the client is gone
     * @throws InterruptedException when the server stops
     */
    void run(Pieces pieces) throws IOException, InterruptedException;

    /** Gives up what the stream holds; called once in any case, run or not. */
    @Override
    void close();
  }

  /** Where the pieces of a body go. */
  @FunctionalInterface
  public interface Pieces {
    /**
     * Sends a piece as one chunk or frame and waits until the transport has taken it: so a slow
     * client slows its own stream down and costs no memory.
     *
     * @throws IOException when the client is gone, or takes nothing for too long
     */
    void send(byte[] piece) throws IOException;
  }

  /** An answer with status 200 whose body a stream sends. */
  public static Response streaming(Stream stream) {
    return new Response(200, List.of(), NO_BODY, stream);
  }

  /** A header field; the name is in lower case. */
  public record Header(String name, String value) {}

  private static final byte[] NO_BODY = {};

  /** An answer with a JSON body and no header fields of its own. */
  public static Response json(int status, byte[] utf8) {
    return new Response(status, List.of(), utf8);
  }

  /** An answer with a JSON body and no header fields of its own. */
  public static Response json(int status, String json) {
    return json(status, json.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return json(status, NO_BODY);
  }

  /** The same answer with one more header field at the end. */
  public Response with(String name, String value) {
    return with(List.of(new Header(name, value)));
  }

  /** The same answer with more header fields at the end. */
  public Response with(List<Header> more) {
    if (headers.isEmpty()) {
      return new Response(status, List.copyOf(more), body, stream);
    }
    var all = new ArrayList<Header>(headers.size() + more.size());
    all.addAll(headers);
    all.addAll(more);
    return new Response(status, List.copyOf(all), body, stream);
  }

  /** The same status and header fields without the body, as HEAD answers. */
  public Response withoutBody() {
    return new Response(status, headers, NO_BODY);
  }
}
