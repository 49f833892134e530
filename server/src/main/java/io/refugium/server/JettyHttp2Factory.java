package io.refugium.server;

import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/**
 * Clear-text HTTP/2. Jetty itself would upgrade only requests without a body, before any handler
 * sees them; so upgrades by header are left to {@link JettyUpgrade}, and only prior knowledge is
 * handled here.
 */
final class JettyHttp2Factory extends HTTP2CServerConnectionFactory {

  private static final int TABLE_BYTES = 4096;

  JettyHttp2Factory(HttpConfiguration configuration) {
    super(configuration);
    setMaxEncoderTableCapacity(TABLE_BYTES);
  }

  /**
   * A table of the fields already sent only for clients that announce one in their settings: to the
   * others each answer can be read by itself.
   */
  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    Connection connection = super.newConnection(connector, endPoint);
    ((HTTP2Connection) connection)
        .getSession()
        .getGenerator()
        .getHpackEncoder()
        .setTableCapacity(0);
    return connection;
  }

  @Override
  public Connection upgradeConnection(
      Connector connector,
      EndPoint endPoint,
      MetaData.Request request,
      HttpFields.Mutable response101)
      throws HttpException.RuntimeException {
    return HttpMethod.PRI.is(request.getMethod())
        ? super.upgradeConnection(connector, endPoint, request, response101)
        : null;
  }
}
