package io.refugium.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes requests that are nearly right, as bytes; all chance comes from the generator. */
final class Messages {
  /** What a request asks, and where: a body makes sense at one path only. */
  record Question(String path, String body) {}

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** The longest frame that a server takes without having said otherwise. */
  private static final int MOST_DATA = 16_384;

  private static final List<String> PATHS =
      List.of(
          "/",
          "/linearized",
          "/query/1",
          "/stream",
          "/stream?fields=action,prev,",
          "/stream/1",
          "/feed/1",
          "/environment/1",
          "/schema/1/files",
          "/schema/1/update?force=true",
          "/schema/1/validate",
          "/export/1/x",
          "/collections/a/1/events?size=2&after=%7B%7D",
          "/keys/self",
          "/ping?scope=all&timeout=0",
          "/authorized",
          "/?q=%7B%22add%22%3A%5B1%2C2%5D%7D",
          "/no/such/path");

  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "X");

  private static final List<String> HEADERS =
      List.of(
          "x-faunadb-api-version",
          "x-last-seen-txn",
          "x-last-txn-ts",
          "x-query-timeout",
          "x-query-timeout-ms",
          "x-max-retries-on-contention",
          "x-format",
          "x-typecheck",
          "x-linearized",
          "x-fauna-tags",
          "x-query-tags",
          "traceparent",
          "origin",
          "user-agent",
          "expect",
          "connection",
          "content-type",
          "transfer-encoding",
          "authorization",
          "upgrade",
          "http2-settings");

  private static final List<String> VALUES =
      List.of(
          "",
          "1",
          "-1",
          "0",
          "5",
          "4",
          "UNSTABLE",
          "true",
          "tagged",
          "a=b,c=d",
          "9223372036854775808",
          "00-c91308c112be8448dd34dc6191567fa0-b7ad6b7169203331-01",
          "curl/8",
          "close",
          "chunked",
          "100-continue",
          "Basic Og==",
          "Bearer secret:nosuch:admin",
          "Bearer a.b.c",
          "h2c",
          "AAMAAABkAAQBAAAAAAIAAAAA",
          "multipart/form-data; boundary=x");

  private final RandomGenerator random;

  private final List<Question> recorded;

  /**
   * Requests made by this generator.
   *
   * @param recorded sensible requests, to be changed a little
   */
  Messages(RandomGenerator random, List<Question> recorded) {
    this.random = random;
    this.recorded = recorded;
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** One or more requests of HTTP/1.1. */
  byte[] http1() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int requests = 1 + random.nextInt(3);
    for (int i = 0; i < requests; i++) {
      out.writeBytes(request());
    }
    return random.nextInt(3) == 0 ? damaged(out.toByteArray()) : out.toByteArray();
  }

  private byte[] request() {
    Question question = any(recorded);
    byte[] body = body(question);
    StringBuilder head = new StringBuilder();
    head.append(method()).append(' ').append(path(question)).append(" HTTP/1.1\r\nHost: x\r\n");
    if (random.nextInt(4) != 0) {
      head.append("Authorization: Bearer secret\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      head.append(any(HEADERS)).append(": ").append(any(VALUES)).append("\r\n");
    }
    boolean chunked = random.nextInt(8) == 0;
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length)
        .append("\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
    if (chunked) {
      out.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(body);
      out.writeBytes("\r\n0\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    } else {
      out.writeBytes(body);
    }
    return out.toByteArray();
  }

  private String method() {
    return random.nextInt(3) == 0 ? any(METHODS) : "POST";
  }

  private String path(Question question) {
    return random.nextInt(3) == 0 ? any(PATHS) : question.path();
  }

  private byte[] body(Question question) {
    byte[] body = utf8(question);
    return switch (random.nextInt(8)) {
      case 0 -> new byte[0];
      case 1, 2 -> body;
      case 3, 4 -> spliced(body, utf8(any(recorded)));
      default -> damaged(body);
    };
  }

  private static byte[] utf8(Question question) {
    return question.body().getBytes(StandardCharsets.UTF_8);
  }

  private byte[] spliced(byte[] one, byte[] other) {
    int from = random.nextInt(one.length + 1);
    int to = random.nextInt(other.length + 1);
    return ByteBuffer.allocate(from + other.length - to)
        .put(one, 0, from)
        .put(other, to, other.length - to)
        .array();
  }

  /** With some bytes changed, put in, left out or repeated. */
  private byte[] damaged(byte[] whole) {
    byte[] bytes = whole;
    for (int i = 1 + random.nextInt(4); i > 0 && bytes.length > 0; i--) {
      int at = random.nextInt(bytes.length);
      int length = Math.min(bytes.length - at, 1 + random.nextInt(8));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(bytes, 0, at);
      switch (random.nextInt(4)) {
        case 0 -> {
          out.write(random.nextInt(256));
          out.write(bytes, at + 1, bytes.length - at - 1);
        }
        case 1 -> {
          out.write(bytes, at, length);
          out.write(bytes, at, bytes.length - at);
        }
        case 2 -> out.write(bytes, at + length, bytes.length - at - length);
        default -> {
          out.write("\"{}[],:\r\n\\ \0".charAt(random.nextInt(12)));
          out.write(bytes, at, bytes.length - at);
        }
      }
      bytes = out.toByteArray();
    }
    return bytes;
  }

  /** A connection of HTTP/2: frames in an order and of a shape that chance decides. */
  byte[] http2() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(PREFACE);
    out.writeBytes(frame(4, 0, 0, new byte[0]));
    int stream = 1;
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      out.writeBytes(
          switch (random.nextInt(6)) {
            case 0 -> chance();
            case 1 -> control();
            default -> exchange(stream);
          });
      stream += 2;
    }
    return random.nextInt(4) == 0 ? damaged(out.toByteArray()) : out.toByteArray();
  }

  /** A frame of any type, with any flags, on any stream. */
  private byte[] chance() {
    byte[] payload = new byte[random.nextInt(40)];
    random.nextBytes(payload);
    return frame(random.nextInt(12), random.nextInt(256), random.nextInt(12), payload);
  }

  /** Frames that steer the connection, well formed, some of them many times. */
  private byte[] control() {
    int stream = random.nextInt(12);
    byte[] frame =
        switch (random.nextInt(8)) {
          case 0 -> settings();
          case 1 -> frame(4, 1, 0, new byte[0]);
          case 2 ->
              frame(8, 0, stream, number(random.nextBoolean() ? -1 : random.nextInt(1 << 20)));
          case 3 -> frame(3, 0, stream, number(random.nextInt(14)));
          case 4 -> frame(6, random.nextInt(2), 0, new byte[8]);
          case 5 -> frame(2, 0, stream, new byte[] {0, 0, 0, (byte) stream, 1});
          case 6 -> frame(9, random.nextInt(2) * 4, stream, new byte[random.nextInt(20)]);
          default -> frame(7, 0, 0, new byte[8]);
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = random.nextInt(10) == 0 ? 300 : 1; i > 0; i--) {
      out.writeBytes(frame);
    }
    return out.toByteArray();
  }

  private byte[] settings() {
    ByteBuffer settings = ByteBuffer.allocate(6 * random.nextInt(1, 5));
    while (settings.hasRemaining()) {
      settings.putShort((short) random.nextInt(9));
      settings.putInt(
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> 1 << 14;
            default -> random.nextInt();
          });
    }
    return frame(4, 0, 0, settings.array());
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).putInt(value).array();
  }

  private byte[] exchange(int stream) {
    Question question = any(recorded);
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    field(fields, ":method", method());
    field(fields, ":scheme", "http");
    field(fields, ":path", path(question));
    field(fields, ":authority", "x");
    field(fields, "authorization", "Bearer secret");
    if (random.nextInt(2) == 0) {
      field(fields, any(HEADERS), any(VALUES));
    }
    byte[] block = random.nextInt(5) == 0 ? damaged(fields.toByteArray()) : fields.toByteArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (random.nextInt(4) == 0 && block.length > 2) {
      int cut = 1 + random.nextInt(block.length - 1);
      out.writeBytes(frame(1, 0, stream, Arrays.copyOf(block, cut)));
      out.writeBytes(frame(9, 4, stream, Arrays.copyOfRange(block, cut, block.length)));
    } else {
      out.writeBytes(frame(1, 4, stream, block));
    }
    byte[] body = body(question);
    body = body.length > MOST_DATA ? Arrays.copyOf(body, MOST_DATA) : body;
    out.writeBytes(frame(0, random.nextInt(4) == 0 ? 0 : 1, stream, body));
    return out.toByteArray();
  }

  /** A field that is in no table, in plain text. */
  private static void field(ByteArrayOutputStream out, String name, String value) {
    out.write(0);
    out.write(name.length());
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    out.write(value.length());
    out.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) (payload.length >>> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }
}
