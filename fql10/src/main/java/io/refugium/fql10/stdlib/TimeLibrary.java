package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.text;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Times (library specification, section 10). */
final class TimeLibrary {
  static final Members MEMBERS = members();

  static final Members MODULE =
      Members.builder()
          .method(
              "fromString(time: String) => Time",
              "Reads an ISO date-time with offset.",
              (c, s, a) -> parse(text(a[0])))
          .method(
              Effect.OBSERVATION,
              "now() => Time",
              "The time of the snapshot that the query reads.",
              (c, s, a) -> new TimeValue(c.context().environment().snapshotTime()))
          .method(
              "epoch(offset: Number, unit: String) => Time",
              "The time so long after 1970-01-01T00:00:00Z.",
              (c, s, a) -> new TimeValue(TimeArithmetic.sinceEpoch(a[0], unit(text(a[1])))))
          .build();

  static final Method NEW_TIME =
      Method.of(
          "Time(time: String) => Time",
          Effect.PURE,
          "Reads an ISO date-time with offset.",
          (c, s, a) -> parse(text(a[0])));

  static final Method NEW_TRANSACTION_TIME =
      Method.of(
          "TransactionTime() => TransactionTime",
          Effect.PURE,
          "Stands for the time at which the transaction will commit.",
          (c, s, a) -> TransactionTime.TIME);

  private TimeLibrary() {}

  private static Members members() {
    Members.Builder members = Members.builder();
    property(members, "year", OffsetDateTime::getYear);
    property(members, "month", OffsetDateTime::getMonthValue);
    property(members, "dayOfMonth", OffsetDateTime::getDayOfMonth);
    property(members, "dayOfWeek", time -> time.getDayOfWeek().getValue());
    property(members, "dayOfYear", OffsetDateTime::getDayOfYear);
    property(members, "hour", OffsetDateTime::getHour);
    property(members, "minute", OffsetDateTime::getMinute);
    property(members, "second", OffsetDateTime::getSecond);
    since(members, "toSeconds", Instant::getEpochSecond);
    since(members, "toMillis", Instant::toEpochMilli);
    since(members, "toMicros", TimeArithmetic::toMicros);
    return members
        .method(
            "add(amount: Number, unit: String) => Time",
            "The time so much later.",
            (c, s, a) -> new TimeValue(TimeArithmetic.add(instant(s), a[0], unit(text(a[1])))))
        .method(
            "subtract(amount: Number, unit: String) => Time",
            "The time so much earlier.",
            (c, s, a) -> new TimeValue(TimeArithmetic.subtract(instant(s), a[0], unit(text(a[1])))))
        .method(
            "difference(start: Time, unit: String) => Number",
            "The whole units that have passed since another time.",
            (c, s, a) -> of(TimeArithmetic.difference(instant(a[0]), instant(s), unit(text(a[1])))))
        .method(
            "toString() => String",
            "The time in UTC.",
            (c, s, a) -> of(TimeText.format(instant(s))))
        .build();
  }

  private static void property(
      Members.Builder members, String name, ToIntFunction<OffsetDateTime> part) {
    members.property(
        name + ": Number",
        "A part of the time in UTC.",
        (context, self) -> of(part.applyAsInt(instant(self).atOffset(ZoneOffset.UTC))));
  }

  private static void since(Members.Builder members, String name, ToLongFunction<Instant> measure) {
    members.method(
        name + "() => Number",
        "How long after 1970-01-01T00:00:00Z, rounded down.",
        (c, s, a) -> {
          try {
            return of(measure.applyAsLong(instant(s)));
          } catch (ArithmeticException e) {
            throw TimeArithmetic.outOfRange(instant(s).getEpochSecond() > 0);
          }
        });
  }

  private static Instant instant(Value value) {
    return ((TimeValue) value).value();
  }

  private static Value parse(String text) {
    Instant time = TimeText.parseTime(text);
    if (time == null) {
      throw Errors.invalidTime(text);
    }
    return new TimeValue(time);
  }

  private static TimeUnit unit(String name) {
    TimeUnit unit = TimeUnit.named(name);
    if (unit == null) {
      throw Errors.invalidTimeUnit(name);
    }
    return unit;
  }
}
