package io.refugium.server;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP answer with its whole body. Immutable; the body is handed over, not copied.
 *
 * @param status the HTTP status
 * @param headers fields in the order in which they are sent, names in lower case
 * @param body the body's bytes, UTF-8 JSON unless empty
 */
public record Response(int status, List<Header> headers, byte[] body) {

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
    var all = new ArrayList<Header>(headers.size() + more.size());
    all.addAll(headers);
    all.addAll(more);
    return new Response(status, List.copyOf(all), body);
  }

  /** The same status and header fields without the body, as HEAD answers. */
  public Response withoutBody() {
    return new Response(status, headers, NO_BODY);
  }
}
