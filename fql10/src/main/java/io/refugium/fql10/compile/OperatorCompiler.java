package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.Arithmetic;
import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Frame;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Node;
import io.refugium.fql10.runtime.Ordering;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.BinaryOperator;
import io.refugium.fql10.syntax.Expression;
import io.refugium.model.BooleanValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * Compiles operators (language specification, sections 5.7, 5.8 and 5.10). A missing operator is
 * reported at the operator, a wrong or failing right operand at the right operand.
 */
final class OperatorCompiler {
  private OperatorCompiler() {}

  /** A binary operator on numbers. */
  @FunctionalInterface
  private interface NumberOperation {
    Value apply(Value left, Value right);
  }

  static Node unary(Expression.Unary unary, Node operand) {
    return counted(uncountedUnary(unary, operand));
  }

  static Node binary(Expression.Binary binary, Node left, Node right) {
    return counted(uncountedBinary(binary, left, right));
  }

  private static Node counted(Node operator) {
    return frame -> {
      frame.context().compute(1);
      return operator.evaluate(frame);
    };
  }

  private static Node uncountedUnary(Expression.Unary unary, Node operand) {
    String symbol = unary.operator().symbol();
    Span place = unary.operatorSpan();
    return switch (unary.operator()) {
      case NOT ->
          frame -> {
            Value value = operand.evaluate(frame);
            if (value instanceof BooleanValue truth) {
              return BooleanValue.of(!truth.value());
            }
            throw Errors.noSuchFunction(symbol, value).at(place);
          };
      case NEGATE -> frame -> Arithmetic.negate(number(operand.evaluate(frame), symbol, place));
      case BITWISE_NOT -> frame -> Arithmetic.not(number(operand.evaluate(frame), symbol, place));
    };
  }

  private static Node uncountedBinary(Expression.Binary binary, Node left, Node right) {
    return switch (binary.operator()) {
      case COALESCE -> coalesce(Spans.origin(binary.left()), left, right);
      case OR -> logical(binary, left, right, true);
      case AND -> logical(binary, left, right, false);
      case EQUAL -> equal(binary, left, right, true);
      case NOT_EQUAL -> equal(binary, left, right, false);
      case MATCHES, NOT_MATCHES ->
          frame -> {
            throw Errors.noSuchFunction(binary.operator().symbol(), left.evaluate(frame))
                .at(binary.operatorSpan());
          };
      case LESS -> comparison(binary, left, right, Ordering.Operator.LESS);
      case LESS_OR_EQUAL -> comparison(binary, left, right, Ordering.Operator.LESS_OR_EQUAL);
      case GREATER -> comparison(binary, left, right, Ordering.Operator.GREATER);
      case GREATER_OR_EQUAL -> comparison(binary, left, right, Ordering.Operator.GREATER_OR_EQUAL);
      case ISA -> membership(binary, left, right);
      case ADD -> add(binary, left, right);
      case SUBTRACT -> arithmetic(binary, left, right, Arithmetic::subtract);
      case MULTIPLY -> arithmetic(binary, left, right, Arithmetic::multiply);
      case DIVIDE -> arithmetic(binary, left, right, Arithmetic::divide);
      case REMAINDER -> arithmetic(binary, left, right, Arithmetic::remainder);
      case POWER -> arithmetic(binary, left, right, Arithmetic::power);
      case BITWISE_OR -> arithmetic(binary, left, right, Arithmetic::or);
      case BITWISE_XOR -> arithmetic(binary, left, right, Arithmetic::xor);
      case BITWISE_AND -> arithmetic(binary, left, right, Arithmetic::and);
    };
  }

  /** The value of a condition; anything but a Boolean fails at its place. */
  static boolean truth(Value value, Span place) {
    if (value instanceof BooleanValue truth) {
      return truth.value();
    }
    throw Errors.expectedBoolean(value).at(place);
  }

  static void checkLength(long length, Span place) {
    if (length > Limits.MAX_STRING_LENGTH) {
      throw Errors.stringTooLong(length).at(place);
    }
  }

  private static Node coalesce(Span place, Node left, Node right) {
    return frame -> {
      Value value = left.evaluate(frame);
      return Chains.isNullish(frame.context(), value, "`??`", place)
          ? right.evaluate(frame)
          : value;
    };
  }

  private static Node logical(Expression.Binary binary, Node left, Node right, boolean decisive) {
    Span leftPlace = Spans.origin(binary.left());
    Span rightPlace = Spans.origin(binary.right());
    return frame ->
        BooleanValue.of(
            truth(left.evaluate(frame), leftPlace) == decisive
                ? decisive
                : truth(right.evaluate(frame), rightPlace));
  }

  private static Node equal(Expression.Binary binary, Node left, Node right, boolean expected) {
    Span place = Spans.origin(binary.right());
    return frame -> {
      Value leftValue = left.evaluate(frame);
      Value rightValue = right.evaluate(frame);
      try {
        return BooleanValue.of(Equality.equal(frame.context(), leftValue, rightValue) == expected);
      } catch (QueryFailure failure) {
        throw failure.at(place);
      }
    };
  }

  private static Node comparison(
      Expression.Binary binary, Node left, Node right, Ordering.Operator operator) {
    Span place = Spans.origin(binary.right());
    return frame -> {
      Value leftValue = left.evaluate(frame);
      Value rightValue = right.evaluate(frame);
      try {
        return BooleanValue.of(Ordering.test(frame.context(), operator, leftValue, rightValue));
      } catch (QueryFailure failure) {
        throw failure.at(place);
      }
    };
  }

  private static Node membership(Expression.Binary binary, Node left, Node right) {
    Span place = Spans.origin(binary.right());
    return frame -> {
      Value value = left.evaluate(frame);
      if (right.evaluate(frame) instanceof Module module) {
        return BooleanValue.of(module.contains(frame.context(), value));
      }
      throw Errors.invalidArgument("type_object", "expected a module object").at(place);
    };
  }

  private static Node add(Expression.Binary binary, Node left, Node right) {
    Span place = Spans.origin(binary.right());
    return frame -> {
      Value leftValue = left.evaluate(frame);
      return leftValue instanceof StringValue(String text)
          ? concatenate(frame, text, right, place)
          : sum(frame, leftValue, binary, right);
    };
  }

  private static Value concatenate(Frame frame, String text, Node right, Span place) {
    Value value = right.evaluate(frame);
    try {
      String other = Text.display(frame.context(), value);
      checkLength((long) text.length() + other.length(), place);
      return frame.context().made(text + other);
    } catch (QueryFailure failure) {
      throw failure.orAt(place);
    }
  }

  private static Value sum(Frame frame, Value left, Expression.Binary binary, Node right) {
    Value checked = number(left, "+", binary.operatorSpan());
    return Arithmetic.add(checked, operand(right.evaluate(frame), binary));
  }

  private static Node arithmetic(
      Expression.Binary binary, Node left, Node right, NumberOperation operation) {
    String symbol = binary.operator().symbol();
    Span operatorPlace = binary.operatorSpan();
    Span place = Spans.origin(binary.right());
    return frame -> {
      Value leftValue = number(left.evaluate(frame), symbol, operatorPlace);
      Value rightValue = operand(right.evaluate(frame), binary);
      try {
        return operation.apply(leftValue, rightValue);
      } catch (QueryFailure failure) {
        throw failure.at(place);
      }
    };
  }

  private static Value number(Value value, String symbol, Span place) {
    if (Kind.of(value).isNumber()) {
      return value;
    }
    throw Errors.noSuchFunction(symbol, value).at(place);
  }

  private static Value operand(Value value, Expression.Binary binary) {
    if (Kind.of(value).isNumber()) {
      return value;
    }
    Span place = Spans.origin(binary.right());
    throw switch (binary.operator()) {
      case BinaryOperator.SUBTRACT ->
          Errors.expectedArguments("-", List.of("(Number)"), new Value[] {value}).at(place);
      case BinaryOperator.POWER -> Errors.expectedArgument("exponent", "Number", value).at(place);
      default -> Errors.expectedArgument("other", "Number", value).at(place);
    };
  }
}
