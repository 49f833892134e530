package io.refugium.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * UTF-8 that loses nothing: a surrogate without its partner, which a JSON text may hold as an
 * escape, is written as three bytes of its own instead of becoming a question mark. Byte order is
 * code point order, as for all of UTF-8.
 */
final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  static byte[] encode(String text) {
    return hasLoneSurrogate(text) ? encodeLeniently(text) : text.getBytes(StandardCharsets.UTF_8);
  }

  /** Whether each character is one byte. */
  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  static String decode(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    // The platform's decoder puts the replacement character in the place of a lone surrogate.
    return text.indexOf(REPLACEMENT) < 0 ? text : decodeLeniently(bytes, offset, length);
  }

  /** Compares by UTF-8 bytes, which is by code points, without encoding anything. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return Integer.compare(codePointRank(left, i), codePointRank(right, i));
      }
    }
    return Integer.compare(left.length(), right.length());
  }

  /** The code point that the char belongs to: the first half of the pair is equal on both sides. */
  private static int codePointRank(String text, int index) {
    char unit = text.charAt(index);
    if (Character.isLowSurrogate(unit)
        && index > 0
        && Character.isHighSurrogate(text.charAt(index - 1))) {
      return Character.toCodePoint(text.charAt(index - 1), unit);
    }
    return text.codePointAt(index);
  }

  static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (Character.isSurrogate(unit)) {
        boolean pair =
            Character.isHighSurrogate(unit)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  private static byte[] encodeLeniently(String text) {
    byte[] out = new byte[text.length() * 3];
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point < 0x80) {
        out[size++] = (byte) point;
      } else if (point < 0x800) {
        out[size++] = (byte) (0xC0 | point >> 6);
        out[size++] = (byte) (0x80 | point & 0x3F);
      } else if (point < 0x10000) {
        out[size++] = (byte) (0xE0 | point >> 12);
        out[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[size++] = (byte) (0x80 | point & 0x3F);
      } else {
        out[size++] = (byte) (0xF0 | point >> 18);
        out[size++] = (byte) (0x80 | point >> 12 & 0x3F);
        out[size++] = (byte) (0x80 | point >> 6 & 0x3F);
        out[size++] = (byte) (0x80 | point & 0x3F);
      }
    }
    return Arrays.copyOf(out, size);
  }

  /** Cuts the text at its lone surrogates and leaves the rest to the platform. */
  private static String decodeLeniently(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    int from = offset;
    for (int i = offset; i + 2 < end; i++) {
      if (bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xE0) == 0xA0) {
        text.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
        text.append((char) (0xD000 | (bytes[i + 1] & 0x3F) << 6 | bytes[i + 2] & 0x3F));
        i += 2;
        from = i + 1;
      }
    }
    return text.append(new String(bytes, from, end - from, StandardCharsets.UTF_8)).toString();
  }
}
