package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.Value;
import java.util.function.IntFunction;

/** Elements that are computed from their index. */
final class IndexedElements implements SetValue.Elements {
  private final int length;
  private final IntFunction<Value> element;
  private int next;

  IndexedElements(int length, Value position, IntFunction<Value> element) {
    this.length = length;
    this.element = element;
    this.next = Positions.index(position, length);
  }

  @Override
  public Value next() {
    return next < length ? element.apply(next++) : null;
  }

  @Override
  public boolean hasMore() {
    return next < length;
  }

  @Override
  public Value position() {
    return Positions.index(next);
  }
}
