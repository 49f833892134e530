package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.List;

/**
 * A library function as a value, bound to its receiver. Equal if receiver and name are.
 *
 * @param self the receiver, or the module of a module function
 */
public record NativeFunction(Method method, Value self) implements FunctionValue {

  @Override
  public List<Value> parts() {
    return List.of(self);
  }

  @Override
  public Arity arity() {
    return method.arity();
  }

  @Override
  public String describe() {
    return "[function " + method.name() + "()]";
  }

  @Override
  public Kind kind() {
    return Kind.FUNCTION;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NativeFunction that
        && method.name().equals(that.method.name())
        && self.equals(that.self);
  }

  @Override
  public int hashCode() {
    return method.name().hashCode();
  }
}
