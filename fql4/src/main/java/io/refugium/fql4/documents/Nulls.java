package io.refugium.fql4.documents;

import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Nulls never persist: fields and elements that are null are dropped at every depth (spec: FQL v4,
 * 9.4).
 */
public final class Nulls {
  private Nulls() {}

  /** A value without nulls inside. */
  public static Value without(Value value) {
    return switch (value) {
      case ObjectValue object -> without(object);
      case ArrayValue array -> {
        List<Value> kept = new ArrayList<>(array.size());
        for (Value element : array.values()) {
          if (!(element instanceof NullValue)) {
            kept.add(without(element));
          }
        }
        yield new ArrayValue(kept);
      }
      default -> value;
    };
  }

  public static ObjectValue without(ObjectValue object) {
    ObjectValue.Builder kept = ObjectValue.builder();
    for (Map.Entry<String, Value> field : object) {
      if (!(field.getValue() instanceof NullValue)) {
        kept.put(field.getKey(), without(field.getValue()));
      }
    }
    return kept.build();
  }

  /** Objects merged key by key: a null removes its key, everything that is no object replaces. */
  public static ObjectValue merge(ObjectValue old, ObjectValue changes) {
    ObjectValue.Builder merged = old.toBuilder();
    for (Map.Entry<String, Value> field : changes) {
      Value now = field.getValue();
      if (now instanceof NullValue) {
        merged.remove(field.getKey());
      } else if (now instanceof ObjectValue inner
          && old.get(field.getKey()) instanceof ObjectValue outer) {
        merged.put(field.getKey(), merge(outer, inner));
      } else {
        merged.put(field.getKey(), without(now));
      }
    }
    return merged.build();
  }
}
