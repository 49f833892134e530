package io.refugium.fql10.encode;

import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.JsonBuffer;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.Base64;

/** What the two ways to write results as JSON have in common: what JSON has itself. */
abstract sealed class JsonNotation extends Notation permits SimpleNotation, TaggedNotation {
  JsonNotation(JsonBuffer out) {
    super(out);
  }

  @Override
  final void openArray() {
    out.raw('[');
  }

  @Override
  final void next(boolean first) {
    if (!first) {
      out.raw(',');
    }
  }

  @Override
  final void closeArray(boolean empty) {
    out.raw(']');
  }

  @Override
  final void name(String name) {
    out.string(name).raw(':');
  }

  @Override
  final void name(byte[] utf8, int offset, int length) {
    out.string(utf8, offset, length).raw(':');
  }

  @Override
  final void none() {
    out.raw("null");
  }

  @Override
  final void string(String text) {
    out.string(text);
  }

  @Override
  final void string(byte[] utf8, int offset, int length) {
    out.string(utf8, offset, length);
  }

  @Override
  final void scalar(Value value) {
    switch (value) {
      case LongValue(long number) -> integer(number);
      case NarrowLong(long number) -> longInteger(number);
      case DoubleValue(double number) -> real(number);
      case StringValue(String text) -> out.string(text);
      case BooleanValue truth -> out.raw(truth.value() ? "true" : "false");
      case BytesValue(byte[] bytes) -> typed("@bytes", Base64.getEncoder().encodeToString(bytes));
      case TimeValue point -> typed("@time", TimeText.format(point.value()));
      case TransactionTime ignored -> transactionTime();
      case DateValue date -> typed("@date", TimeText.format(date.value()));
      case UuidValue uuid -> typed("@uuid", uuid.value().toString());
      default -> throw new IllegalStateException("not a scalar: " + value.getClass());
    }
  }

  @Override
  final void cursor(String text) {
    out.string(text);
  }

  @Override
  final void function(String described) {
    out.string(described);
  }

  /** An integer that is typed Long, though it may be small. */
  abstract void longInteger(long number);

  abstract void real(double number);

  /** The time of the transaction. */
  abstract void transactionTime();

  /**
   * Something for which JSON has no type.
   *
   * @param tag says the type
   * @param ascii without anything to escape
   */
  abstract void typed(String tag, String ascii);
}
