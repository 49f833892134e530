package io.refugium.fql4.wire;

import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Limits;
import io.refugium.fql4.language.Times;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JSON text in UTF-8 that grows, with holes for the time of the transaction, which is known only
 * after the commit. Writes tokens; whoever uses it sees to commas and brackets. Not thread-safe.
 */
public final class JsonBuffer {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** What a surrogate without its partner begins with where it is stored, and some others do. */
  private static final byte LONE_SURROGATE = (byte) 0xED;

  /** From here on the buffer grows more slowly. */
  private static final int LARGE = 64 * 1024;

  private byte[] bytes = new byte[512];
  private int length;
  private final List<Hole> holes = new ArrayList<>();

  /** A place that waits for the transaction time. */
  private record Hole(int offset, boolean asTime) {}

  @SuppressWarnings("deprecation") // takes the low bytes of the characters, which is all there is
  public JsonBuffer raw(String ascii) {
    int size = ascii.length();
    reserve(size);
    ascii.getBytes(0, size, bytes, length);
    length += size;
    return this;
  }

  public JsonBuffer raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Text that is JSON already. */
  JsonBuffer json(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    copy(utf8, 0, utf8.length);
    return this;
  }

  public JsonBuffer number(long value) {
    return raw(Long.toString(value));
  }

  /** A double as Java writes it; NaN and the infinities as strings. */
  public JsonBuffer number(double value) {
    return Double.isFinite(value)
        ? raw(Double.toString(value))
        : raw('"').raw(Double.toString(value)).raw('"');
  }

  /** A string in quotes, control characters escaped, all else as it is. */
  JsonBuffer string(String text) {
    raw('"');
    int size = text.length();
    for (int i = 0; i < size; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += wide(text, i);
      } else if (c == '"' || c == '\\') {
        raw('\\').raw(c);
      } else if (c >= 0x20) {
        raw(c);
      } else {
        control(c);
      }
    }
    return raw('"');
  }

  /**
   * The same for a text as it is stored: see {@link
   * io.refugium.model.StoredWalk.TextSink#text(byte[], int, int)}.
   */
  void string(byte[] utf8, int offset, int size) {
    raw('"');
    int from = offset;
    int end = offset + size;
    for (int i = offset; i < end; i++) {
      byte b = utf8[i];
      boolean lone = b == LONE_SURROGATE && (utf8[i + 1] & 0xE0) == 0xA0;
      if (lone || b >= 0 && b < 0x20 || b == '"' || b == '\\') {
        copy(utf8, from, i);
        switch (b) {
          case LONE_SURROGATE -> {
            raw('?');
            i += 2;
          }
          case '"', '\\' -> raw('\\').raw((char) b);
          default -> control((char) b);
        }
        from = i + 1;
      }
    }
    copy(utf8, from, end);
    raw('"');
  }

  private void control(char c) {
    switch (c) {
      case '\b' -> raw("\\b");
      case '\t' -> raw("\\t");
      case '\n' -> raw("\\n");
      case '\f' -> raw("\\f");
      case '\r' -> raw("\\r");
      default -> {
        raw("\\u00");
        reserve(2);
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 0xF];
      }
    }
  }

  /**
   * Writes the code point at an index; 1 when it took two characters. A lone surrogate becomes a
   * question mark, as in all of Java's encoders.
   */
  private int wide(String text, int index) {
    int point = text.codePointAt(index);
    reserve(4);
    if (point < 0x800) {
      bytes[length++] = (byte) (0xC0 | point >> 6);
      bytes[length++] = (byte) (0x80 | point & 0x3F);
    } else if (point >= 0xD800 && point <= 0xDFFF) {
      bytes[length++] = '?';
    } else if (point < 0x10000) {
      bytes[length++] = (byte) (0xE0 | point >> 12);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
      bytes[length++] = (byte) (0x80 | point & 0x3F);
    } else {
      bytes[length++] = (byte) (0xF0 | point >> 18);
      bytes[length++] = (byte) (0x80 | point >> 12 & 0x3F);
      bytes[length++] = (byte) (0x80 | point >> 6 & 0x3F);
      bytes[length++] = (byte) (0x80 | point & 0x3F);
      return 1;
    }
    return 0;
  }

  /** Leaves a place for the transaction time: as microseconds, or as a time literal. */
  JsonBuffer transactionTime(boolean asTime) {
    holes.add(new Hole(length, asTime));
    return this;
  }

  /** The text with its holes filled. */
  public byte[] toBytes(long transactionTime) {
    if (holes.isEmpty()) {
      return Arrays.copyOf(bytes, length);
    }
    JsonBuffer filled = new JsonBuffer();
    int from = 0;
    for (Hole hole : holes) {
      filled.copy(bytes, from, hole.offset);
      from = hole.offset;
      if (hole.asTime) {
        filled.raw("{\"@ts\":").string(Times.ofMicros(transactionTime).toString()).raw('}');
      } else {
        filled.number(transactionTime);
      }
    }
    filled.copy(bytes, from, length);
    return Arrays.copyOf(filled.bytes, filled.length);
  }

  /** How much there is so far. */
  int length() {
    return length;
  }

  /** Says again what it said between two places; there must be no hole in it. */
  void repeat(int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, bytes, length, to - from);
    length += to - from;
  }

  private void copy(byte[] source, int from, int to) {
    reserve(to - from);
    System.arraycopy(source, from, bytes, length, to - from);
    length += to - from;
  }

  private void reserve(int more) {
    if (bytes.length - length < more) {
      if (length + (long) more > Limits.ANSWER_BYTES) {
        throw Errors.answerTooLarge();
      }
      int factor = bytes.length < LARGE ? 4 : 2;
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * factor, length + more));
    }
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
