package io.refugium.model;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * JSON text in UTF-8 that grows, with holes for the time of the transaction, which is known only
 * after the commit. Writes tokens; whoever uses it sees to commas and brackets. Not thread-safe.
 */
public final class JsonBuffer {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** What a surrogate without its partner begins with where it is stored, and some others do. */
  private static final byte LONE_SURROGATE = (byte) 0xED;

  /** Of the number with the most. */
  private static final int MAX_DIGITS = 19;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Eight bytes, each of them 1. */
  private static final long EACH = 0x0101_0101_0101_0101L;

  /** The highest bit of each of eight bytes. */
  private static final long HIGHEST = 0x8080_8080_8080_8080L;

  private static final int INITIAL = 1024;

  /** From here on the buffer grows more slowly. */
  private static final int LARGE = 64 * 1024;

  private int limit;
  private final Supplier<? extends RuntimeException> tooLarge;
  private final List<Hole> holes = new ArrayList<>(0);
  private byte[] bytes;
  private int length;

  /** A place that waits for the transaction time. */
  private record Hole(int offset, boolean asText) {}

  /**
   * An empty text.
   *
   * @param limit how many bytes it may have before its holes are filled
   * @param tooLarge what is thrown for more
   */
  public JsonBuffer(int limit, Supplier<? extends RuntimeException> tooLarge) {
    this.limit = limit;
    this.tooLarge = tooLarge;
    this.bytes = new byte[Math.min(INITIAL, limit)];
  }

  /** What comes from now on may be as long as it likes. */
  public JsonBuffer unlimited() {
    limit = Integer.MAX_VALUE;
    return this;
  }

  /** Text that needs no escapes, or is JSON already, all of it ASCII. */
  @SuppressWarnings("deprecation") // takes the low bytes of the characters, which is all there is
  public JsonBuffer raw(String ascii) {
    int size = ascii.length();
    reserve(size);
    ascii.getBytes(0, size, bytes, length);
    length += size;
    return this;
  }

  /** The same for one character. */
  public JsonBuffer raw(char ascii) {
    reserve(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Text that is JSON already. */
  public JsonBuffer json(String text) {
    return json(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same in UTF-8. */
  public JsonBuffer json(byte[] utf8) {
    copy(utf8, 0, utf8.length);
    return this;
  }

  /** A number. */
  public JsonBuffer number(long value) {
    if (value < 0) {
      raw('-');
    }
    long rest = value < 0 ? value : -value; // one number has no counterpart above zero
    int digits = digits(rest);
    reserve(digits);
    for (int i = length + digits - 1; i >= length; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    length += digits;
    return this;
  }

  private static int digits(long negative) {
    int digits = 1;
    for (long bound = -10; digits < MAX_DIGITS && negative <= bound; bound *= 10) {
      digits++;
    }
    return digits;
  }

  /** A double as Java writes it; NaN and the infinities as strings. */
  public JsonBuffer number(double value) {
    return Double.isFinite(value)
        ? raw(Double.toString(value))
        : raw('"').raw(Double.toString(value)).raw('"');
  }

  /** A string in quotes, control characters escaped, all else as it is. */
  public JsonBuffer string(String text) {
    return raw('"').inside(text).raw('"');
  }

  /** A part of a string: the same without quotes. */
  @SuppressWarnings("deprecation") // takes the low bytes of the characters, which is all there is
  public JsonBuffer inside(String text) {
    int size = text.length();
    int plain = 0;
    while (plain < size && isPlain(text.charAt(plain))) {
      plain++;
    }
    reserve(plain);
    text.getBytes(0, plain, bytes, length);
    length += plain;
    for (int i = plain; i < size; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += wide(text, i);
      } else if (isPlain(c)) {
        raw(c);
      } else {
        escaped(c);
      }
    }
    return this;
  }

  /**
   * A string in quotes, of a text as it is stored: see {@link StoredWalk.TextSink#text(byte[], int,
   * int)}.
   */
  public JsonBuffer string(byte[] utf8, int offset, int size) {
    raw('"');
    int from = offset;
    int end = offset + size;
    for (int i = plainFrom(utf8, offset, end); i < end; i++) {
      byte b = utf8[i];
      boolean lone = b == LONE_SURROGATE && (utf8[i + 1] & 0xE0) == 0xA0;
      if (lone) {
        copy(utf8, from, i);
        raw('?');
        i += 2;
        from = i + 1;
      } else if (b >= 0 && !isPlain((char) b)) {
        copy(utf8, from, i);
        escaped((char) b);
        from = i + 1;
      }
    }
    copy(utf8, from, end);
    return raw('"');
  }

  /** A place up to which a text is plain ASCII without anything to escape: found in long steps. */
  private static int plainFrom(byte[] text, int from, int end) {
    int i = from;
    while (i + Long.BYTES <= end && arePlain((long) LONG.get(text, i))) {
      i += Long.BYTES;
    }
    return i;
  }

  /**
   * Whether eight bytes are plain, each by itself: in a byte that is not, one of the differences
   * has its highest bit set. A borrow from such a byte may only make another one look the same.
   */
  private static boolean arePlain(long bytes) {
    long control = bytes - EACH * 0x20;
    long quote = (bytes ^ EACH * '"') - EACH;
    long backslash = (bytes ^ EACH * '\\') - EACH;
    return ((bytes | control | quote | backslash) & HIGHEST) == 0;
  }

  private static boolean isPlain(char c) {
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> raw('\\').raw(c);
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

  /** Leaves a place for the transaction time in microseconds. */
  public JsonBuffer transactionMicros() {
    holes.add(new Hole(length, false));
    return this;
  }

  /** Leaves a place for the text of the transaction time, without quotes. */
  public JsonBuffer transactionTime() {
    holes.add(new Hole(length, true));
    return this;
  }

  /** The text, which has no holes. */
  public byte[] toBytes() {
    if (!holes.isEmpty()) {
      throw new IllegalStateException("the transaction time is missing");
    }
    return Arrays.copyOf(bytes, length);
  }

  /** The text with its holes filled. */
  public byte[] toBytes(long transactionTime) {
    if (holes.isEmpty()) {
      return toBytes();
    }
    JsonBuffer filled = new JsonBuffer(Integer.MAX_VALUE, tooLarge);
    int from = 0;
    for (Hole hole : holes) {
      filled.copy(bytes, from, hole.offset);
      from = hole.offset;
      if (hole.asText) {
        filled.raw(TimeText.format(TimeValue.ofMicros(transactionTime).value()));
      } else {
        filled.number(transactionTime);
      }
    }
    filled.copy(bytes, from, length);
    return filled.toBytes();
  }

  /** How much there is so far. */
  public int length() {
    return length;
  }

  /** Says again what it said between two places; there must be no hole in it. */
  public void repeat(int from, int to) {
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
      grow(more);
    }
  }

  private void grow(int more) {
    long needed = length + (long) more;
    if (needed > limit) {
      throw tooLarge.get();
    }
    long larger = bytes.length * (bytes.length < LARGE ? 4L : 2L);
    bytes = Arrays.copyOf(bytes, (int) Math.max(Math.min(larger, limit), needed));
  }

  /** The text so far, with nothing in its holes. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
