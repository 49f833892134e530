package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.text;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.TimeText;
import io.refugium.model.Value;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.ToIntFunction;

/** Dates (library specification, section 9). */
final class DateLibrary {
  static final Members MEMBERS = members();

  static final Members MODULE =
      Members.builder()
          .method(
              "fromString(date: String) => Date",
              "Reads an ISO date.",
              (c, s, a) -> parse(text(a[0])))
          .method(
              "today() => Date",
              "The UTC date of the snapshot that the query reads.",
              (c, s, a) ->
                  new DateValue(
                      LocalDate.ofInstant(
                          c.context().environment().snapshotTime(), ZoneOffset.UTC)))
          .build();

  static final Method NEW_DATE =
      Method.of(
          "Date(date: String) => Date",
          Effect.PURE,
          "Reads an ISO date.",
          (c, s, a) -> parse(text(a[0])));

  private DateLibrary() {}

  private static Members members() {
    Members.Builder members = Members.builder();
    property(members, "year", LocalDate::getYear);
    property(members, "month", LocalDate::getMonthValue);
    property(members, "dayOfMonth", LocalDate::getDayOfMonth);
    property(members, "dayOfWeek", date -> date.getDayOfWeek().getValue());
    property(members, "dayOfYear", LocalDate::getDayOfYear);
    return members
        .method(
            "add(amount: Number, unit: String) => Date",
            "The date so many days later.",
            (c, s, a) -> plus(date(s), days(a[0], text(a[1])), false))
        .method(
            "subtract(amount: Number, unit: String) => Date",
            "The date so many days earlier.",
            (c, s, a) -> plus(date(s), days(a[0], text(a[1])), true))
        .method(
            "difference(start: Date) => Number",
            "The days that have passed since another date.",
            (c, s, a) -> Numbers.longTyped(ChronoUnit.DAYS.between(date(a[0]), date(s))))
        .method("toString() => String", "The date.", (c, s, a) -> of(TimeText.format(date(s))))
        .build();
  }

  private static void property(
      Members.Builder members, String name, ToIntFunction<LocalDate> part) {
    members.property(
        name + ": Number",
        "A part of the date.",
        (context, self) -> of(part.applyAsInt(date(self))));
  }

  private static LocalDate date(Value value) {
    return ((DateValue) value).value();
  }

  private static Value parse(String text) {
    LocalDate date = TimeText.parseDate(text);
    if (date == null) {
      throw Errors.invalidDate(text);
    }
    return new DateValue(date);
  }

  private static long days(Value amount, String unit) {
    String stripped = unit.strip();
    if (!stripped.equals("day") && !stripped.equals("days")) {
      throw Errors.invalidDateUnit(unit);
    }
    return amount instanceof DoubleValue(double value) ? Math.round(value) : Numbers.toLong(amount);
  }

  private static Value plus(LocalDate date, long days, boolean backwards) {
    try {
      return new DateValue(backwards ? date.minusDays(days) : date.plusDays(days));
    } catch (DateTimeException | ArithmeticException e) {
      throw Errors.invalidArgument("amount", "date out of range");
    }
  }
}
