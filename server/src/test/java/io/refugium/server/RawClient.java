package io.refugium.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends bytes as they are on one connection and reads HTTP/1.1 answers. */
final class RawClient implements AutoCloseable {

  record Answer(int status, Map<String, String> headers, String body) {}

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
  }

  RawClient(Socket connected) throws IOException {
    socket = connected;
    socket.setSoTimeout(10_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Sends text, line ends as CR LF. */
  RawClient send(String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    return this;
  }

  /** Sends a byte at a time until the server has enough of it. */
  RawClient trickle(String text, Duration pause) throws IOException, InterruptedException {
    try {
      for (int i = 0; i < text.length() && in.available() == 0; i++) {
        socket.getOutputStream().write(text.charAt(i));
        Thread.sleep(pause);
      }
    } catch (SocketException _) {
      // It has closed the connection; what it said before can still be read.
    }
    return this;
  }

  /** Sends nothing more, but still reads. */
  void endInput() throws IOException {
    socket.shutdownOutput();
  }

  /** The next answer, interim ones (100) included. */
  Answer read() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(status, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  /** Waits for the server to close the connection; false if it sends something else first. */
  boolean closed() throws IOException {
    return in.read() < 0;
  }

  /** Takes so many bytes, whatever they are; false at the end of the connection. */
  boolean reads(int bytes) throws IOException {
    try {
      return in.readNBytes(bytes).length == bytes;
    } catch (SocketException closed) {
      return false;
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("The server closed the connection after: " + line);
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
