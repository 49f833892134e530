package io.refugium.conformance.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes requests that are nearly right, as bytes; all chance comes from the generator. */
final class Messages {
  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

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

  private static final List<String> BODIES =
      List.of(
          "{\"query\":{\"fql\":[\"let x = \",{\"value\":{\"@int\":\"17\"}},\"\\nx * 2\"]},\"arguments\":{\"a\":1}}",
          "{\"query\":\"Collection.all().map(.name).paginate(2)\"}",
          "{\"query\":\"Set.sequence(0, 10).where(x => x % 2 == 0).fold(0, (a, b) => a + b)\"}",
          "{\"token\":\"abc.def\",\"cursor\":\"xyz\",\"page_size\":5}",
          "{\"let\":[{\"a\":1},{\"b\":{\"object\":{\"x\":[1,2.5,\"s\",null,true]}}}],\"in\":{\"select\":[\"x\",0],\"from\":{\"var\":\"b\"}}}",
          "{\"map\":{\"lambda\":[\"x\",\"_\"],\"expr\":{\"add\":[{\"var\":\"x\"},1]}},\"collection\":[[1,2],[3,4]]}",
          "{\"paginate\":{\"union\":[{\"databases\":null},{\"collections\":null}]},\"size\":3,\"after\":[{\"@ref\":{\"id\":\"1\"}}]}",
          "{\"format\":\"%s %d\",\"values\":[\"a\",{\"to_integer\":\"5\"}]}",
          "{\"time_diff\":{\"now\":null},\"other\":{\"time\":\"1970-01-01T00:00:00Z\"},\"unit\":\"days\"}");

  private final RandomGenerator random;

  Messages(RandomGenerator random) {
    this.random = random;
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
    byte[] body = body();
    StringBuilder head = new StringBuilder();
    head.append(any(METHODS)).append(' ').append(any(PATHS)).append(" HTTP/1.1\r\nHost: x\r\n");
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

  private byte[] body() {
    byte[] body = any(BODIES).getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> body;
      case 1 -> new byte[0];
      case 2 -> spliced(body, any(BODIES).getBytes(StandardCharsets.UTF_8));
      default -> damaged(body);
    };
  }

  private byte[] spliced(byte[] one, byte[] other) {
    int from = random.nextInt(one.length);
    int to = random.nextInt(other.length);
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
          switch (random.nextInt(3)) {
            case 0 -> chance();
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

  private byte[] exchange(int stream) {
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    field(fields, ":method", any(METHODS));
    field(fields, ":scheme", "http");
    field(fields, ":path", any(PATHS));
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
    out.writeBytes(frame(0, random.nextInt(4) == 0 ? 0 : 1, stream, body()));
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
