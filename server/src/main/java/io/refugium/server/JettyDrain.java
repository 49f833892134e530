package io.refugium.server;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/** Knows which requests run, so that a stop can wait for them while it refuses others. */
final class JettyDrain extends GracefulHandler {
  private final JettyHandler handler;

  JettyDrain(JettyHandler handler) {
    super(handler);
    this.handler = handler;
  }

  @Override
  protected void handleShutdownRejection(Request request, Response response, Callback callback) {
    handler.refuseStopping(request, response, callback);
  }
}
