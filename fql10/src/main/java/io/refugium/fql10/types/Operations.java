package io.refugium.fql10.types;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.BinaryOperator;
import io.refugium.fql10.syntax.Expression;
import java.util.List;

/** Operands and results of operators (language specification, section 8.5). */
final class Operations {
  private static final Type ADDABLE = Unions.of(Type.NUMBER, Type.STRING);

  private final Reports reports;
  private final Subtyping subtyping;
  private final Functions functions;

  Operations(Reports reports, Subtyping subtyping, Functions functions) {
    this.reports = reports;
    this.subtyping = subtyping;
    this.functions = functions;
  }

  Type unary(Expression.Unary unary, Type operand) {
    Type expected =
        switch (unary.operator()) {
          case NEGATE, BITWISE_NOT -> Type.NUMBER;
          case NOT -> Type.BOOLEAN;
        };
    require(operand, expected, unary.operand().span());
    return expected;
  }

  /** Whether the right operand is not even looked at before evaluation. */
  boolean isUnresolved(BinaryOperator operator) {
    return operator == BinaryOperator.ISA;
  }

  Type binary(Expression.Binary binary, Type left, Type right) {
    return switch (binary.operator()) {
      case COALESCE -> Unions.of(right, subtyping.definitions().withoutNull(left));
      case OR, AND -> both(binary, left, right, Type.BOOLEAN);
      case EQUAL,
          NOT_EQUAL,
          MATCHES,
          NOT_MATCHES,
          GREATER,
          LESS,
          GREATER_OR_EQUAL,
          LESS_OR_EQUAL,
          ISA ->
          Type.BOOLEAN;
      case ADD -> add(binary, left, right);
      case BITWISE_OR, BITWISE_XOR, BITWISE_AND, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, POWER ->
          both(binary, left, right, Type.NUMBER);
    };
  }

  private Type both(Expression.Binary binary, Type left, Type right, Type expected) {
    require(left, expected, binary.left().span());
    require(right, expected, binary.right().span());
    return expected;
  }

  private boolean require(Type actual, Type expected, Span span) {
    List<Failure> failures = subtyping.check(actual, expected);
    reports.mismatch(span, actual, expected, failures);
    return failures.isEmpty();
  }

  // --- addition -------------------------------------------------------------------------------

  /** Two numbers or two strings. */
  private Type add(Expression.Binary binary, Type left, Type right) {
    if (left.isNever()) {
      return Type.NEVER;
    }
    if (isUndetermined(left)) {
      return addTo(binary, left, right);
    }
    if (subtyping.fits(left, Type.NUMBER)) {
      require(right, Type.NUMBER, binary.right().span());
      return Type.NUMBER;
    }
    if (subtyping.fits(left, Type.STRING)) {
      require(right, Type.STRING, binary.right().span());
      return Type.STRING;
    }
    Type wanted = left.variants().size() > 1 ? Type.STRING : ADDABLE;
    return notAddable(binary, left, wanted);
  }

  /** A union is blamed for its first variant that is no string, anything else for itself. */
  private Type notAddable(Expression.Binary binary, Type left, Type wanted) {
    List<Failure> failures = subtyping.check(left, wanted);
    Span span = binary.left().span();
    if (left.variants().size() > 1 && !failures.isEmpty()) {
      reports.mismatch(span, left, wanted, List.of(failures.getFirst()));
    } else {
      reports.mismatch(span, left, ADDABLE, failures);
    }
    return Type.ANY;
  }

  private static boolean isUndetermined(Type type) {
    return type.isAny() || type.form() instanceof Unknown;
  }

  /** The right operand decides; if it cannot either, inference tries both. */
  private Type addTo(Expression.Binary binary, Type left, Type right) {
    Type meaning;
    if (isUndetermined(right)) {
      if (left.isAny() && right.isAny()) {
        return Type.ANY;
      }
      meaning = functions.choose().map(second -> second ? Type.STRING : Type.NUMBER).orElse(null);
      if (meaning == null) {
        return Type.ANY;
      }
    } else if (right.isNever()) {
      return Type.NEVER;
    } else {
      meaning = subtyping.fits(right, Type.STRING) ? Type.STRING : Type.NUMBER;
    }
    require(left, meaning, binary.left().span());
    require(right, meaning, binary.right().span());
    return meaning;
  }
}
