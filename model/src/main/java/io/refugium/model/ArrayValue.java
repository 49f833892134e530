package io.refugium.model;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An ordered sequence of values. The list is not copied: whoever makes the value gives its list
 * away and never changes it again. An array read from the store decodes each element when it is
 * first looked at.
 */
public record ArrayValue(List<Value> values) implements Value {
  /** The array without elements. */
  public static final ArrayValue EMPTY = new ArrayValue(List.of());

  public static ArrayValue of(Value... values) {
    return new ArrayValue(List.of(values));
  }

  public int size() {
    return values.size();
  }

  public Value get(int index) {
    return values.get(index);
  }

  /** An array of what each element becomes. */
  public ArrayValue map(UnaryOperator<Value> change) {
    return new ArrayValue(values.stream().map(change).toList());
  }
}
