package io.refugium.fql10.syntax;

import java.math.BigDecimal;
import java.math.BigInteger;

/** Reads number literals (language specification, section 2.3). */
final class NumberReader {
  private static final BigInteger INT_MIN = BigInteger.valueOf(Integer.MIN_VALUE);
  private static final BigInteger INT_MAX = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /**
   * Decimal exponents beyond this are zero or infinite as doubles; BigDecimal refuses them late.
   */
  private static final int MAX_EXPONENT = 1_000_000;

  private final TextCursor cursor;

  NumberReader(TextCursor cursor) {
    this.cursor = cursor;
  }

  /** Whether a number stands here, its sign included. */
  boolean atNumber() {
    char c = cursor.peek();
    if (Keywords.isDigit(c)) {
      return true;
    }
    if (c != '-' && c != '+') {
      return false;
    }
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipBlanks();
    boolean found = Keywords.isDigit(cursor.peek());
    cursor.moveTo(start);
    return found;
  }

  /** The number that stands here; {@link #atNumber()} must hold. */
  Expression read() {
    int start = cursor.position();
    boolean negative = cursor.peek() == '-';
    if (negative || cursor.peek() == '+') {
      cursor.advance(1);
      cursor.skipBlanks();
    }
    if (cursor.peek() == '0') {
      switch (cursor.peek(1)) {
        case 'x', 'X':
          return radix(start, negative, 16, "[0-9a-fA-F_]");
        case 'o', 'O':
          return radix(start, negative, 8, "[0-7_]");
        case 'b', 'B':
          return radix(start, negative, 2, "[01_]");
        default:
      }
    }
    return decimal(start, negative);
  }

  private Expression radix(int start, boolean negative, int radix, String digits) {
    cursor.advance(2);
    int first = cursor.position();
    while (cursor.peek() == '_' || isDigitOf(radix, cursor.peek())) {
      cursor.advance(1);
    }
    if (cursor.position() == first) {
      throw cursor.expected(digits);
    }
    checkLength(start);
    String text = cursor.slice(first).replace("_", "");
    BigInteger value = text.isEmpty() ? BigInteger.ZERO : new BigInteger(text, radix);
    return integer(start, negative ? value.negate() : value);
  }

  private static boolean isDigitOf(int radix, char c) {
    return c < 128 && Character.digit(c, radix) >= 0;
  }

  private Expression decimal(int start, boolean negative) {
    int first = cursor.position();
    if (cursor.peek() == '0') {
      cursor.advance(1);
    } else {
      skipDigits();
    }
    boolean whole = true;
    if (cursor.peek() == '.' && Keywords.isDigit(cursor.peek(1))) {
      whole = false;
      cursor.advance(1);
      skipDigits();
    }
    if (cursor.peek() == 'e' || cursor.peek() == 'E') {
      whole = false;
      exponent();
    }
    checkLength(start);
    String digits = cursor.slice(first).replace("_", "");
    if (whole) {
      BigInteger value = new BigInteger(digits);
      return integer(start, negative ? value.negate() : value);
    }
    BigDecimal value = exact(digits);
    return floating(start, negative ? value.negate() : value);
  }

  private void exponent() {
    cursor.advance(1);
    boolean signed = cursor.peek() == '+' || cursor.peek() == '-';
    if (signed) {
      cursor.advance(1);
    }
    if (!Keywords.isDigit(cursor.peek())) {
      throw signed ? cursor.expected("[0-9]") : cursor.expected("[+\\\\-]", "[0-9]");
    }
    skipDigits();
  }

  private void skipDigits() {
    while (cursor.peek() == '_' || Keywords.isDigit(cursor.peek())) {
      cursor.advance(1);
    }
  }

  private void checkLength(int start) {
    if (cursor.position() - start > SyntaxLimits.MAX_NUMBER_LENGTH) {
      throw new SyntaxException(SyntaxErrors.numberTooLong(cursor.from(start)));
    }
  }

  /** Clamps the exponent: far beyond the range of doubles all values are alike. */
  private static BigDecimal exact(String digits) {
    int mark = Math.max(digits.indexOf('e'), digits.indexOf('E'));
    if (mark < 0) {
      return new BigDecimal(digits);
    }
    BigDecimal mantissa = new BigDecimal(digits.substring(0, mark));
    BigInteger exponent = new BigInteger(digits.substring(mark + 1));
    int clamped =
        exponent
            .min(BigInteger.valueOf(MAX_EXPONENT))
            .max(BigInteger.valueOf(-MAX_EXPONENT))
            .intValueExact();
    return mantissa.scaleByPowerOfTen(clamped);
  }

  private Expression integer(int start, BigInteger value) {
    if (isBetween(value, INT_MIN, INT_MAX)) {
      return new Expression.IntLiteral(cursor.from(start), value.intValueExact());
    }
    if (isBetween(value, LONG_MIN, LONG_MAX)) {
      return new Expression.LongLiteral(cursor.from(start), value.longValueExact());
    }
    return floating(start, new BigDecimal(value));
  }

  private static boolean isBetween(BigInteger value, BigInteger low, BigInteger high) {
    return value.compareTo(low) >= 0 && value.compareTo(high) <= 0;
  }

  private Expression floating(int start, BigDecimal exact) {
    return new Expression.DoubleLiteral(cursor.from(start), exact.doubleValue(), exact);
  }
}
