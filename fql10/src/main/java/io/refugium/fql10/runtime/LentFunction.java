package io.refugium.fql10.runtime;

import io.refugium.model.Value;
import java.util.List;

/**
 * A function that was handed to code with a role of its own. It runs with the rights of whoever
 * handed it over: a caller must not be able to have his own code run with the role of a function,
 * merely because that calls what it is given or reads a set. Equal if the functions are.
 *
 * @param lender whose code it is
 */
public record LentFunction(FunctionValue function, Rights lender) implements FunctionValue {

  @Override
  public FunctionValue plain() {
    return function;
  }

  @Override
  public List<Value> parts() {
    return List.of(function);
  }

  @Override
  public Arity arity() {
    return function.arity();
  }

  @Override
  public String describe() {
    return function.describe();
  }

  @Override
  public Kind kind() {
    return function.kind();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LentFunction that && function.equals(that.function);
  }

  @Override
  public int hashCode() {
    return function.hashCode();
  }
}
