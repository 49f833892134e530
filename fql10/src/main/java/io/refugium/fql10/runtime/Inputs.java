package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.Map;

/**
 * The values that a client sends along with the text of a query. Functions keep the inputs of the
 * query they were created in.
 *
 * @param template the template values in textual order; owned, never changed
 * @param arguments the request arguments by name
 */
public record Inputs(Value[] template, Map<String, Value> arguments) {
  public static final Inputs NONE = new Inputs(new Value[0], Map.of());

  public Inputs {
    arguments = Map.copyOf(arguments);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inputs that
        && java.util.Arrays.equals(template, that.template)
        && arguments.equals(that.arguments);
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(template) * 31 + arguments.hashCode();
  }
}
