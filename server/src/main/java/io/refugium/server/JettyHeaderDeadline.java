package io.refugium.server;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/**
 * Ends connections that send the head of a request, or a TLS handshake, a little at a time: Jetty's
 * idle timeout starts anew with every byte. Looks at all connections now and then, so that a
 * request costs nothing.
 *
 * <p>Invariant: a connection of which a whole head has been read is left alone, whether anybody has
 * begun to answer it or not.
 */
final class JettyHeaderDeadline extends AbstractLifeCycle implements Connection.Listener {
  private static final int LOOKS = 10;

  private final ServerConnector connector;
  private final Duration limit;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();

  /** Allows so much time between the first byte of a head and its end. */
  JettyHeaderDeadline(ServerConnector connector, Duration limit) {
    this.connector = connector;
    this.limit = limit;
  }

  /**
   * How far a connection was when it was looked at.
   *
   * @param requests how many it had sent
   * @param bytes what it had sent by then
   * @param since when it was first seen to have sent more, but no request, by {@link
   *     System#nanoTime}; 0 if it has not
   */
  private record Progress(long requests, long bytes, long since) {}

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection) {
      open.put(connection, new Progress(0, 0, 0));
    } else if (connection instanceof SslConnection) {
      open.put(connection, new Progress(0, 0, System.nanoTime()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  @Override
  protected void doStart() {
    schedule();
  }

  private void schedule() {
    connector
        .getScheduler()
        .schedule(this::look, Math.max(1, limit.toMillis() / LOOKS), TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (!isRunning()) {
      return;
    }
    long now = System.nanoTime();
    open.forEach((connection, progress) -> look(connection, progress, now));
    schedule();
  }

  private void look(Connection connection, Progress progress, long now) {
    if (connection instanceof SslConnection tls) {
      if (!"NONE".equals(tls.getSSLEngine().getSession().getProtocol())) {
        open.remove(connection);
      } else if (isOver(progress, now)) {
        connection.getEndPoint().close();
      }
      return;
    }
    long requests = connection.getMessagesIn();
    long bytes = connection.getBytesIn();
    if (requests != progress.requests() || requests != connection.getMessagesOut()) {
      open.replace(connection, progress, new Progress(requests, bytes, 0));
    } else if (progress.since() == 0) {
      if (bytes > progress.bytes()) {
        open.replace(connection, progress, new Progress(requests, bytes, now));
      }
    } else if (isOver(progress, now)) {
      refuse(connection.getEndPoint());
    }
  }

  private boolean isOver(Progress progress, long now) {
    return now - progress.since() > limit.toNanos();
  }

  /** Nothing is being answered, so nobody else writes. */
  private static void refuse(EndPoint endPoint) {
    endPoint.write(
        Callback.from(endPoint::close, _ -> endPoint.close()),
        ByteBuffer.wrap(JettyErrorHandler.Failure.TIMEOUT.wire()));
  }
}
