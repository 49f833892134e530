package io.refugium.fql4.functions;

import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.Types;
import io.refugium.model.BooleanValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/** Scalars to text and back (spec: FQL v4, 6.10, 6.11). */
final class Conversions {
  /** More digits than this make no other double. */
  private static final int MAX_DIGITS = 1_000;

  private Conversions() {}

  /** The text of a scalar. The position is where to report that it has none. */
  static String toText(Value value, Position position) {
    return switch (value) {
      case StringValue(String text) -> text;
      case LongValue(long number) -> Long.toString(number);
      case DoubleValue(double number) -> Double.toString(number);
      case BooleanValue truth -> truth.value() ? "true" : "false";
      case NullValue _ -> "null";
      case TimeValue(Instant time) -> TimeText.format(time);
      case DateValue(LocalDate date) -> TimeText.format(date);
      case UuidValue uuid -> uuid.value().toString();
      case ActionValue action -> action.word();
      default -> throw Errors.cannotCast(position, Types.nameOf(value), "String");
    };
  }

  static Value parseTime(String text, Call call) {
    String trimmed = text.strip();
    if (trimmed.equals("now")) {
      return new TimeValue(call.evaluation().snapshotTime());
    }
    Instant time = TimeText.parseTime(trimmed);
    if (time == null) {
      throw Errors.cannotParse(call.position(), text, "time");
    }
    return new TimeValue(time);
  }

  static Value parseDate(String text, Call call) {
    LocalDate date = TimeText.parseDate(text.strip());
    if (date == null) {
      throw Errors.cannotParse(call.position(), text, "date");
    }
    return new DateValue(date);
  }

  /**
   * The number that a text begins with, or null: blanks around are ignored, commas between digits
   * skipped. An integer when it is whole and fits 64 bits, else a double.
   */
  static Value toNumber(String text) {
    String digits = numericPrefix(text.strip());
    if (digits == null) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(digits);
      if (Math.abs((long) number.precision() - number.scale()) > MAX_DIGITS) {
        return new DoubleValue(Double.parseDouble(digits));
      }
      return new LongValue(number.longValueExact());
    } catch (ArithmeticException | NumberFormatException notWhole) {
      return new DoubleValue(Double.parseDouble(digits));
    }
  }

  private static String numericPrefix(String text) {
    StringBuilder number = new StringBuilder();
    int i = 0;
    if (i < text.length() && text.charAt(i) == '-') {
      number.append('-');
      i++;
    }
    int start = number.length();
    boolean point = false;
    boolean digit = false;
    for (; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        number.append(c);
        digit = true;
      } else if (c == '.' && !point) {
        number.append(c);
        point = true;
      } else if (c != ',' || point || number.length() == start) {
        break;
      }
    }
    if (!digit) {
      return null;
    }
    int exponent = exponentEnd(text, i);
    return exponent > i ? number.append(text, i, exponent).toString() : number.toString();
  }

  /** The end of an exponent that begins here; here when there is none. */
  private static int exponentEnd(String text, int from) {
    if (from >= text.length() || text.charAt(from) != 'E') {
      return from;
    }
    int i = from + 1;
    if (i < text.length() && text.charAt(i) == '-') {
      i++;
    }
    int digits = i;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i > digits ? i : from;
  }
}
