package io.refugium.server;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Upgrades an HTTP/1.1 request, body and all, to stream 1 of an HTTP/2 connection (spec: HTTP
 * surface 1; the JVM drivers upgrade with POST bodies).
 *
 * <p>The body has been read as HTTP/1.1 by then. It travels to stream 1 in a header field whose
 * class no request from the wire can have.
 */
final class JettyUpgrade {

  private static final String CARRIER = "upgraded-body";

  private JettyUpgrade() {}

  private static final class BodyField extends HttpField {
    private final byte[] body;

    BodyField(byte[] body) {
      super(CARRIER, "");
      this.body = body;
    }
  }

  /** True if the client asks to go on in HTTP/2. */
  static boolean isAsked(Request request) {
    HttpFields headers = request.getHeaders();
    return headers.contains(HttpHeader.UPGRADE, "h2c")
        && headers.contains(HttpHeader.HTTP2_SETTINGS)
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
  }

  /**
   * The body that came with the upgrade to the connection of which this request is stream 1;
   * otherwise null.
   */
  static byte[] bodyOf(Request request) {
    return request.getHeaders().getField(CARRIER) instanceof BodyField field ? field.body : null;
  }

  /**
   * Answers 101 and hands the connection over to HTTP/2, where the request is answered.
   *
   * @return false, with nothing done, if the client's HTTP/2 settings are malformed
   */
  static boolean upgrade(Request request, byte[] body, Response response, Callback callback) {
    ConnectionMetaData http1 = request.getConnectionMetaData();
    EndPoint endPoint = http1.getConnection().getEndPoint();
    var factory = http1.getConnector().getConnectionFactory(JettyHttp2Factory.class);
    var http2 = (HTTP2ServerConnection) factory.newConnection(http1.getConnector(), endPoint);
    HttpFields.Mutable fields101 = HttpFields.build();
    try {
      http2.upgrade(stream1(request, body), fields101);
    } catch (RuntimeException e) {
      // Jetty throws these for settings that are not Base64 or not whole.
      return false;
    }
    response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
    response.getHeaders().put(HttpHeader.UPGRADE, "h2c").put(HttpHeader.CONNECTION, "upgrade");
    request.setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, http2);
    callback.succeeded();
    return true;
  }

  private static MetaData.Request stream1(Request request, byte[] body) {
    HttpFields.Mutable fields = HttpFields.build(request.getHeaders());
    fields.remove(HttpHeader.CONTENT_LENGTH);
    fields.remove(HttpHeader.TRANSFER_ENCODING);
    fields.remove(HttpHeader.EXPECT);
    fields.remove(HttpHeader.CONNECTION);
    fields.remove(HttpHeader.UPGRADE);
    // Jetty reads the settings from this field of the request it upgrades.
    fields.put(new BodyField(body));
    return new MetaData.Request(
        request.getBeginNanoTime(),
        request.getMethod(),
        request.getHttpURI(),
        HttpVersion.HTTP_2,
        fields,
        -1);
  }
}
