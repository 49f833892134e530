package io.refugium.fql10.runtime;

import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.math.BigDecimal;

/** Numbers: conversion, comparison, text. All methods expect one of the three kinds of numbers. */
public final class Numbers {
  private Numbers() {}

  /** Whether the number is an Int or a Long. */
  public static boolean isInteger(Value number) {
    return number instanceof LongValue || number instanceof NarrowLong;
  }

  /** The value of an Int or Long. */
  public static long toLong(Value integer) {
    return switch (integer) {
      case LongValue(long value) -> value;
      case NarrowLong(long value) -> value;
      default -> throw new IllegalArgumentException("not an integer");
    };
  }

  public static double toDouble(Value number) {
    return number instanceof DoubleValue(double value) ? value : toLong(number);
  }

  /** A Double truncated to 64 bits, an integer as it is. */
  static long truncate(Value number) {
    return number instanceof DoubleValue(double value) ? (long) value : toLong(number);
  }

  /** An integer whose type stays Long even if it fits 32 bits. */
  public static Value longTyped(long value) {
    return (int) value == value ? new NarrowLong(value) : new LongValue(value);
  }

  /**
   * Compares two numbers; integers exactly, mixed ones as doubles, doubles in their total order.
   */
  public static int compare(Value left, Value right) {
    return isInteger(left) && isInteger(right)
        ? Long.compare(toLong(left), toLong(right))
        : Double.compare(toDouble(left), toDouble(right));
  }

  /** The text of a double for people: whole values without fraction and exponent. */
  public static String display(double value) {
    if (value % 1 != 0) {
      return Double.toString(value);
    }
    return value == 0 && 1 / value < 0 ? "-0" : new BigDecimal(value).toPlainString();
  }

  /** Reads a signed 64-bit decimal without blanks; null if the text is none. */
  public static Long parseDecimal(String text) {
    return parse(text, 10);
  }

  /** Reads an optional sign and digits of 64 bits; null if the text is something else. */
  public static Long parse(String text, int radix) {
    if (text.isEmpty() || text.length() > 66) {
      return null;
    }
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (start == text.length()) {
      return null;
    }
    boolean negative = text.charAt(0) == '-';
    long result = 0;
    for (int i = start; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), radix);
      long shifted = result * radix;
      if (digit < 0
          || Math.multiplyHigh(result, radix) != (shifted >> 63)
          || shifted - digit > shifted) {
        return null;
      }
      result = shifted - digit;
    }
    if (negative) {
      return result;
    }
    return result == Long.MIN_VALUE ? null : (Long) (-result);
  }
}
