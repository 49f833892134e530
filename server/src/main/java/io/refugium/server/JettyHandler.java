package io.refugium.server;

import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Takes what Jetty has parsed: refuses heads that are too large or malformed, and begins a {@link
 * JettyExchange} for every other. Whoever calls {@link #handle} never waits in it.
 */
final class JettyHandler extends Handler.Abstract.NonBlocking {
  private static final String STOPPING = "Read timed out (the server is being stopped)";

  private final Limits limits;
  private final JettyExchange.Server server;

  /**
   * A handler.
   *
   * @param waiting runs what may wait, each in a thread of its own
   */
  JettyHandler(Routes routes, Limits limits, String build, Telemetry telemetry, Executor waiting) {
    this.limits = limits;
    this.server =
        new JettyExchange.Server(
            routes,
            limits,
            new PendingBytes(limits.pending()),
            telemetry,
            new Briefness(),
            waiting,
            new JettyAnswers(build, limits));
  }

  @Override
  public boolean handle(
      Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
    if (acceptable(jetty)) {
      new JettyExchange(server, jetty, response, callback).read();
    } else {
      JettyErrorHandler.answer(JettyErrorHandler.Failure.BAD_REQUEST, response, callback);
    }
    return true;
  }

  /**
   * Refuses a request that comes on an open connection while the server stops, in the words of its
   * language: nothing of it has been done, so it may be sent again.
   */
  void refuseStopping(
      Request jetty, org.eclipse.jetty.server.Response response, Callback callback) {
    HttpFields headers = jetty.getHeaders();
    Endpoint endpoint = server.routes().find(JettyExchange.pathOf(jetty));
    Response answer = endpoint.dialect().bare(ProtocolError.TIME_OUT, STOPPING);
    TraceContext trace = TraceContext.from(headers.get("traceparent"));
    server
        .answers()
        .send(Cors.allowing(headers.get("origin"), answer), trace, true, jetty, response, callback);
  }

  private boolean acceptable(Request jetty) {
    String target = jetty.getHttpURI().getPathQuery();
    if (target == null || !QueryStrings.wellFormed(target)) {
      return false;
    }
    int line = jetty.getMethod().length() + target.length() + " ".length() * 2 + 8;
    return line <= limits.requestLine() && headerBytes(jetty.getHeaders()) <= limits.headerBlock();
  }

  private static int headerBytes(HttpFields headers) {
    int bytes = 0;
    for (HttpField field : headers) {
      String value = field.getValue();
      bytes += field.getName().length() + (value == null ? 0 : value.length()) + ": \r\n".length();
    }
    return bytes;
  }
}
