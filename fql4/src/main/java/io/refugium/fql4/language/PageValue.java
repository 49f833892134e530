package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * A page of a set (spec: FQL v4, 7.2).
 *
 * @param before the cursor of the page before, or null when there is none
 * @param after the cursor of the page after, or null when there is none
 * @param data the elements, perhaps mapped or filtered
 * @param cursors the cursor of the underlying entry of each element, however it was mapped
 */
public record PageValue(Value before, Value after, List<Value> data, List<Value> cursors)
    implements RuntimeValue {

  /** The page as an object, its elements as they are. */
  public ObjectValue toObject() {
    ObjectValue.Builder object = ObjectValue.builder().put("data", new ArrayValue(data));
    if (before != null) {
      object.put("before", before);
    }
    if (after != null) {
      object.put("after", after);
    }
    return object.build();
  }

  @Override
  public List<Value> parts() {
    return data;
  }

  /** The page with its elements mapped one by one. */
  public PageValue mapped(List<Value> elements) {
    return new PageValue(before, after, elements, cursors);
  }

  /** The page with one value computed from all its elements. */
  public PageValue folded(Value result) {
    return new PageValue(
        before, after, List.of(result), cursors.isEmpty() ? cursors : cursors.subList(0, 1));
  }
}
