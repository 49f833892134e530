package io.refugium.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections beyond a limit as soon as they have been accepted, before anything is read
 * from them: so nothing is made for them, and their clients know at once, which they would not if
 * they were left waiting to be accepted.
 *
 * <p>Invariant: a connection that was open before is left alone.
 */
final class JettyConnectionLimit implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(JettyConnectionLimit.class);
  private static final long WARN_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final ServerConnector connector;
  private final int most;
  private final AtomicLong refused = new AtomicLong();
  private volatile long warned = System.nanoTime() - WARN_NANOS;

  /** Lets a connector have so many connections. */
  JettyConnectionLimit(ServerConnector connector, int most) {
    this.connector = connector;
    this.most = most;
  }

  @Override
  public void onOpened(Connection connection) {
    if (isNew(connection) && connector.getConnectedEndPoints().size() > most) {
      refused.incrementAndGet();
      warn();
      connection.getEndPoint().close();
    }
  }

  /** Others take the place of one that was open: a connection may change its protocol. */
  private static boolean isNew(Connection connection) {
    return (connection instanceof HttpConnection || connection instanceof SslConnection)
        && connection.getEndPoint() instanceof SocketChannelEndPoint;
  }

  /** How many were refused. */
  long refused() {
    return refused.get();
  }

  private void warn() {
    long now = System.nanoTime();
    if (now - warned >= WARN_NANOS) {
      warned = now;
      LOG.warn("More than {} connections: new ones are refused", most);
    }
  }
}
