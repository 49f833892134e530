package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.NULL;
import static io.refugium.fql4.language.Kind.STRING;
import static io.refugium.fql4.language.Kind.TEMPORAL;
import static io.refugium.fql4.language.Kind.TIME;
import static io.refugium.fql4.language.Kind.TIME_UNIT;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.TimeUnit;
import io.refugium.fql4.language.Times;
import io.refugium.model.DateValue;
import io.refugium.model.LongValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.function.ToLongFunction;

/** Times and dates, in UTC (spec: FQL v4, 6.10). */
final class TimeFunctions {
  private TimeFunctions() {}

  static void define(Library library) {
    library.define("now", NULL).as(call -> new TimeValue(call.evaluation().snapshotTime()));
    library.define("time", STRING).as(call -> Conversions.parseTime(call.string(0), call));
    library.define("date", STRING).as(call -> Conversions.parseDate(call.string(0), call));
    library.define("epoch", INTEGER).with("unit", TIME_UNIT).as(TimeFunctions::epoch);
    library
        .define("time_add", TEMPORAL)
        .with("offset", INTEGER)
        .with("unit", TIME_UNIT)
        .as(call -> moved(call, false));
    library
        .define("time_subtract", TEMPORAL)
        .with("offset", INTEGER)
        .with("unit", TIME_UNIT)
        .as(call -> moved(call, true));
    library
        .define("time_diff", TEMPORAL)
        .with("other", TEMPORAL)
        .with("unit", TIME_UNIT)
        .as(TimeFunctions::difference);
    number(library, "to_seconds", Instant::getEpochSecond);
    number(
        library, "to_millis", time -> Math.floorDiv(Times.toMicros(time), Times.MICROS_PER_MILLI));
    number(library, "to_micros", Times::toMicros);
    part(library, "second", ChronoField.SECOND_OF_MINUTE);
    part(library, "minute", ChronoField.MINUTE_OF_HOUR);
    part(library, "hour", ChronoField.HOUR_OF_DAY);
    part(library, "day_of_month", ChronoField.DAY_OF_MONTH);
    part(library, "day_of_week", ChronoField.DAY_OF_WEEK);
    part(library, "day_of_year", ChronoField.DAY_OF_YEAR);
    part(library, "month", ChronoField.MONTH_OF_YEAR);
    part(library, "year", ChronoField.YEAR);
  }

  private static void number(Library library, String name, ToLongFunction<Instant> of) {
    library.define(name, TIME).as(call -> new LongValue(of.applyAsLong(instant(call.value(0)))));
  }

  private static void part(Library library, String name, ChronoField field) {
    library
        .define(name, TIME)
        .as(call -> new LongValue(utc(instant(call.value(0)), call.position()).get(field)));
  }

  /**
   * A time in the calendar, which ends a year before times do. The position is where to report
   * that.
   */
  static ZonedDateTime utc(Instant time, Position position) {
    try {
      return time.atZone(ZoneOffset.UTC);
    } catch (DateTimeException _) {
      throw Errors.timeOutOfRange(position);
    }
  }

  private static Instant instant(Value time) {
    return ((TimeValue) time).value();
  }

  private static TimeUnit unit(Call call, int index) {
    return TimeUnit.of(call.string(index));
  }

  private static Value epoch(Call call) {
    try {
      return new TimeValue(plus(Instant.EPOCH, call.integer(0), unit(call, 1)));
    } catch (DateTimeException | ArithmeticException _) {
      throw Errors.timeOutOfRange(call.position());
    }
  }

  private static Value moved(Call call, boolean back) {
    TimeUnit unit = unit(call, 2);
    try {
      long offset = back ? Math.negateExact(call.integer(1)) : call.integer(1);
      return switch (call.value(0)) {
        case DateValue(LocalDate date) -> {
          requireDays(unit, call, 2);
          yield new DateValue(date.plusDays(offset));
        }
        case Value time -> new TimeValue(plus(instant(time), offset, unit));
      };
    } catch (DateTimeException | ArithmeticException _) {
      throw Errors.timeOutOfRange(call.position(1));
    }
  }

  private static Instant plus(Instant time, long amount, TimeUnit unit) {
    return time.plus(Duration.of(1, unit.unit()).multipliedBy(amount));
  }

  private static void requireDays(TimeUnit unit, Call call, int index) {
    if (unit != TimeUnit.DAY) {
      throw Errors.badTimeUnit(call.position(index), call.string(index));
    }
  }

  private static Value difference(Call call) {
    TimeUnit unit = unit(call, 2);
    return switch (call.value(0)) {
      case DateValue(LocalDate from) when call.value(1) instanceof DateValue(LocalDate to) -> {
        requireDays(unit, call, 2);
        yield new LongValue(ChronoUnit.DAYS.between(from, to));
      }
      case TimeValue(Instant from) when call.value(1) instanceof TimeValue(Instant to) ->
          new LongValue(between(from, to, unit));
      default -> throw Errors.incompatibleTimes(call.position(0));
    };
  }

  /** Whole units, toward zero; saturates where nanoseconds of centuries leave 64 bits. */
  private static long between(Instant from, Instant to, TimeUnit unit) {
    try {
      return from.until(to, unit.unit());
    } catch (ArithmeticException _) {
      return to.isBefore(from) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
