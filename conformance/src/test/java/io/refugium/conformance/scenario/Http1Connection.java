package io.refugium.conformance.scenario;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One HTTP/1.1 connection that hides nothing: scenarios are about the protocol itself, malformed
 * requests and repeated headers included, which client libraries refuse to send. Not thread-safe.
 */
final class Http1Connection implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;
  private final String authority;
  private final InputStream in;

  Http1Connection(URI server) throws IOException {
    socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    authority = server.getAuthority();
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Status line and header fields; the body follows. */
  record Head(int status, Map<String, String> headers) {}

  Exchange exchange(HttpRequest request) throws IOException {
    send(request);
    return read(request.method());
  }

  void send(HttpRequest request) throws IOException {
    var head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(authority).append("\r\n");
    request
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (request.body() != null || !request.method().matches("GET|HEAD|OPTIONS")) {
      int length = request.body() == null ? 0 : request.body().length;
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    head.append("\r\n");
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    if (request.body() != null) {
      all.writeBytes(request.body());
    }
    send(all.toByteArray());
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  /** The next final answer, with its body unless it is to a HEAD or a switch of protocols. */
  Exchange read(String method) throws IOException {
    Head head = readHead();
    if (method.equals("HEAD") || head.status() == 101) {
      return new Exchange(head.status(), head.headers(), "");
    }
    return new Exchange(
        head.status(),
        head.headers(),
        new String(body(head).readAllBytes(), StandardCharsets.UTF_8));
  }

  /** The next final answer's head; {@link #body} gives what follows. */
  Head readHead() throws IOException {
    while (true) {
      String[] status = line().split(" ", 3);
      if (status.length < 2 || !status[0].startsWith("HTTP/")) {
        throw new IOException("Not an HTTP answer: " + String.join(" ", status));
      }
      var headers = new HashMap<String, String>();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      int code = Integer.parseInt(status[1]);
      if (code >= 200 || code == 101) {
        return new Head(code, headers);
      }
    }
  }

  /** The body that follows a head, as it arrives. */
  InputStream body(Head head) {
    if ("chunked".equalsIgnoreCase(head.headers().get("transfer-encoding"))) {
      return new Chunks();
    }
    String length = head.headers().get("content-length");
    return length == null ? in : new FixedLength(Integer.parseInt(length));
  }

  /** Whether the server closes the connection within two seconds without sending anything more. */
  boolean closesSoon() throws IOException {
    socket.setSoTimeout(2000);
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException stillOpen) {
      return false;
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("The server closed the connection");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A body of known length. */
  private final class FixedLength extends InputStream {
    private int left;

    FixedLength(int length) {
      left = length;
    }

    @Override
    public int read() throws IOException {
      return left-- > 0 ? in.read() : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left <= 0) {
        return -1;
      }
      int read = in.read(bytes, offset, Math.min(left, length));
      if (read < 0) {
        throw new EOFException("The body is shorter than announced");
      }
      left -= read;
      return read;
    }
  }

  /**
   * A chunked body; a read returns what has arrived of a chunk. The line end after a chunk may come
   * only with the next one, so it is read with that.
   */
  private final class Chunks extends InputStream {
    private int left;
    private boolean afterChunk;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (!ended && left == 0) {
        if (afterChunk) {
          line();
        }
        left = Integer.parseInt(line().strip(), 16);
        if (left == 0) {
          ended = true;
          line();
        }
      }
      if (ended) {
        return -1;
      }
      int read = in.read(bytes, offset, Math.min(left, length));
      if (read < 0) {
        throw new EOFException("The stream was cut off");
      }
      left -= read;
      afterChunk = true;
      return read;
    }
  }
}
