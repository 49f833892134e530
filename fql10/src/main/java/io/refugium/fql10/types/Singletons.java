package io.refugium.fql10.types;

import java.math.BigDecimal;

/** Types of one value, and the types they belong to. */
final class Singletons {
  private static final BigDecimal INT_MIN = BigDecimal.valueOf(Integer.MIN_VALUE);
  private static final BigDecimal INT_MAX = BigDecimal.valueOf(Integer.MAX_VALUE);

  private Singletons() {}

  static boolean isSingleton(Type type) {
    return type.form() instanceof Type.NumberValue
        || type.form() instanceof Type.StringValue
        || type.form() instanceof Type.BooleanValue;
  }

  /** The base type of a singleton; any other type as it is. Keeps the origin. */
  static Type base(Type type) {
    return switch (type.form()) {
      case Type.NumberValue(_, String kind) -> Type.named(kind).at(type.origin());
      case Type.StringValue _ -> Type.STRING.at(type.origin());
      case Type.BooleanValue _ -> Type.BOOLEAN.at(type.origin());
      default -> type;
    };
  }

  /** Whether the value of a singleton is one of the named scalar type. */
  static boolean belongs(Type singleton, String scalar) {
    return switch (singleton.form()) {
      case Type.NumberValue(BigDecimal value, String kind) -> isNumberOf(value, kind, scalar);
      case Type.StringValue _ -> scalar.equals("String") || scalar.equals("ID");
      case Type.BooleanValue _ -> scalar.equals("Boolean");
      default -> false;
    };
  }

  private static boolean isNumberOf(BigDecimal value, String kind, String scalar) {
    boolean integer = !kind.equals("Double");
    return switch (scalar) {
      case "Number", "Double", "Float" -> true;
      case "Long", "ID" -> integer;
      case "Int" -> integer && value.compareTo(INT_MIN) >= 0 && value.compareTo(INT_MAX) <= 0;
      default -> false;
    };
  }
}
