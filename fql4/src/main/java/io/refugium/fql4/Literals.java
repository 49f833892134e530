package io.refugium.fql4;

import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/** The scalars that JSON does not have, from their texts (spec: FQL v4, 2.3). */
final class Literals {
  /** The keys that alone in an object make a literal. */
  static final Set<String> TAGS =
      Set.of("@ref", "@set", "@ts", "@date", "@bytes", "@uuid", "@query", "@obj");

  private static final int UUID_LENGTH = 36;

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 9, SignStyle.EXCEEDS_PAD)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .appendLiteral('-')
          .appendValue(ChronoField.DAY_OF_MONTH, 2)
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(java.time.chrono.IsoChronology.INSTANCE);

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
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .optionalEnd()
          .appendPattern("[XXXXX][XXXX]")
          .toFormatter()
          .withResolverStyle(ResolverStyle.STRICT)
          .withChronology(java.time.chrono.IsoChronology.INSTANCE);

  private Literals() {}

  /** The instant, or null when the text is none. */
  static Instant parseTime(String text) {
    try {
      // Only the ISO form itself goes the fast way; everything else needs the formatter.
      return TIME.parse(text, OffsetDateTime::from).toInstant();
    } catch (DateTimeException _) {
      return null;
    }
  }

  /** The date, or null when the text is none. */
  static LocalDate parseDate(String text) {
    try {
      return DATE.parse(text, LocalDate::from);
    } catch (DateTimeException _) {
      return null;
    }
  }

  static Value time(Value payload, Position position) {
    Instant time = payload instanceof StringValue text ? parseTime(text.value()) : null;
    if (time == null) {
      throw Errors.invalidLiteral(position, "time");
    }
    return new TimeValue(time);
  }

  static Value date(Value payload, Position position) {
    LocalDate date = payload instanceof StringValue text ? parseDate(text.value()) : null;
    if (date == null) {
      throw Errors.invalidLiteral(position, "date");
    }
    return new DateValue(date);
  }

  static Value bytes(Value payload, Position position) {
    if (payload instanceof StringValue text) {
      try {
        return new BytesValue(
            Base64.getDecoder().decode(text.value().replace('-', '+').replace('_', '/')));
      } catch (IllegalArgumentException _) {
        throw Errors.invalidLiteral(position, "bytes");
      }
    }
    throw Errors.invalidLiteral(position, "bytes");
  }

  static Value uuid(Value payload, Position position) {
    if (payload instanceof StringValue text && text.value().length() == UUID_LENGTH) {
      try {
        return new UuidValue(UUID.fromString(text.value()));
      } catch (IllegalArgumentException _) {
        throw Errors.invalidLiteral(position, "UUID");
      }
    }
    throw Errors.invalidLiteral(position, "UUID");
  }
}
