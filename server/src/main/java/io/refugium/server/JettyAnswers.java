package io.refugium.server;

import io.refugium.server.Response.Header;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Sends answers: the headers that every one has, and the body, at once or as a stream. */
final class JettyAnswers {
  static final String JSON = "application/json;charset=utf-8";

  private static final HttpField CONTENT_TYPE =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "content-type", JSON);
  private static final HttpField CLOSE = new HttpField("connection", "close");

  /** Without its enum constant, because Jetty would leave out what HTTP/1.1 takes for granted. */
  private static final HttpField KEEP_ALIVE =
      new PreEncodedHttpField((HttpHeader) null, "connection", "keep-alive");

  private final HttpField build;
  private final Limits limits;

  /**
   * Answers of a server.
   *
   * @param build what it tells of its version
   */
  JettyAnswers(String build, Limits limits) {
    this.build = new PreEncodedHttpField("x-faunadb-build", build);
    this.limits = limits;
  }

  /**
   * Sends an answer.
   *
   * @param close whether the connection is not to be used again
   */
  void send(
      Response answer,
      TraceContext trace,
      boolean close,
      Request jetty,
      org.eclipse.jetty.server.Response response,
      Callback callback) {
    response.setStatus(answer.status());
    HttpFields.Mutable headers = response.getHeaders();
    boolean streaming = answer.stream() != null;
    if (streaming || answer.body().length > 0) {
      headers.put(CONTENT_TYPE);
    }
    if (!streaming) {
      headers.put("content-length", answer.body().length);
    }
    headers.add(field("traceparent", trace.header()));
    headers.add(build);
    for (Header field : answer.headers()) {
      headers.add(field(field.name(), field.value()));
    }
    switch (jetty.getConnectionMetaData().getHttpVersion()) {
      case HTTP_1_1 -> headers.put(close || asksToClose(jetty) ? CLOSE : KEEP_ALIVE);
      case HTTP_1_0 -> headers.put(CLOSE);
      default -> {}
    }
    var output = new JettyOutput(jetty, response, limits.answer());
    if (streaming) {
      JettyStream.run(answer.stream(), jetty, output, callback);
    } else {
      output.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
  }

  /** Saves Jetty the look-up of what the name may mean to it: to these names it does nothing. */
  private static HttpField field(String name, String value) {
    return new HttpField((HttpHeader) null, name, value);
  }

  private static boolean asksToClose(Request jetty) {
    return jetty.getHeaders().contains(HttpHeader.CONNECTION, "close");
  }
}
