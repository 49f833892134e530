package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The first occurrences among the elements of an array. */
final class Distinct {
  private Distinct() {}

  static List<Value> of(QueryContext context, List<Value> values) {
    List<Value> distinct = new ArrayList<>();
    Map<Integer, List<Value>> found = new HashMap<>();
    for (Value value : values) {
      int hash = Equality.elementHash(context, value);
      List<Value> alike = found.computeIfAbsent(hash, key -> new ArrayList<>(1));
      if (alike.stream().noneMatch(known -> Equality.duplicates(context, known, value))) {
        alike.add(value);
        distinct.add(value);
      }
    }
    return distinct;
  }
}
