package io.refugium.fql10.runtime;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.UuidValue;
import io.refugium.model.Value;

/**
 * The kinds of values, in the order in which the total order ranks them (language specification,
 * sections 5.10 and 7.1). The three kinds of numbers rank alike.
 */
public enum Kind {
  INT("Int"),
  LONG("Long"),
  DOUBLE("Double"),
  BYTES("Bytes"),
  STRING("String"),
  ARRAY("Array<Any>"),
  OBJECT("{ *: Any }"),
  ID("ID"),
  DOCUMENT("Doc"),
  TIME("Time"),
  TRANSACTION_TIME("TransactionTime"),
  DATE("Date"),
  UUID("UUID"),
  BOOLEAN("Boolean"),
  MODULE("Module"),
  SET("Set<Any>"),
  CURSOR("SetCursor"),
  LAMBDA("Lambda"),
  FUNCTION("Function"),
  EVENT_SOURCE("EventSource<Any>"),
  NULL("Null");

  private final String typeName;

  Kind(String typeName) {
    this.typeName = typeName;
  }

  /** How messages call values of this kind; a module is called by its own name instead. */
  public String typeName() {
    return typeName;
  }

  /** The place in the total order; equal for all numbers. */
  public int rank() {
    return this == LONG || this == DOUBLE ? INT.ordinal() : ordinal();
  }

  public boolean isNumber() {
    return this == INT || this == LONG || this == DOUBLE;
  }

  /** The kind of a value. */
  public static Kind of(Value value) {
    return switch (value) {
      case LongValue number -> (int) number.value() == number.value() ? INT : LONG;
      case StringValue ignored -> STRING;
      case Ref ignored -> DOCUMENT;
      case ObjectValue ignored -> OBJECT;
      case ArrayValue ignored -> ARRAY;
      case BooleanValue ignored -> BOOLEAN;
      case NullValue ignored -> NULL;
      case DoubleValue ignored -> DOUBLE;
      case TimeValue ignored -> TIME;
      case TransactionTime ignored -> TRANSACTION_TIME;
      case DateValue ignored -> DATE;
      case BytesValue ignored -> BYTES;
      case UuidValue ignored -> UUID;
      case LambdaValue ignored -> LAMBDA;
      case QueryValue own -> own.kind();
      case RuntimeValue foreign ->
          throw new IllegalArgumentException("not a value of this language: " + foreign.getClass());
    };
  }

  /** How messages call the type of a value, such as {@code received Int}. */
  public static String typeName(Value value) {
    return value instanceof QueryValue own ? own.typeName() : of(value).typeName();
  }

  /** Whether the value is null; a document that does not exist is not, see {@link Documents}. */
  public static boolean isNull(Value value) {
    return value instanceof NullValue || value instanceof Null;
  }
}
