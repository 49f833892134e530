package io.refugium.fql10.runtime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/** Times and dates as text (library specification, sections 9 and 10). Thread-safe. */
public final class Times {
  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE);

  // Lenient about the day of the month and about 24:00, which is what SMART resolving means.
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DATE)
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
          .appendPattern("[XXXXX][XX]")
          .toFormatter(Locale.ROOT)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.SMART);

  private static final DateTimeFormatter STRICT_DATE = DATE.withResolverStyle(ResolverStyle.STRICT);

  private Times() {}

  /** Reads a date-time with offset; null if the text is none. */
  public static Instant parseTime(String text) {
    try {
      return TIME.parse(text, Instant::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Reads an ISO date; null if the text is none. */
  public static LocalDate parseDate(String text) {
    try {
      return STRICT_DATE.parse(text, LocalDate::from);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** In UTC with seconds and a fraction of 0, 3, 6 or 9 digits. */
  public static String format(Instant time) {
    return DateTimeFormatter.ISO_INSTANT.format(time);
  }

  public static String format(LocalDate date) {
    return date.toString();
  }

  /** The UTC date of a time. */
  public static LocalDate dateOf(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }
}
