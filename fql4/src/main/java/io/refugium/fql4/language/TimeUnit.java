package io.refugium.fql4.language;

import java.time.temporal.ChronoUnit;

/** The units of time that functions accept (spec: FQL v4, 4.3). */
public enum TimeUnit {
  DAY("day", ChronoUnit.DAYS),
  HALF_DAY("half day", ChronoUnit.HALF_DAYS),
  HOUR("hour", ChronoUnit.HOURS),
  MINUTE("minute", ChronoUnit.MINUTES),
  SECOND("second", ChronoUnit.SECONDS),
  MILLISECOND("millisecond", ChronoUnit.MILLIS),
  MICROSECOND("microsecond", ChronoUnit.MICROS),
  NANOSECOND("nanosecond", ChronoUnit.NANOS);

  private final String word;
  private final ChronoUnit unit;

  TimeUnit(String word, ChronoUnit unit) {
    this.word = word;
    this.unit = unit;
  }

  public ChronoUnit unit() {
    return unit;
  }

  /**
   * The unit with this name, singular or plural, blanks around it ignored; null when there is none.
   */
  public static TimeUnit of(String text) {
    String name = text.strip();
    for (TimeUnit unit : values()) {
      if (name.equals(unit.word) || name.equals(unit.word + "s")) {
        return unit;
      }
    }
    return null;
  }
}
