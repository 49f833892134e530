package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Ordering;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@code order} sorts by: the results of functions in turn, or the elements themselves if
 * there are none.
 *
 * @param descending whether the elements themselves are sorted downwards
 */
public record SortKeys(List<Key> keys, boolean descending) {

  /** One function and its direction. */
  public record Key(Callback accessor, boolean descending) {}

  public SortKeys {
    keys = List.copyOf(keys);
  }

  /** The keys in the arguments of {@code order}. */
  public static SortKeys of(List<Key> keys) {
    return new SortKeys(keys, false);
  }

  /** Every direction flipped. */
  public SortKeys reversed() {
    return new SortKeys(
        keys.stream().map(key -> new Key(key.accessor(), !key.descending())).toList(), !descending);
  }

  /** Sorts; elements with equal keys keep their order. Each function runs once for each element. */
  public List<Value> sort(QueryContext context, List<Value> values) {
    if (keys.isEmpty()) {
      List<Value> sorted = new ArrayList<>(values);
      Comparator<Value> order = (a, b) -> Ordering.compare(context, a, b);
      sorted.sort(descending ? order.reversed() : order);
      return sorted;
    }
    List<Row> rows = new ArrayList<>(values.size());
    for (Value value : values) {
      rows.add(new Row(value, keysOf(context, value)));
    }
    rows.sort((a, b) -> compare(context, a.keys, b.keys));
    return rows.stream().map(Row::value).toList();
  }

  private record Row(Value value, Value[] keys) {}

  private Value[] keysOf(QueryContext context, Value value) {
    Value[] results = new Value[keys.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = keys.get(i).accessor().apply(context, value);
    }
    return results;
  }

  private int compare(QueryContext context, Value[] left, Value[] right) {
    for (int i = 0; i < left.length; i++) {
      int order = Ordering.compare(context, left[i], right[i]);
      if (order != 0) {
        return keys.get(i).descending() ? -order : order;
      }
    }
    return 0;
  }
}
