package io.refugium.fql4.language;

import java.time.Instant;

/** Points in time and their numbers. */
public final class Times {
  static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_MILLI = 1_000L;
  static final long NANOS_PER_MICRO = 1_000L;

  private Times() {}

  public static Instant ofMicros(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS_PER_SECOND),
        Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
  }

  /** Microseconds since the epoch, rounded down; beyond 64 bits the nearest end of them. */
  public static long toMicros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond(), MICROS_PER_SECOND),
          time.getNano() / NANOS_PER_MICRO);
    } catch (ArithmeticException _) {
      return time.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
