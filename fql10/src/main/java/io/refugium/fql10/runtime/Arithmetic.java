package io.refugium.fql10.runtime;

import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.math.BigInteger;

/**
 * Arithmetic on numbers (language specification, section 5.7): integers are exact within 64 bits
 * and go over to doubles beyond; with a double on either side everything is IEEE 754.
 */
public final class Arithmetic {
  /** Beyond this exponent no power of an integer other than 0, 1 and -1 fits 64 bits. */
  private static final long LARGEST_EXPONENT = 64;

  private Arithmetic() {}

  public static Value add(Value left, Value right) {
    if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
      long a = Numbers.toLong(left);
      long b = Numbers.toLong(right);
      long sum = a + b;
      return ((a ^ sum) & (b ^ sum)) < 0 ? new DoubleValue((double) a + b) : new LongValue(sum);
    }
    return new DoubleValue(Numbers.toDouble(left) + Numbers.toDouble(right));
  }

  public static Value subtract(Value left, Value right) {
    if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
      long a = Numbers.toLong(left);
      long b = Numbers.toLong(right);
      long difference = a - b;
      return ((a ^ b) & (a ^ difference)) < 0
          ? new DoubleValue((double) a - b)
          : new LongValue(difference);
    }
    return new DoubleValue(Numbers.toDouble(left) - Numbers.toDouble(right));
  }

  public static Value multiply(Value left, Value right) {
    if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
      long a = Numbers.toLong(left);
      long b = Numbers.toLong(right);
      long product = a * b;
      return Math.multiplyHigh(a, b) == (product >> 63)
          ? new LongValue(product)
          : new DoubleValue((double) a * b);
    }
    return new DoubleValue(Numbers.toDouble(left) * Numbers.toDouble(right));
  }

  /** Truncates toward zero for integers. */
  public static Value divide(Value left, Value right) {
    if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
      return new LongValue(Numbers.toLong(left) / nonZero(right));
    }
    return new DoubleValue(Numbers.toDouble(left) / Numbers.toDouble(right));
  }

  /** Has the sign of the dividend. */
  public static Value remainder(Value left, Value right) {
    if (Numbers.isInteger(left) && Numbers.isInteger(right)) {
      return new LongValue(Numbers.toLong(left) % nonZero(right));
    }
    return new DoubleValue(Numbers.toDouble(left) % Numbers.toDouble(right));
  }

  public static Value power(Value base, Value exponent) {
    if (Numbers.isInteger(base) && Numbers.isInteger(exponent)) {
      return integerPower(Numbers.toLong(base), Numbers.toLong(exponent));
    }
    return new DoubleValue(Math.pow(Numbers.toDouble(base), Numbers.toDouble(exponent)));
  }

  private static Value integerPower(long base, long exponent) {
    if (exponent == 0 || base == 1) {
      return new LongValue(1);
    }
    if (base == -1) {
      return new LongValue((exponent & 1) == 0 ? 1 : -1);
    }
    if (exponent < 0) {
      return new DoubleValue(Math.pow(base, exponent));
    }
    if (base == 0) {
      return new LongValue(0);
    }
    if (exponent <= LARGEST_EXPONENT) {
      BigInteger exact = BigInteger.valueOf(base).pow((int) exponent);
      if (exact.bitLength() < Long.SIZE) {
        return new LongValue(exact.longValue());
      }
    }
    return new DoubleValue(Math.pow(base, exponent));
  }

  /** The smallest Int and Long are their own negations. */
  public static Value negate(Value number) {
    return switch (number) {
      case DoubleValue(double value) -> new DoubleValue(-value);
      case LongValue(long value) when value == Integer.MIN_VALUE -> number;
      default -> new LongValue(-Numbers.toLong(number));
    };
  }

  public static Value and(Value left, Value right) {
    return new LongValue(Numbers.truncate(left) & Numbers.truncate(right));
  }

  public static Value or(Value left, Value right) {
    return new LongValue(Numbers.truncate(left) | Numbers.truncate(right));
  }

  public static Value xor(Value left, Value right) {
    return new LongValue(Numbers.truncate(left) ^ Numbers.truncate(right));
  }

  public static Value not(Value number) {
    return new LongValue(~Numbers.truncate(number));
  }

  private static long nonZero(Value divisor) {
    long value = Numbers.toLong(divisor);
    if (value == 0) {
      throw Errors.divideByZero();
    }
    return value;
  }
}
