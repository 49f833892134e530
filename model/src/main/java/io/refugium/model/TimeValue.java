package io.refugium.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A point in time, UTC, with nanoseconds. */
public record TimeValue(Instant value) implements Value {
  /** The time that lies so many microseconds after the epoch. */
  public static TimeValue ofMicros(long micros) {
    return new TimeValue(
        Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L));
  }

  /**
   * Microseconds since the epoch, rounded down.
   *
   * @throws ArithmeticException when the time lies outside the range of 64 bits
   */
  public long toMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, value.truncatedTo(ChronoUnit.MICROS));
  }

  /** Whether {@link #toMicros} can answer. */
  public boolean fitsMicros() {
    long seconds = value.getEpochSecond();
    return seconds > Long.MIN_VALUE / 1_000_000L && seconds < Long.MAX_VALUE / 1_000_000L;
  }
}
