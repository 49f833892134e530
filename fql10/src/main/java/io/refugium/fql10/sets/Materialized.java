package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Ordering;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Sets that must read their whole source before they have a first element. */
public final class Materialized {
  private Materialized() {}

  /**
   * All elements of a set.
   *
   * @throws QueryFailure {@code value_too_large} if there are more than may be held at once
   */
  public static List<Value> read(QueryContext context, SetValue set) {
    SetValue.Elements elements = set.open(context, null);
    List<Value> values = new ArrayList<>();
    for (Value next = elements.next(); next != null; next = elements.next()) {
      if (values.size() == Limits.MAX_ELEMENTS) {
        throw Errors.tooManyElements();
      }
      values.add(next);
      context.compute(1);
    }
    return values;
  }

  /** A set in the opposite order, whatever it is. */
  public record ReversedSet(SetValue source) implements DerivedSet {
    @Override
    public Elements open(QueryContext context, Value position) {
      List<Value> values = read(context, source).reversed();
      return new IndexedElements(values.size(), position, values::get);
    }

    @Override
    public SetValue reversed() {
      return source;
    }
  }

  /** Sorted by the total order, without duplicates. */
  public record DistinctSet(SetValue source, boolean descending) implements DerivedSet {
    @Override
    public Elements open(QueryContext context, Value position) {
      List<Value> sorted = read(context, source);
      sorted.sort((a, b) -> Ordering.compare(context, a, b));
      List<Value> values = new ArrayList<>();
      for (Value value : sorted) {
        if (values.isEmpty() || !Equality.duplicates(context, values.getLast(), value)) {
          values.add(value);
        }
      }
      List<Value> ordered = descending ? values.reversed() : values;
      return new IndexedElements(ordered.size(), position, ordered::get);
    }

    @Override
    public SetValue reversed() {
      return new DistinctSet(source, !descending);
    }
  }

  /** Sorted by keys. */
  public record OrderedSet(SetValue source, SortKeys keys) implements DerivedSet {
    @Override
    public Elements open(QueryContext context, Value position) {
      List<Value> values = keys.sort(context, read(context, source));
      return new IndexedElements(values.size(), position, values::get);
    }

    @Override
    public SetValue reversed() {
      return new OrderedSet(source, keys.reversed());
    }
  }
}
