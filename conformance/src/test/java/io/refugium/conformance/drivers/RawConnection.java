package io.refugium.conformance.drivers;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One connection of HTTP/1.1, on which requests are sent as they are written down. */
final class RawConnection implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawConnection(URI server) throws IOException {
    this.socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /**
   * An answer.
   *
   * @param headers by name in lower case
   * @param text the body; of a stream, what came first
   */
  record Answer(int status, Map<String, String> headers, String text) {
    JsonNode body() {
      return JSON.readTree(text);
    }
  }

  /** Sends a request, its head line by line, and reads the answer. */
  Answer exchange(String head, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    String lines = head.strip() + "\nContent-Length: " + content.length + "\n\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(lines.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(content);
    socket.getOutputStream().write(request.toByteArray());
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] header = line.split(": ?", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    String length = headers.get("content-length");
    return new Answer(status, headers, length == null ? chunk() : text(Integer.parseInt(length)));
  }

  /** The next chunk of a stream. */
  String chunk() throws IOException {
    String size = line();
    return text(Integer.parseInt(size.isEmpty() ? line() : size, 16));
  }

  private String text(int length) throws IOException {
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("The connection ended after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
