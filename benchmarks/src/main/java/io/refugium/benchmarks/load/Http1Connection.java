package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A persistent connection of HTTP/1.1; expects answers that tell their length. */
final class Http1Connection extends Connection {
  private static final String LENGTH = "content-length:";

  private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);

  /** The head of the last request but for its length, and what it was made of. */
  private byte[] head = {};

  private String path;
  private String secret;
  private int status;
  private int remaining = -1;

  Http1Connection(int port) throws IOException {
    super(port);
  }

  @Override
  void send(Call call) throws IOException {
    byte[] payload = call.body().getBytes(StandardCharsets.UTF_8);
    out.clear().put(head(call));
    putNumber(payload.length);
    out.put(BLANK_LINE);
    if (payload.length <= out.remaining()) {
      write(out.put(payload).flip());
    } else {
      write(out.flip());
      write(ByteBuffer.wrap(payload));
    }
  }

  /** Clients ask the same path with the same secret again and again. */
  private byte[] head(Call call) {
    if (!call.path().equals(path) || !call.secret().equals(secret)) {
      path = call.path();
      secret = call.secret();
      head =
          ("POST "
                  + path
                  + " HTTP/1.1\r\nHost: "
                  + host
                  + "\r\nAuthorization: Bearer "
                  + secret
                  + "\r\nX-FaunaDB-API-Version: 4\r\nContent-Type: application/json\r\nContent-Length: ")
              .getBytes(StandardCharsets.US_ASCII);
    }
    return head;
  }

  private void putNumber(int number) {
    if (number >= 10) {
      putNumber(number / 10);
    }
    out.put((byte) ('0' + number % 10));
  }

  @Override
  int parse(StringBuilder body) throws IOException {
    if (remaining < 0 && !parseHead()) {
      return INCOMPLETE;
    }
    int length = Math.min(remaining, in.remaining());
    take(length, body);
    remaining -= length;
    if (remaining > 0) {
      return INCOMPLETE;
    }
    remaining = -1;
    return status;
  }

  /** Takes the head of an answer if all of it is there. */
  private boolean parseHead() throws IOException {
    int end = endOfHead();
    if (end < 0) {
      return false;
    }
    int start = in.position();
    status = digit(start + 9) * 100 + digit(start + 10) * 10 + digit(start + 11);
    for (int at = start; at < end; at = nextLine(at)) {
      if (isLength(at)) {
        remaining = number(at + LENGTH.length());
      }
    }
    if (remaining < 0) {
      throw new IOException("an answer without content-length");
    }
    in.position(end);
    return true;
  }

  /** Where the body begins, or -1. */
  private int endOfHead() {
    for (int at = in.position(); at + 4 <= in.limit(); at++) {
      if (in.get(at) == '\r' && in.get(at + 2) == '\r') {
        return at + 4;
      }
    }
    return -1;
  }

  private int nextLine(int at) {
    int next = at;
    while (in.get(next) != '\n') {
      next++;
    }
    return next + 1;
  }

  private boolean isLength(int at) {
    for (int i = 0; i < LENGTH.length(); i++) {
      if (at + i >= in.limit() || (in.get(at + i) | 0x20) != (LENGTH.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int at = from;
    while (in.get(at) == ' ') {
      at++;
    }
    int number = 0;
    for (; in.get(at) >= '0' && in.get(at) <= '9'; at++) {
      number = number * 10 + digit(at);
    }
    return number;
  }

  private int digit(int at) {
    return in.get(at) - '0';
  }
}
