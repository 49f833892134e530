package io.refugium.fql10.stdlib;

import java.time.Duration;
import java.util.Map;

/** The units of time (library specification, section 10). A day is 24 hours. */
enum TimeUnit {
  DAY(Duration.ofDays(1)),
  HALF_DAY(Duration.ofHours(12)),
  HOUR(Duration.ofHours(1)),
  MINUTE(Duration.ofMinutes(1)),
  SECOND(Duration.ofSeconds(1)),
  MILLISECOND(Duration.ofMillis(1)),
  MICROSECOND(Duration.ofNanos(1_000)),
  NANOSECOND(Duration.ofNanos(1));

  private static final Map<String, TimeUnit> NAMES =
      Map.ofEntries(
          Map.entry("day", DAY),
          Map.entry("days", DAY),
          Map.entry("half day", HALF_DAY),
          Map.entry("half days", HALF_DAY),
          Map.entry("hour", HOUR),
          Map.entry("hours", HOUR),
          Map.entry("minute", MINUTE),
          Map.entry("minutes", MINUTE),
          Map.entry("second", SECOND),
          Map.entry("seconds", SECOND),
          Map.entry("millisecond", MILLISECOND),
          Map.entry("milliseconds", MILLISECOND),
          Map.entry("microsecond", MICROSECOND),
          Map.entry("microseconds", MICROSECOND),
          Map.entry("nanosecond", NANOSECOND),
          Map.entry("nanoseconds", NANOSECOND));

  private final long nanos;

  TimeUnit(Duration length) {
    nanos = length.toNanos();
  }

  /** How long the unit is. */
  long nanos() {
    return nanos;
  }

  /** The unit of a name, singular or plural; null if there is none. */
  static TimeUnit named(String name) {
    return NAMES.get(name.strip());
  }
}
