package io.refugium.fql10.runtime;

/** A value that can be called and passed as a callback. */
public sealed interface FunctionValue extends QueryValue
    permits Lambda, NativeFunction, UserFunction, LentFunction {

  Arity arity();

  /** The text of the function as a value, for example {@code [function abs()]}. */
  String describe();

  /** The function itself, whoever lends it. */
  default FunctionValue plain() {
    return this;
  }
}
