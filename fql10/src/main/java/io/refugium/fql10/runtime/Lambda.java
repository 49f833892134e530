package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * A lambda together with the values of the names it closes over. Equal only to what was made from
 * the same definition with the same values.
 *
 * @param captured owned by the lambda, never changed
 */
public record Lambda(LambdaCode code, Value[] captured) implements FunctionValue {

  @Override
  public Arity arity() {
    return code.arity();
  }

  @Override
  public String describe() {
    return "[function <lambda>]";
  }

  @Override
  public Kind kind() {
    return Kind.LAMBDA;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lambda that
        && code == that.code
        && java.util.Arrays.equals(captured, that.captured);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(code);
  }

  @Override
  public String toString() {
    return describe();
  }
}
