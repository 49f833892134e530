package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.hpack.HpackDecoder;
import org.eclipse.jetty.http2.hpack.HpackEncoder;
import org.eclipse.jetty.http2.hpack.HpackException;

/**
 * A connection of HTTP/2 by prior knowledge (RFC 9113) with one stream at a time. Announces windows
 * so large that answers need no further credit before a gibibyte has come.
 */
final class Http2Connection extends Connection {
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
  private static final int FRAME_HEAD = 9;
  private static final int LARGEST_FRAME = 16 * 1024;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final short INITIAL_WINDOW = 4;
  private static final int WINDOW = 1 << 30;

  private final HpackEncoder encoder = new HpackEncoder();
  private final HpackDecoder decoder = new HpackDecoder(LARGEST_FRAME, System::nanoTime);
  private final ByteBuffer out = ByteBuffer.allocate(FRAME_HEAD + LARGEST_FRAME);
  private int stream = -1;
  private int status;
  private int received;

  Http2Connection(int port) throws IOException {
    super(port);
    ByteBuffer greeting = ByteBuffer.allocate(128).put(ascii(PREFACE));
    frame(greeting, SETTINGS, 0, 0, 6).putShort(INITIAL_WINDOW).putInt(WINDOW);
    frame(greeting, WINDOW_UPDATE, 0, 0, 4).putInt(WINDOW);
    write(greeting.flip());
  }

  @Override
  void send(Call call) throws IOException {
    byte[] payload = call.body().getBytes(StandardCharsets.UTF_8);
    stream += 2;
    status = INCOMPLETE;
    HttpFields fields =
        HttpFields.build()
            .put("authorization", "Bearer " + call.secret())
            .put("x-faunadb-api-version", "4")
            .put("content-type", "application/json")
            .put("content-length", payload.length);
    out.clear().position(FRAME_HEAD);
    try {
      encoder.encode(
          out,
          new MetaData.Request(
              "POST", HttpURI.from("http://" + host + call.path()), HttpVersion.HTTP_2, fields));
    } catch (HpackException e) {
      throw new IOException(e);
    }
    int length = out.position() - FRAME_HEAD;
    out.flip();
    frame(out.duplicate(), HEADERS, END_HEADERS, stream, length);
    if (payload.length + out.limit() + FRAME_HEAD > out.capacity()) {
      write(out);
      data(payload);
    } else {
      out.position(out.limit()).limit(out.capacity());
      frame(out, DATA, END_STREAM, stream, payload.length).put(payload);
      write(out.flip());
    }
  }

  private void data(byte[] payload) throws IOException {
    for (int from = 0; from < payload.length; from += LARGEST_FRAME) {
      int length = Math.min(LARGEST_FRAME, payload.length - from);
      int flags = from + length == payload.length ? END_STREAM : 0;
      frame(out.clear(), DATA, flags, stream, length).put(payload, from, length);
      write(out.flip());
    }
  }

  @Override
  int parse(StringBuilder body) throws IOException {
    while (in.remaining() >= FRAME_HEAD) {
      int head = in.position();
      int length = (in.getShort(head) & 0xffff) << 8 | in.get(head + 2) & 0xff;
      if (in.remaining() < FRAME_HEAD + length) {
        break;
      }
      int type = in.get(head + 3);
      int flags = in.get(head + 4);
      int end = head + FRAME_HEAD + length;
      in.position(head + FRAME_HEAD);
      boolean last = frame(type, flags, length, body);
      in.position(end);
      if (last) {
        return status;
      }
    }
    return INCOMPLETE;
  }

  /** Takes one frame; whether it was the last of the answer. */
  private boolean frame(int type, int flags, int length, StringBuilder body) throws IOException {
    switch (type) {
      case HEADERS -> status = status(length);
      case DATA -> {
        take(length, body);
        credit(length);
      }
      case SETTINGS -> {
        if ((flags & ACK) == 0) {
          write(frame(ByteBuffer.allocate(FRAME_HEAD), SETTINGS, ACK, 0, 0).flip());
        }
        return false;
      }
      case PING -> {
        if ((flags & ACK) == 0) {
          long data = in.getLong();
          ByteBuffer pong = frame(ByteBuffer.allocate(FRAME_HEAD + 8), PING, ACK, 0, 8);
          write(pong.putLong(data).flip());
        }
        return false;
      }
      case RST_STREAM, GOAWAY -> throw new IOException("the server ended the connection");
      default -> {
        return false;
      }
    }
    return (flags & END_STREAM) != 0;
  }

  private int status(int length) throws IOException {
    try {
      ByteBuffer block = in.duplicate().limit(in.position() + length);
      return ((MetaData.Response) decoder.decode(block)).getStatus();
    } catch (HpackException e) {
      throw new IOException(e);
    }
  }

  private void credit(int length) throws IOException {
    received += length;
    if (received > WINDOW / 2) {
      write(
          frame(ByteBuffer.allocate(FRAME_HEAD + 4), WINDOW_UPDATE, 0, 0, 4)
              .putInt(received)
              .flip());
      received = 0;
    }
  }

  /** Puts the head of a frame. */
  private static ByteBuffer frame(ByteBuffer to, int type, int flags, int stream, int length) {
    return to.put((byte) (length >> 16))
        .putShort((short) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
