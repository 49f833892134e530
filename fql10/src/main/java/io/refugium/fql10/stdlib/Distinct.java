package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.DoubleValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The first occurrences among the elements of an array. */
final class Distinct {
  private Distinct() {}

  static List<Value> of(QueryContext context, List<Value> values) {
    List<Value> distinct = new ArrayList<>();
    Set<Value> seen = new HashSet<>();
    List<Value> compared = new ArrayList<>();
    for (Value value : values) {
      if (isHashable(value)) {
        if (seen.add(value)) {
          distinct.add(value);
        }
      } else if (compared.stream().noneMatch(known -> Equality.duplicates(context, known, value))) {
        compared.add(value);
        distinct.add(value);
      }
    }
    return distinct;
  }

  // Kinds whose equality in Java is that of elements; everything else is compared pair by pair.
  private static boolean isHashable(Value value) {
    return !(value instanceof DoubleValue)
        && switch (Kind.of(value)) {
          case INT, STRING, BOOLEAN, BYTES, TIME, DATE, UUID, ID -> true;
          default -> false;
        };
  }
}
