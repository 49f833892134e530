package io.refugium.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Sends HTTP/2 frames as they are on one connection and reads frames. What is sent leaves in one go
 * when something is read, or with {@link #flush}.
 */
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  record Frame(int type, int flags, int stream, byte[] payload) {
    /** The error code of a GOAWAY or RST_STREAM frame. */
    int error() {
      return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }
  }

  /** Connects and says what every client says first: the preface and these settings. */
  RawHttp2(int port, int... settings) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port), settings);
  }

  RawHttp2(Socket connected, int... settings) throws IOException {
    socket = connected;
    socket.setSoTimeout(30_000);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
    out.write(PREFACE.getBytes(StandardCharsets.US_ASCII));
    settings(settings);
  }

  RawHttp2 flush() throws IOException {
    out.flush();
    return this;
  }

  RawHttp2 send(int type, int flags, int stream, byte... payload) throws IOException {
    out.write(
        ByteBuffer.allocate(9 + payload.length)
            .putInt(payload.length << 8 | type)
            .put((byte) flags)
            .putInt(stream)
            .put(payload)
            .array());
    return this;
  }

  /** A frame that says it has so many bytes, of which none follows. */
  RawHttp2 announce(int type, int length) throws IOException {
    out.write(ByteBuffer.allocate(9).putInt(length << 8 | type).put((byte) 0).putInt(0).array());
    return this;
  }

  /** Identifiers and values in turn. */
  RawHttp2 settings(int... settings) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(settings.length / 2 * 6);
    for (int i = 0; i < settings.length; i += 2) {
      payload.putShort((short) settings[i]).putInt(settings[i + 1]);
    }
    return send(SETTINGS, 0, 0, payload.array());
  }

  RawHttp2 window(int stream, int more) throws IOException {
    return send(WINDOW_UPDATE, 0, stream, number(more));
  }

  RawHttp2 reset(int stream) throws IOException {
    return send(RST_STREAM, 0, stream, number(8));
  }

  /** A request without a body. */
  RawHttp2 get(int stream, String path) throws IOException {
    return send(HEADERS, END_STREAM | END_HEADERS, stream, fields("GET", path));
  }

  static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  /** The fields that every request has; further names and values in turn. */
  static byte[] fields(String method, String path, String... more) {
    var out = new ByteArrayOutputStream();
    field(out, ":method", method);
    field(out, ":scheme", "http");
    field(out, ":authority", "x");
    field(out, ":path", path);
    for (int i = 0; i < more.length; i += 2) {
      field(out, more[i], more[i + 1]);
    }
    return out.toByteArray();
  }

  /** A literal field that stays out of the table. */
  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    text(out, name);
    text(out, value);
  }

  /** The fields of a request and one that is sent once and repeated so often, a byte each time. */
  static byte[] folded(String method, String path, String name, String value, int times) {
    var out = new ByteArrayOutputStream();
    out.writeBytes(fields(method, path));
    out.write(0x40); // becomes the newest of the table, which is number 62
    text(out, name);
    text(out, value);
    for (int i = 0; i < times; i++) {
      out.write(0x80 | 62);
    }
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    int length = text.length();
    if (length < 127) {
      out.write(length);
    } else {
      out.write(127);
      for (length -= 127; length >= 128; length >>= 7) {
        out.write(length & 127 | 128);
      }
      out.write(length);
    }
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next frame; null at the end of the connection. */
  Frame read() throws IOException {
    try {
      out.flush();
      int start = in.readInt();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      return new Frame(start & 0xff, flags, stream, in.readNBytes(start >>> 8));
    } catch (EOFException | java.net.SocketException closed) {
      return null;
    }
  }

  /** The next frame of a type, whatever comes before it; null if the connection ends first. */
  Frame next(int type) throws IOException {
    Frame frame = read();
    while (frame != null && frame.type() != type) {
      frame = read();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
