package io.refugium.database.index;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * How large the terms or the values of an index entry are, as the original counts (spec: schema
 * 6.3): their length as CBOR. Our own keys are no measure, since they hold a collation key beside
 * each string. Exact for a single string; for other kinds as near as the specification knows.
 */
final class EntrySize {
  private static final int OVERHEAD = 16;
  private static final int COMPONENT_OVERHEAD = 2;
  private static final int NUMBER = 9;
  private static final int REF = 12;

  private EntrySize() {}

  static long of(List<Value> components) {
    long size = OVERHEAD;
    for (Value component : components) {
      size += COMPONENT_OVERHEAD + of(component);
    }
    return size;
  }

  private static long of(Value value) {
    return switch (value) {
      case NullValue _, BooleanValue _ -> 1;
      case LongValue(long number) -> number(number < 0 ? ~number : number);
      case DoubleValue _, TransactionTime _ -> NUMBER;
      case StringValue(String text) -> text(text);
      case BytesValue(byte[] bytes) -> number(bytes.length) + bytes.length;
      case TimeValue _ -> NUMBER + 2;
      case DateValue _ -> 6;
      case UuidValue _ -> 18;
      case Ref _ -> REF;
      case ArrayValue array -> {
        long size = number(array.size());
        for (Value element : array.values()) {
          size += of(element);
        }
        yield size;
      }
      case ObjectValue object -> {
        long size = number(object.size());
        for (int i = 0; i < object.size(); i++) {
          size += text(object.nameAt(i)) + of(object.valueAt(i));
        }
        yield size;
      }
      case LambdaValue(String version, Value parameters, Value body) ->
          text(version) + of(parameters) + of(body);
      case RuntimeValue _ -> throw new IllegalArgumentException("not indexed: " + value);
    };
  }

  private static long text(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      length += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
    }
    return number(length) + length;
  }

  /** A number, or the header of something of that length. */
  private static int number(long number) {
    if (number < 24) {
      return 1;
    }
    if (number < 1 << 8) {
      return 2;
    }
    if (number < 1 << 16) {
      return 3;
    }
    return number < 1L << 32 ? 5 : NUMBER;
  }
}
