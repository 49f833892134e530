package io.refugium.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lays JSON out for people who ask with {@code curl} and its like (spec: HTTP surface 7.2): each
 * member of an object on a line of its own, indented by two spaces; closing brackets stay on the
 * last line, so that answers are as long as they always were.
 */
final class IndentedJson {
  /** Deeper levels are indented like this one: white space must not outgrow what it arranges. */
  private static final int DEEPEST = 32;

  private static final byte[] INDENT = "  ".getBytes(StandardCharsets.US_ASCII);

  private final byte[] json;
  private final ByteArrayOutputStream out;
  private final Deque<Byte> open = new ArrayDeque<>();
  private int depth;

  private IndentedJson(byte[] json) {
    this.json = json;
    this.out = new ByteArrayOutputStream(json.length * 2);
  }

  /** The same JSON with white space; {@code compact} is well-formed and has none. */
  static byte[] of(byte[] compact) {
    return new IndentedJson(compact).arrange();
  }

  private byte[] arrange() {
    int i = 0;
    while (i < json.length) {
      if (json[i] == '"') {
        int end = endOfString(i);
        out.write(json, i, end - i);
        i = end;
      } else {
        arrange(i++);
      }
    }
    return out.toByteArray();
  }

  private void arrange(int i) {
    byte character = json[i];
    if (character == '}' || character == ']') {
      depth -= open.pop() == '{' ? 1 : 0;
    }
    out.write(character);
    switch (character) {
      case '{' -> {
        open.push(character);
        depth++;
        if (json[i + 1] != '}') {
          line();
        }
      }
      case '[' -> open.push(character);
      case ':' -> out.write(' ');
      case ',' -> {
        if (open.getFirst() == '{') {
          line();
        } else {
          out.write(' ');
        }
      }
      default -> {}
    }
  }

  private void line() {
    out.write('\n');
    for (int level = 0; level < Math.min(depth, DEEPEST); level++) {
      out.write(INDENT, 0, INDENT.length);
    }
  }

  /** The index after the string that starts at {@code start}. */
  private int endOfString(int start) {
    int i = start + 1;
    while (json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }
}
