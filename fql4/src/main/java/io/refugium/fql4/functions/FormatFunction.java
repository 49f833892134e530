package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.STRING;
import static io.refugium.fql4.language.Kind.zeroOrMore;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.wire.ValueWriter;
import io.refugium.model.BooleanValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code format}: text with placeholders after the rules of Java's {@link java.util.Formatter}
 * (spec: FQL v4, 6.8).
 */
final class FormatFunction {
  /**
   * Index, flags, width, precision, conversion; whatever is no placeholder after a percent sign is
   * a bad conversion of one character.
   */
  private static final Pattern SPECIFIER =
      Pattern.compile("%(\\d+\\$|<)?([-#+ 0,(]*)(\\d+)?(\\.\\d+)?([tT])?([a-zA-Z%@^])?");

  private static final int MAX_WIDTH = 10_000;
  private static final String TIME_SUFFIXES = "HIklMSLNpzZsQBbhAaCYyjmdeRTrDFc";
  private static final String DATE_SUFFIXES = "BbhAaCYyjmdeDF";

  private FormatFunction() {}

  static void define(Library library) {
    library.define("format", STRING).with("values", zeroOrMore(ANY)).as(FormatFunction::format);
  }

  /** A placeholder of the format. */
  private record Specifier(
      String text,
      String index,
      String flags,
      String width,
      String precision,
      boolean time,
      boolean upper,
      char conversion) {
    static Specifier of(Matcher matcher) {
      String time = matcher.group(5);
      String conversion = matcher.group(6);
      return new Specifier(
          matcher.group(),
          matcher.group(1),
          matcher.group(2),
          matcher.group(3) == null ? "" : matcher.group(3),
          matcher.group(4) == null ? "" : matcher.group(4),
          time != null,
          "T".equals(time),
          conversion == null ? 0 : conversion.charAt(0));
    }

    /** Whether it takes a value. */
    boolean takesValue() {
      return time || (conversion != '%' && conversion != 'n');
    }

    /** The placeholder for Java's formatter, with another conversion and without its index. */
    String java(String conversion) {
      return "%" + flags + width + precision + conversion;
    }
  }

  private static Value format(Call call) {
    String format = call.string(0);
    List<Value> values = call.list(1);
    Matcher matcher = SPECIFIER.matcher(format);
    List<Specifier> specifiers = new ArrayList<>();
    while (matcher.find()) {
      specifiers.add(Specifier.of(matcher));
    }
    require(specifiers, values.size(), call);
    StringBuilder out = new StringBuilder();
    int next = 0;
    int end = 0;
    matcher.reset();
    for (Specifier specifier : specifiers) {
      matcher.find();
      out.append(format, end, matcher.start());
      end = matcher.end();
      if (!specifier.takesValue()) {
        out.append(specifier.conversion == 'n' ? "\n" : "%");
        continue;
      }
      int index = indexOf(specifier, values.size(), call);
      if (index < 0) {
        index = next++;
      }
      out.append(formatted(specifier, values.get(index), call, call.position(1).at(index)));
      StringFunctions.requireLength(call, out.length());
    }
    return Call.of(out.append(format, end, format.length()).toString());
  }

  private static void require(List<Specifier> specifiers, int values, Call call) {
    if (specifiers.stream().filter(Specifier::takesValue).count() > values
        && specifiers.stream().noneMatch(s -> s.index != null && !s.index.equals("<"))) {
      throw Errors.invalidArgument(
          call.position(0), "format specifiers count must be <= arguments size");
    }
    long ordinary =
        specifiers.stream()
            .filter(s -> s.takesValue() && (s.index == null || isZero(s.index)))
            .count();
    if (ordinary > values) {
      throw Errors.invalidArgument(
          call.position(0), "format specifiers count must be <= arguments size");
    }
  }

  private static boolean isZero(String index) {
    return index.equals("0$");
  }

  /** The explicit index of a value, or -1 for the next one. */
  private static int indexOf(Specifier specifier, int values, Call call) {
    if (specifier.index == null || isZero(specifier.index)) {
      return -1;
    }
    if (specifier.index.equals("<")) {
      throw Errors.badFormat(call.position(0), specifier.text);
    }
    String digits = specifier.index.substring(0, specifier.index.length() - 1);
    int index = digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (index < 1 || index > values) {
      throw Errors.invalidArgument(call.position(0), "index must be >= 1 and <= arguments size");
    }
    return index - 1;
  }

  private static String formatted(Specifier specifier, Value value, Call call, Position at) {
    if (specifier.width.length() > 5
        || (!specifier.width.isEmpty() && Integer.parseInt(specifier.width) > MAX_WIDTH)
        || specifier.precision.length() > 5) {
      throw Errors.badFormat(call.position(0), specifier.text);
    }
    try {
      return specifier.time ? time(specifier, value, at) : plain(specifier, value, call, at);
    } catch (IllegalFormatException _) {
      throw Errors.badFormat(call.position(0), specifier.text);
    }
  }

  private static String plain(Specifier specifier, Value value, Call call, Position at) {
    String conversion = String.valueOf(specifier.conversion);
    return switch (specifier.conversion) {
      case 'd', 'x', 'X', 'o' -> {
        if (!(value instanceof LongValue number)) {
          throw Errors.wrongKind(at, "Integer", Types.nameOf(value));
        }
        yield java(specifier.java(conversion), number.value());
      }
      case 'f', 'e', 'E', 'g', 'G' -> {
        if (!(value instanceof DoubleValue number)) {
          throw Errors.wrongKind(at, "Number", Types.nameOf(value));
        }
        yield java(specifier.java(conversion), number.value());
      }
      case 's', 'S' -> java(specifier.java(conversion), Conversions.toText(value, at));
      case 'b', 'B' -> java(specifier.java(conversion), truth(value));
      case '@' ->
          java(
              specifier.java("s"),
              ValueWriter.toJson(value, call.evaluation().names(), ApiVersion.V2_1));
      case '^' ->
          java(
              specifier.java("s"),
              ValueWriter.toJson(value, call.evaluation().names(), call.version()));
      default -> throw Errors.badFormat(call.position(0), specifier.text);
    };
  }

  private static boolean truth(Value value) {
    return !(value instanceof NullValue)
        && (!(value instanceof BooleanValue truth) || truth.value());
  }

  private static String time(Specifier specifier, Value value, Position at) {
    if (!(value instanceof TimeValue) && !(value instanceof DateValue)) {
      throw Errors.wrongKind(at, "Date or Time", Types.nameOf(value));
    }
    if (specifier.conversion == 0) {
      return java(specifier.java(specifier.upper ? "S" : "s"), Conversions.toText(value, at));
    }
    String suffixes = value instanceof DateValue ? DATE_SUFFIXES : TIME_SUFFIXES;
    if (suffixes.indexOf(specifier.conversion) < 0) {
      throw Errors.badTimeSuffix(at, specifier.text);
    }
    Object moment =
        switch (value) {
          case TimeValue(Instant instant) -> TimeFunctions.utc(instant, at);
          case DateValue(LocalDate date) -> date.atStartOfDay(ZoneOffset.UTC);
          default -> throw new IllegalStateException("neither date nor time");
        };
    return java(specifier.java((specifier.upper ? "T" : "t") + specifier.conversion), moment);
  }

  private static String java(String format, Object value) {
    return String.format(Locale.ENGLISH, format, value);
  }
}
