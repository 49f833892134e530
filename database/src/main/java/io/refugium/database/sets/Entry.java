package io.refugium.database.sets;

import io.refugium.model.ArrayValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * One element of a set: the values that the set covers and the document they belong to.
 *
 * @param values as many as the shape of the set says; may be none
 * @param sources the leaves of the plan that it came from, each once
 */
public record Entry(List<Value> values, Ref ref, List<SetPlan> sources) {
  /** What users see of it: the document, the value, or the array of values. */
  public Value visible() {
    return switch (values.size()) {
      case 0 -> ref;
      case 1 -> values.getFirst();
      default -> new ArrayValue(values);
    };
  }

  /** By what entries of different sets are the same: the values, or the document without any. */
  List<Value> key() {
    return values.isEmpty() ? List.of(ref) : values;
  }

  /** Its full position in the set: the values, then the document. What cursors are made of. */
  public List<Value> position() {
    List<Value> components = new ArrayList<>(values.size() + 1);
    components.addAll(values);
    components.add(ref);
    return List.copyOf(components);
  }

  boolean isSame(Entry other) {
    return ref.equals(other.ref) && values.equals(other.values);
  }

  Entry withSources(List<SetPlan> all) {
    return new Entry(values, ref, all);
  }
}
