package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.Types;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Casts of scalars (spec: FQL v4, 6.11). Those of objects and arrays are in {@link
 * ObjectFunctions}.
 */
final class ConversionFunctions {
  private ConversionFunctions() {}

  static void define(Library library) {
    library
        .define("to_string", ANY)
        .as(call -> Call.of(Conversions.toText(call.value(0), call.position())));
    library.define("to_number", ANY).as(call -> number(call, "Number", call.position()));
    library
        .define("to_double", ANY)
        .as(call -> new DoubleValue(MathFunctions.real(number(call, "Double", call.position(0)))));
    library
        .define("to_integer", ANY)
        .as(
            call ->
                number(call, "Integer", call.position(0)) instanceof DoubleValue(double real)
                    ? new LongValue((long) real)
                    : number(call, "Integer", call.position(0)));
    library.define("to_time", ANY).as(ConversionFunctions::toTime);
    library.define("to_date", ANY).as(ConversionFunctions::toDate);
  }

  private static Value number(Call call, String target, Position position) {
    Value value = call.value(0);
    Value number = value instanceof StringValue(String text) ? Conversions.toNumber(text) : value;
    if (number == null || !MathFunctions.isNumber(number)) {
      throw Errors.cannotCast(position, Types.nameOf(value), target);
    }
    return number;
  }

  private static Value toTime(Call call) {
    return switch (call.value(0)) {
      case LongValue(long millis) -> new TimeValue(Instant.ofEpochMilli(millis));
      case TimeValue time -> time;
      case DateValue date -> new TimeValue(date.value().atStartOfDay(ZoneOffset.UTC).toInstant());
      case StringValue(String text) -> Conversions.parseTime(text, call);
      case Value other -> throw Errors.cannotCast(call.position(), Types.nameOf(other), "Time");
    };
  }

  private static Value toDate(Call call) {
    return switch (call.value(0)) {
      case TimeValue(Instant time) ->
          new DateValue(TimeFunctions.utc(time, call.position()).toLocalDate());
      case DateValue date -> date;
      case StringValue(String text) -> Conversions.parseDate(text, call);
      case Value other -> throw Errors.cannotCast(call.position(), Types.nameOf(other), "Date");
    };
  }
}
