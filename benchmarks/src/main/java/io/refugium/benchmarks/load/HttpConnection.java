package io.refugium.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One persistent HTTP/1.1 connection that posts JSON and reads the whole answer before it posts
 * again.
 *
 * <p>Written by hand because a load generator on the same two cores must cost far less than what it
 * measures. Not thread-safe.
 */
final class HttpConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 30_000;

  /** Status and body of an answer. */
  record Answer(int status, String body) {}

  private final Socket socket;
  private final InputStream in;
  private final String host;

  HttpConnection(int port) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress("127.0.0.1", port), TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    host = "127.0.0.1:" + port;
  }

  /** The bytes of a request, ready to be sent any number of times. */
  byte[] request(String path, String secret, String body) {
    byte[] payload = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nAuthorization: Bearer "
            + secret
            + "\r\nX-FaunaDB-API-Version: 4\r\nContent-Type: application/json\r\nContent-Length: "
            + payload.length
            + "\r\n\r\n";
    byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[headBytes.length + payload.length];
    System.arraycopy(headBytes, 0, bytes, 0, headBytes.length);
    System.arraycopy(payload, 0, bytes, headBytes.length, payload.length);
    return bytes;
  }

  /** Sends a prepared request and reads the answer, keeping its body. */
  Answer call(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = status(line());
    int length = contentLength();
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("connection closed inside an answer");
    }
    return new Answer(status, new String(body, StandardCharsets.UTF_8));
  }

  /** Sends a prepared request and reads the answer, keeping its status only. */
  int send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    int status = status(line());
    in.skipNBytes(contentLength());
    return status;
  }

  private static int status(String line) {
    return Integer.parseInt(line.substring(9, 12));
  }

  /** Reads the headers to their end. */
  private int contentLength() throws IOException {
    int length = -1;
    for (String line = line(); !line.isEmpty(); line = line()) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Integer.parseInt(line.substring(15).trim());
      }
    }
    if (length < 0) {
      throw new IOException("an answer without content-length");
    }
    return length;
  }

  private String line() throws IOException {
    StringBuilder text = new StringBuilder(64);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("connection closed");
      }
      if (b != '\r') {
        text.append((char) b);
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
