package io.refugium.fql4.language;

import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;

/** The scalars that JSON does not have, from their texts (spec: FQL v4, 2.3). */
final class Literals {
  /** The keys that alone in an object make a literal. */
  static final Set<String> TAGS =
      Set.of("@ref", "@set", "@ts", "@date", "@bytes", "@uuid", "@query", "@obj");

  private static final int UUID_LENGTH = 36;

  private Literals() {}

  static Value time(Value payload, Position position) {
    Instant time = payload instanceof StringValue text ? TimeText.parseTime(text.value()) : null;
    if (time == null) {
      throw Errors.invalidLiteral(position, "time");
    }
    return new TimeValue(time);
  }

  static Value date(Value payload, Position position) {
    LocalDate date = payload instanceof StringValue text ? TimeText.parseDate(text.value()) : null;
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
