package io.refugium.fql10.runtime;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.function.UnaryOperator;

/**
 * What a parameter of a library function accepts while a query runs, and how it converts it
 * (language specification, section 7.3).
 */
public enum ParameterType {
  ANY("Any", value -> value),
  NUMBER("Number", value -> Kind.of(value).isNumber() ? value : null),
  INT("Int", ParameterType::toInt),
  LONG("Long", ParameterType::toLong),
  DOUBLE("Double", ParameterType::toDouble),
  STRING("String", value -> value instanceof StringValue ? value : null),
  BOOLEAN("Boolean", value -> value instanceof BooleanValue ? value : null),
  BYTES("Bytes", value -> value instanceof BytesValue ? value : null),
  TIME("Time", value -> value instanceof TimeValue ? value : null),
  DATE("Date", value -> value instanceof DateValue ? value : null),
  ID("ID", ParameterType::toId),
  ARRAY("Array<Any>", value -> value instanceof ArrayValue ? value : null),
  SET("Set<Any>", value -> value instanceof SetValue ? value : null),
  /** Objects only. */
  STRUCT("{ *: Any }", value -> value instanceof ObjectValue ? value : null),
  /** Objects, documents and modules. */
  OBJECT("{ *: Any }", ParameterType::toAnyObject),
  DOCUMENT("Doc", value -> Kind.of(value) == Kind.DOCUMENT ? value : null),
  FUNCTION("Function", value -> value instanceof FunctionValue ? value : null),
  /** A function, or what {@code asc} and {@code desc} make of one. */
  ORDERING("Function", Ordering::acceptKey);

  private final String typeName;
  private final UnaryOperator<Value> conversion;

  ParameterType(String typeName, UnaryOperator<Value> conversion) {
    this.typeName = typeName;
    this.conversion = conversion;
  }

  /** What messages call the type. */
  public String typeName() {
    return typeName;
  }

  /** The argument as this type; Java's {@code null} if it is not acceptable. */
  public Value accept(Value argument) {
    return conversion.apply(argument);
  }

  /** What a type in a signature accepts; a name that is not known is a type parameter. */
  static ParameterType named(String type) {
    int generic = type.indexOf('<');
    return switch (generic < 0 ? type : type.substring(0, generic)) {
      case "Number" -> NUMBER;
      case "Int" -> INT;
      case "Long" -> LONG;
      case "Double" -> DOUBLE;
      case "String" -> STRING;
      case "Boolean" -> BOOLEAN;
      case "Bytes" -> BYTES;
      case "Time" -> TIME;
      case "Date" -> DATE;
      case "ID" -> ID;
      case "Array" -> ARRAY;
      case "Set" -> SET;
      case "Struct" -> STRUCT;
      case "Object" -> OBJECT;
      case "Doc" -> DOCUMENT;
      case "Ordering" -> ORDERING;
      default -> ANY;
    };
  }

  private static Value toInt(Value value) {
    Value integer = toLong(value);
    return integer instanceof LongValue(long number) && (int) number == number ? integer : null;
  }

  private static Value toLong(Value value) {
    return switch (value) {
      case LongValue number -> number;
      case NarrowLong(long number) -> new LongValue(number);
      case DoubleValue(double number)
          when number == Math.rint(number) && Math.abs(number) <= 0x1p63 ->
          (double) (long) number == number ? new LongValue((long) number) : null;
      default -> null;
    };
  }

  private static Value toDouble(Value value) {
    return Kind.of(value).isNumber() ? new DoubleValue(Numbers.toDouble(value)) : null;
  }

  private static Value toId(Value value) {
    return switch (value) {
      case IdValue id -> id;
      case LongValue(long number) -> new IdValue(number);
      case NarrowLong(long number) -> new IdValue(number);
      case StringValue(String text) -> {
        Long number = Numbers.parseDecimal(text);
        yield number == null ? null : new IdValue(number);
      }
      default -> null;
    };
  }

  private static Value toAnyObject(Value value) {
    Kind kind = Kind.of(value);
    return kind == Kind.OBJECT || kind == Kind.DOCUMENT || kind == Kind.MODULE ? value : null;
  }
}
