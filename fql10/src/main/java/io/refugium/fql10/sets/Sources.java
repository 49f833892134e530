package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.List;

/** Sets that are not made of other sets. */
public final class Sources {
  private Sources() {}

  /** The elements of an array. */
  public record ArraySet(List<Value> values) implements SetValue {
    @Override
    public List<Value> parts() {
      return values;
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      return new IndexedElements(values.size(), position, values::get);
    }

    @Override
    public SetValue reversed() {
      return new ArraySet(values.reversed());
    }
  }

  /** One element. */
  public record SingleSet(Value element) implements SetValue {
    @Override
    public List<Value> parts() {
      return List.of(element);
    }

    @Override
    public Elements open(QueryContext context, Value position) {
      return new IndexedElements(1, position, index -> element);
    }

    @Override
    public SetValue reversed() {
      return this;
    }
  }

  /**
   * The integers from {@code from} (inclusive) to {@code until} (exclusive).
   *
   * @param descending whether the greatest comes first
   */
  public record SequenceSet(int from, int until, boolean descending) implements SetValue {
    @Override
    public Elements open(QueryContext context, Value position) {
      int length = Math.clamp((long) until - from, 0, Integer.MAX_VALUE);
      return new IndexedElements(
          length,
          position,
          index -> new LongValue(descending ? (long) until - 1 - index : (long) from + index));
    }

    @Override
    public SetValue reversed() {
      return new SequenceSet(from, until, !descending);
    }
  }
}
