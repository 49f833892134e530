package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/** A function that the user has stored in the database, as a value. Equal if the names are. */
public non-sealed interface UserFunction extends FunctionValue {
  /** Its name; not the alias by which it may have been reached. */
  String name();

  /** The document that defines it. */
  Value definition();

  /** Checks the right to call, the arity, and runs the body. */
  Value call(QueryContext context, Value[] arguments);

  @Override
  default String describe() {
    return "[function " + name() + "()]";
  }

  @Override
  default Kind kind() {
    return Kind.FUNCTION;
  }
}
