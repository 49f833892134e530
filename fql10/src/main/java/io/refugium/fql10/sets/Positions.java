package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Errors;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.Value;

/**
 * Positions in sets as storable values. They come back from clients, so every reading checks the
 * shape and fails with {@code invalid_cursor}.
 */
public final class Positions {
  private Positions() {}

  static Value index(int index) {
    return new LongValue(index);
  }

  /** An index between 0 and {@code length}; 0 for no position. */
  static int index(Value position, int length) {
    if (position == null) {
      return 0;
    }
    if (position instanceof LongValue(long index) && index >= 0 && index <= length) {
      return (int) index;
    }
    throw Errors.invalidCursor();
  }

  /** A number together with the position in a source, which may be null. */
  static Value pair(long number, Value source) {
    return ArrayValue.of(new LongValue(number), source == null ? NullValue.NULL : source);
  }

  static long number(Value pair) {
    if (pair instanceof ArrayValue array
        && array.size() == 2
        && array.get(0) instanceof LongValue(long number)) {
      return number;
    }
    throw Errors.invalidCursor();
  }

  static Value source(Value pair) {
    return orNull(((ArrayValue) pair).get(1));
  }

  /** The value, or Java's {@code null} for the null value. */
  static Value orNull(Value value) {
    return value == NullValue.NULL ? null : value;
  }
}
