package io.refugium.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Times and dates as both languages write them (spec: fql4 2.3, fql10-stdlib 9 and 10).
 *
 * <p>A time is {@code YYYY-MM-DDThh:mm[:ss[.f{1,9}]]} and an offset: {@code Z}, {@code +hh:mm},
 * {@code +hh:mm:ss} or {@code +hhmm}. Years of more than four digits, and negative ones, have a
 * sign. In a time, a day beyond the end of its month means the last one, and {@code 24:00} is
 * midnight of the next day; a date has to exist.
 */
public final class TimeText {
  private static final DateTimeFormatter TIME = time("+HH:MM:ss");
  private static final DateTimeFormatter TIME_WITH_SHORT_OFFSET = time("+HHMM");

  private TimeText() {}

  /** The time of a text, or null when it is none. */
  public static Instant parseTime(String text) {
    Instant time = parse(TIME, text);
    return time != null ? time : parse(TIME_WITH_SHORT_OFFSET, text);
  }

  /** The date {@code YYYY-MM-DD}, or null when the text is none. */
  public static LocalDate parseDate(String text) {
    try {
      return LocalDate.parse(text, DateTimeFormatter.ISO_LOCAL_DATE);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** UTC with {@code Z}, seconds always, 0, 3, 6 or 9 digits of fraction. */
  public static String format(Instant time) {
    return time.toString();
  }

  public static String format(LocalDate date) {
    return date.toString();
  }

  private static Instant parse(DateTimeFormatter formatter, String text) {
    try {
      return formatter.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static DateTimeFormatter time(String offset) {
    return new DateTimeFormatterBuilder()
        .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
        .appendLiteral('-')
        .appendValue(ChronoField.MONTH_OF_YEAR, 2)
        .appendLiteral('-')
        .appendValue(ChronoField.DAY_OF_MONTH, 2)
        .parseCaseInsensitive()
        .appendLiteral('T')
        .appendValue(ChronoField.HOUR_OF_DAY, 2)
        .appendLiteral(':')
        .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
        .optionalStart()
        .appendLiteral(':')
        .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
        .optionalStart()
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
        .optionalEnd()
        .optionalEnd()
        .appendOffset(offset, "Z")
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.SMART);
  }
}
