package io.refugium.model;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The text of a database's global id: z-base-32, 13 characters, the highest five bits first; the
 * last character holds the lowest four bits and a zero (spec: access 9.1).
 */
public final class GlobalId {
  private static final String ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769";
  private static final int LENGTH = 13;
  private static final int[] DIGITS = new int[128];

  static {
    Arrays.fill(DIGITS, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      DIGITS[ALPHABET.charAt(i)] = i;
    }
  }

  private GlobalId() {}

  public static String format(long id) {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int shift = 59; shift >= 0; shift -= 5) {
      text.append(ALPHABET.charAt((int) (id >>> shift) & 31));
    }
    return text.append(ALPHABET.charAt((int) (id & 15) << 1)).toString();
  }

  /** The id of a text, or nothing when it is not one that {@link #format} writes. */
  public static OptionalLong parse(String text) {
    if (text.length() != LENGTH) {
      return OptionalLong.empty();
    }
    long id = 0;
    for (int i = 0; i < LENGTH; i++) {
      char character = text.charAt(i);
      int digit = character < DIGITS.length ? DIGITS[character] : -1;
      boolean last = i == LENGTH - 1;
      if (digit < 0 || (last && (digit & 1) != 0)) {
        return OptionalLong.empty();
      }
      id = last ? id << 4 | digit >> 1 : id << 5 | digit;
    }
    return OptionalLong.of(id);
  }
}
