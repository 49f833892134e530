package io.refugium.storage;

import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Where commit times come from. Engines repair what a clock does wrong: it may stand still or step
 * back.
 */
public final class MicroClock {
  private MicroClock() {}

  /** The system's clock, in microseconds since the epoch. */
  public static LongSupplier system() {
    return MicroClock::now;
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}
