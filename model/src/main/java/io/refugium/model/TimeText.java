package io.refugium.model;

import java.nio.charset.StandardCharsets;
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

  private static final byte[] SOME_TIME =
      "0000-00-00T00:00:00.000000000Z".getBytes(StandardCharsets.ISO_8859_1);

  private static final int SECONDS_END = 19;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final long YEAR_0 = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_PER_DAY;
  private static final long YEAR_10000 = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_PER_DAY;

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
    long seconds = time.getEpochSecond();
    // Every version of a document is written with a time; the formatters of the platform are slow.
    return seconds >= YEAR_0 && seconds < YEAR_10000
        ? withPlainYear(seconds, time.getNano())
        : time.toString();
  }

  private static String withPlainYear(long seconds, int nanos) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_PER_DAY));
    int second = Math.floorMod(seconds, SECONDS_PER_DAY);
    int fraction = nanos == 0 ? 0 : nanos % 1_000_000 == 0 ? 3 : nanos % 1_000 == 0 ? 6 : 9;
    byte[] text = SOME_TIME.clone();
    digits(text, 4, date.getYear());
    digits(text, 7, date.getMonthValue());
    digits(text, 10, date.getDayOfMonth());
    digits(text, 13, second / 3600);
    digits(text, 16, second / 60 % 60);
    digits(text, 19, second % 60);
    int end = SECONDS_END;
    if (fraction > 0) {
      digits(text, end + 1 + 9, nanos);
      end += 1 + fraction;
    }
    text[end++] = 'Z';
    return new String(text, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** Puts the digits of a number in front of a place; what is in front of them is zero already. */
  private static void digits(byte[] text, int end, int number) {
    int place = end;
    for (int rest = number; rest > 0; rest /= 10) {
      text[--place] = (byte) ('0' + rest % 10);
    }
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
