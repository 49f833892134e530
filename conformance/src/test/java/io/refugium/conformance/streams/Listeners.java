package io.refugium.conformance.streams;

import io.refugium.conformance.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Many open streams read by one thread, as cheaply as can be: what is measured beside them is the
 * server. Each stream keeps the numbers of the documents that it was told of, in that order.
 */
final class Listeners implements AutoCloseable {
  /** How streams are carried. */
  enum Protocol {
    /** One connection a stream. */
    HTTP_1_1,
    /** As many streams on a connection as most servers allow. */
    HTTP_2
  }

  private static final int STREAMS_A_CONNECTION = 100;
  private static final int BUFFER = 1 << 18;
  private static final byte[] NUMBER = utf8("\"n\":{\"@int\":\"");
  private static final byte[] TIME = utf8("\"txn_ts\":");
  private static final byte[] ADDED = utf8("{\"type\":\"add\"");
  private static final byte[] OPENED = utf8("{\"type\":\"status\"");

  private final int expected;
  private final Selector selector = Selector.open();
  private final List<Told> streams = new ArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final Delays delays = new Delays();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private int complete;
  private volatile boolean closed;

  /**
   * Opens streams of a source and waits until they are open.
   *
   * @param expected how many events each is to be told
   */
  Listeners(ServerProcess server, Protocol protocol, int count, String source, int expected)
      throws Exception {
    this.expected = expected;
    InetSocketAddress address =
        new InetSocketAddress(server.url().getHost(), server.url().getPort());
    String body = "{\"token\":\"" + source + "\"}";
    for (int left = count; left > 0; ) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      int here = protocol == Protocol.HTTP_2 ? Math.min(left, STREAMS_A_CONNECTION) : 1;
      List<Told> told = new ArrayList<>();
      for (int i = 0; i < here; i++) {
        told.add(new Told());
      }
      streams.addAll(told);
      Connection connection =
          protocol == Protocol.HTTP_2
              ? Http2.open(channel, told, body)
              : Http1.open(channel, told.getFirst(), body);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, connection);
      left -= here;
    }
    Thread.ofPlatform().name("listeners").start(this::run);
    while (opened.get() < count && !end.isDone()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** Waits until each stream has been told as much as is expected; gives what each was told. */
  List<int[]> await(int seconds) throws Exception {
    end.get(seconds, TimeUnit.SECONDS);
    return streams.stream().map(told -> told.numbers).toList();
  }

  Delays delays() {
    return delays;
  }

  private void run() {
    byte[] bytes = new byte[BUFFER];
    try {
      while (!closed && complete < streams.size()) {
        selector.select(key -> read((Connection) key.attachment(), bytes));
      }
      end.complete(null);
    } catch (IOException | RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  private static void read(Connection connection, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      connection.takeRest(buffer);
      if (connection.channel.read(buffer) < 0) {
        throw new IllegalStateException("the server has closed the connection");
      }
      buffer.flip();
      for (int taken = 1; taken > 0; ) {
        taken = connection.parse(bytes, buffer.position(), buffer.limit());
        buffer.position(buffer.position() + taken);
      }
      connection.keepRest(buffer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** What one stream was told. */
  private final class Told {
    private final int[] numbers = new int[expected];
    private int count;

    void event(byte[] bytes, int from, int to) {
      if (startsWith(bytes, from, OPENED)) {
        opened.incrementAndGet();
        return;
      }
      if (!startsWith(bytes, from, ADDED)) {
        throw new IllegalStateException(
            "unexpected: " + new String(bytes, from, to - from, StandardCharsets.UTF_8));
      }
      numbers[count++] = (int) number(bytes, from, to, NUMBER);
      delays.add(number(bytes, from, to, TIME));
      if (count == expected) {
        complete++;
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (bytes[from + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  /** The number behind a text. */
  private static long number(byte[] bytes, int from, int to, byte[] text) {
    int at = from;
    while (!startsWith(bytes, at, text)) {
      at++;
    }
    long number = 0;
    for (at += text.length; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    return number;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Delays from commit to arrival, counted in tenths of milliseconds; one thread adds. */
  static final class Delays {
    private static final int LONGEST = 600_000;
    private final int[] counts = new int[LONGEST + 1];
    private long total;

    private void add(long committed) {
      Instant now = Instant.now();
      long micros = now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000 - committed;
      counts[Math.clamp(micros / 100, 0, LONGEST)]++;
      total++;
    }

    /** The delay that a share of the events did not exceed, in milliseconds. */
    double quantile(double share) {
      long left = (long) (total * share);
      for (int i = 0; i <= LONGEST; i++) {
        left -= counts[i];
        if (left < 0) {
          return i / 10.0;
        }
      }
      return LONGEST / 10.0;
    }
  }

  /** A connection and what of it was read but not yet understood. */
  private abstract static class Connection {
    final SocketChannel channel;
    private byte[] rest = new byte[0];

    Connection(SocketChannel channel) {
      this.channel = channel;
    }

    void takeRest(ByteBuffer buffer) {
      buffer.put(rest);
    }

    void keepRest(ByteBuffer buffer) {
      rest = new byte[buffer.remaining()];
      buffer.get(rest);
    }

    /** Takes one piece; gives its length, 0 if it is not complete. */
    abstract int parse(byte[] bytes, int from, int to) throws IOException;

    static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }
  }

  /** A head, and then chunks of one event each. */
  private static final class Http1 extends Connection {
    private final Told told;
    private boolean inBody;

    private Http1(SocketChannel channel, Told told) {
      super(channel);
      this.told = told;
    }

    static Connection open(SocketChannel channel, Told told, String body) throws IOException {
      String head =
          String.join(
              "\r\n",
              "POST /stream/1 HTTP/1.1",
              "Host: localhost",
              "Authorization: Bearer " + ServerProcess.SECRET,
              "Content-Length: " + body.length(),
              "",
              body);
      write(channel, ByteBuffer.wrap(utf8(head)));
      return new Http1(channel, told);
    }

    @Override
    int parse(byte[] bytes, int from, int to) {
      int end = lineEnd(bytes, from, to);
      if (end < 0) {
        return 0;
      }
      int line = end + 2 - from;
      if (end == from) {
        inBody = true; // an empty line ends the head; later, a chunk
        return line;
      }
      if (!inBody) {
        return line;
      }
      int size = Integer.parseInt(new String(bytes, from, end - from, StandardCharsets.UTF_8), 16);
      if (to < from + line + size) {
        return 0;
      }
      told.event(bytes, from + line, from + line + size);
      return line + size;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
      for (int i = from; i + 1 < to; i++) {
        if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
          return i;
        }
      }
      return -1;
    }
  }

  /** Frames; windows so large that they are never used up. */
  private static final class Http2 extends Connection {
    private static final int FRAME_HEAD = 9;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int INITIAL_WINDOW = 4;

    private final List<Told> told;

    private Http2(SocketChannel channel, List<Told> told) {
      super(channel);
      this.told = told;
    }

    static Connection open(SocketChannel channel, List<Told> told, String body) throws IOException {
      ByteBuffer out = ByteBuffer.allocate(BUFFER);
      out.put(utf8("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
      head(out, 6, SETTINGS, 0, 0).putShort((short) INITIAL_WINDOW).putInt(Integer.MAX_VALUE);
      head(out, 4, WINDOW_UPDATE, 0, 0).putInt(Integer.MAX_VALUE - 65_535);
      byte[] fields = fields();
      byte[] content = utf8(body);
      for (int i = 0; i < told.size(); i++) {
        int stream = 2 * i + 1;
        head(out, fields.length, HEADERS, END_HEADERS, stream).put(fields);
        head(out, content.length, DATA, END_STREAM, stream).put(content);
      }
      write(channel, out.flip());
      return new Http2(channel, told);
    }

    private static ByteBuffer head(ByteBuffer out, int length, int type, int flags, int stream) {
      return out.put((byte) (length >> 16))
          .putShort((short) length)
          .put((byte) type)
          .put((byte) flags)
          .putInt(stream);
    }

    private static byte[] fields() {
      ByteBuffer fields = ByteBuffer.allocate(1024);
      field(fields, ":method", "POST");
      field(fields, ":scheme", "http");
      field(fields, ":path", "/stream/1");
      field(fields, ":authority", "localhost");
      field(fields, "authorization", "Bearer " + ServerProcess.SECRET);
      byte[] bytes = new byte[fields.position()];
      fields.flip().get(bytes);
      return bytes;
    }

    /** A literal that goes into no table. */
    private static void field(ByteBuffer out, String name, String value) {
      out.put((byte) 0).put((byte) name.length()).put(utf8(name));
      out.put((byte) value.length()).put(utf8(value));
    }

    @Override
    int parse(byte[] bytes, int from, int to) throws IOException {
      if (to - from < FRAME_HEAD) {
        return 0;
      }
      ByteBuffer head = ByteBuffer.wrap(bytes, from, FRAME_HEAD);
      int length = (head.get() & 0xff) << 16 | head.getShort() & 0xffff;
      if (to - from < FRAME_HEAD + length) {
        return 0;
      }
      frame(head.get(), head.get(), head.getInt(), bytes, from + FRAME_HEAD, length);
      return FRAME_HEAD + length;
    }

    private void frame(int type, int flags, int stream, byte[] bytes, int from, int length)
        throws IOException {
      switch (type) {
        case DATA -> {
          if ((flags & (PADDED | END_STREAM)) != 0) {
            throw new IllegalStateException("a stream has ended");
          }
          if (length > 0) {
            told.get((stream - 1) / 2).event(bytes, from, from + length);
          }
        }
        case SETTINGS -> {
          if (flags != ACK) {
            write(channel, head(ByteBuffer.allocate(FRAME_HEAD), 0, SETTINGS, ACK, 0).flip());
          }
        }
        case HEADERS, WINDOW_UPDATE -> {
          // a refusal shows by its body; requests are short
        }
        default ->
            throw new IllegalStateException(
                (type == GO_AWAY ? "told to go away" : "frame " + type));
      }
    }
  }
}
