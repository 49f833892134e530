package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.DoubleValue;
import io.refugium.model.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Arithmetic on times, exact to the nanosecond. What lies outside the representable times fails
 * with {@code invalid_time}.
 */
final class TimeArithmetic {
  private static final BigInteger NANOS = BigInteger.valueOf(1_000_000_000L);
  private static final long MICROS = 1_000_000L;
  private static final long FIRST_SECOND = LocalDateTime.MIN.toEpochSecond(ZoneOffset.UTC);
  private static final long LAST_SECOND = LocalDateTime.MAX.toEpochSecond(ZoneOffset.UTC);

  private TimeArithmetic() {}

  static Instant add(Instant time, Value amount, TimeUnit unit) {
    return plus(time, nanos(amount, unit, true), true);
  }

  /** The time so long after the epoch. A fractional offset has to fit 64 bits of nanoseconds. */
  static Instant sinceEpoch(Value offset, TimeUnit unit) {
    BigInteger nanos = nanos(offset, unit, true);
    boolean after = nanos.signum() >= 0;
    if (offset instanceof DoubleValue && nanos.bitLength() >= Long.SIZE) {
      throw outOfRange(after);
    }
    return plus(Instant.EPOCH, nanos, after);
  }

  static Instant subtract(Instant time, Value amount, TimeUnit unit) {
    return plus(time, nanos(amount, unit, false).negate(), false);
  }

  /** Whole units from {@code start} to {@code end}, truncated toward zero. */
  static long difference(Instant start, Instant end, TimeUnit unit) {
    BigInteger units = total(end).subtract(total(start)).divide(BigInteger.valueOf(unit.nanos()));
    if (units.bitLength() >= Long.SIZE) {
      throw outOfRange(units.signum() > 0);
    }
    return units.longValue();
  }

  /** Microseconds since the epoch, rounded down. */
  static long toMicros(Instant time) {
    return Math.addExact(
        Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1_000L);
  }

  static QueryFailure outOfRange(boolean above) {
    return above ? Errors.timeTooLarge() : Errors.timeTooSmall();
  }

  private static BigInteger nanos(Value amount, TimeUnit unit, boolean adding) {
    BigInteger length = BigInteger.valueOf(unit.nanos());
    if (!(amount instanceof DoubleValue(double fractional))) {
      return BigInteger.valueOf(Numbers.toLong(amount)).multiply(length);
    }
    if (!Double.isFinite(fractional)) {
      throw outOfRange(adding == fractional > 0);
    }
    return new BigDecimal(fractional)
        .multiply(new BigDecimal(length))
        .setScale(0, RoundingMode.DOWN)
        .toBigInteger();
  }

  private static Instant plus(Instant time, BigInteger nanos, boolean adding) {
    BigInteger[] parts = total(time).add(nanos).divideAndRemainder(NANOS);
    BigInteger seconds = parts[0];
    long fraction = parts[1].longValue();
    if (fraction < 0) {
      seconds = seconds.subtract(BigInteger.ONE);
      fraction += NANOS.longValue();
    }
    if (seconds.bitLength() >= Long.SIZE) {
      throw outOfRange(adding);
    }
    long second = seconds.longValue();
    if (second > LAST_SECOND || second < FIRST_SECOND) {
      throw outOfRange(second > 0);
    }
    return Instant.ofEpochSecond(second, fraction);
  }

  private static BigInteger total(Instant time) {
    return BigInteger.valueOf(time.getEpochSecond())
        .multiply(NANOS)
        .add(BigInteger.valueOf(time.getNano()));
  }
}
