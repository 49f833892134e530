package io.refugium.fql10.runtime;

import io.refugium.model.RuntimeValue;

/**
 * A value that FQL v10 knows only while a query runs. Together with the storable values of the
 * model these are all values of the language (language specification, section 7.1).
 */
public sealed interface QueryValue extends RuntimeValue
    permits Null,
        IdValue,
        NarrowLong,
        FunctionValue,
        Module,
        SetValue,
        PageCursor,
        EventSource,
        DocumentValue {

  /** The kind, which decides its place in the total order. */
  Kind kind();

  /** How messages call its type; most kinds have one name for all their values. */
  default String typeName() {
    return kind().typeName();
  }
}
