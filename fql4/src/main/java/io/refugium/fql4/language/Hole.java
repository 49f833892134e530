package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a {@link Template} where each request has a literal of its own: the frame of a run
 * holds it in this slot. Exists in JSON that is being compiled, never in a result.
 */
record Hole(int slot) implements RuntimeValue {

  /** JSON with the literals of a run in its holes. */
  static Value fill(Value json, Frame frame) {
    return switch (json) {
      case Hole(int slot) -> frame.get(slot);
      case ArrayValue array -> {
        List<Value> elements = new ArrayList<>(array.size());
        for (Value element : array.values()) {
          elements.add(fill(element, frame));
        }
        yield new ArrayValue(elements);
      }
      case ObjectValue object -> {
        ObjectValue.Builder fields = ObjectValue.builder();
        object.forEach(field -> fields.put(field.getKey(), fill(field.getValue(), frame)));
        yield fields.build();
      }
      default -> json;
    };
  }
}
