package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;

/** Arguments that the dispatcher has already converted, as Java values; and results back. */
final class Arguments {
  private Arguments() {}

  static String text(Value value) {
    return ((StringValue) value).value();
  }

  static int integer(Value value) {
    return (int) ((LongValue) value).value();
  }

  static List<Value> list(Value value) {
    return ((ArrayValue) value).values();
  }

  static SetValue set(Value value) {
    return (SetValue) value;
  }

  static ObjectValue object(Value value) {
    return (ObjectValue) value;
  }

  static Value of(String text) {
    return new StringValue(text);
  }

  static Value of(long number) {
    return new LongValue(number);
  }

  static Value of(boolean truth) {
    return BooleanValue.of(truth);
  }

  static Value of(List<Value> values) {
    return new ArrayValue(values);
  }
}
