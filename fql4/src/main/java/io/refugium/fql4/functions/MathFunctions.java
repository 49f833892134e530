package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.NUMBER;
import static io.refugium.fql4.language.Kind.oneOrMore;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/**
 * Arithmetic, bits, rounding, roots and angles (spec: FQL v4, 6.9). Integers wrap; any double makes
 * the rest double.
 */
final class MathFunctions {
  private static final long DEFAULT_PRECISION = 2;

  private MathFunctions() {}

  static void define(Library library) {
    arithmetic(library);
    bits(library);
    rounding(library);
    functionsOfOneNumber(library);
    library
        .define("hypot", NUMBER)
        .optional("b", NUMBER)
        .as(
            call ->
                new DoubleValue(
                    Math.hypot(real(call.value(0)), real(call.value(call.has(1) ? 1 : 0)))));
    library
        .define("pow", NUMBER)
        .optional("exp", NUMBER)
        .as(
            call ->
                new DoubleValue(
                    Math.pow(real(call.value(0)), call.has(1) ? real(call.value(1)) : 2)));
  }

  private static void arithmetic(Library library) {
    library.define("add", oneOrMore(NUMBER)).as(call -> fold(call.list(0), MathFunctions::sum));
    library
        .define("subtract", oneOrMore(NUMBER))
        .as(
            call ->
                fold(
                    call.list(0),
                    (a, b) ->
                        isLong(a, b)
                            ? new LongValue(whole(a) - whole(b))
                            : new DoubleValue(real(a) - real(b))));
    library
        .define("multiply", oneOrMore(NUMBER))
        .as(
            call ->
                fold(
                    call.list(0),
                    (a, b) ->
                        isLong(a, b)
                            ? new LongValue(whole(a) * whole(b))
                            : new DoubleValue(real(a) * real(b))));
    library
        .define("divide", oneOrMore(NUMBER))
        .as(
            call ->
                fold(
                    call.list(0),
                    (a, b) -> {
                      refuseZero(b, call);
                      return isLong(a, b)
                          ? new LongValue(whole(a) / whole(b))
                          : new DoubleValue(real(a) / real(b));
                    }));
    library
        .define("modulo", oneOrMore(NUMBER))
        .as(
            call ->
                fold(
                    call.list(0),
                    (a, b) -> {
                      refuseZero(b, call);
                      return isLong(a, b)
                          ? new LongValue(whole(a) % whole(b))
                          : new DoubleValue(real(a) % real(b));
                    }));
  }

  private static void bits(Library library) {
    bitwise(library, "bitand", (a, b) -> a & b);
    bitwise(library, "bitor", (a, b) -> a | b);
    bitwise(library, "bitxor", (a, b) -> a ^ b);
    library.define("bitnot", NUMBER).as(call -> new LongValue(~truncated(call.value(0))));
  }

  /** Doubles are truncated to integers; the result is a double when any operand was. */
  private static void bitwise(Library library, String name, LongBinaryOperator operator) {
    library
        .define(name, oneOrMore(NUMBER))
        .as(
            call ->
                fold(
                    call.list(0),
                    (a, b) -> {
                      long result = operator.applyAsLong(truncated(a), truncated(b));
                      return isLong(a, b) ? new LongValue(result) : new DoubleValue(result);
                    }));
  }

  private static void rounding(Library library) {
    library
        .define("abs", NUMBER)
        .as(
            call ->
                call.value(0) instanceof LongValue n
                    ? new LongValue(Math.abs(n.value()))
                    : new DoubleValue(Math.abs(real(call.value(0)))));
    whole(library, "ceil", Math::ceil);
    whole(library, "floor", Math::floor);
    library
        .define("round", NUMBER)
        .optional("precision", INTEGER)
        .as(call -> round(call.value(0), call.integer(1, DEFAULT_PRECISION), 0.5));
    library
        .define("trunc", NUMBER)
        .optional("precision", INTEGER)
        .as(call -> round(call.value(0), call.integer(1, DEFAULT_PRECISION), 0));
    library
        .define("sign", NUMBER)
        .as(
            call ->
                new LongValue(
                    switch (call.value(0)) {
                      case LongValue n -> Long.signum(n.value());
                      case Value n -> real(n) < 0 ? -1 : 1;
                    }));
  }

  /** To a whole number, which stays a double; integers are whole. */
  private static void whole(Library library, String name, DoubleUnaryOperator operator) {
    library
        .define(name, NUMBER)
        .as(
            call ->
                call.value(0) instanceof DoubleValue(double x)
                    ? new DoubleValue(operator.applyAsDouble(x))
                    : call.value(0));
  }

  /**
   * Rounds half up, or truncates when {@code half} is 0, to a number of digits after the point;
   * before the point when it is negative.
   */
  private static Value round(Value value, long precision, double half) {
    if (value instanceof LongValue n) {
      return precision > 0 ? n : new LongValue(toLong(roundWhole(n.value(), precision, half)));
    }
    double x = real(value);
    if (!Double.isFinite(x) || Math.abs(x) >= Long.MAX_VALUE) {
      return value;
    }
    if (precision <= 0) {
      return new DoubleValue(roundWhole(x, precision, half));
    }
    double scale = Math.pow(10, precision);
    if (!Double.isFinite(scale) || Math.abs(x) * scale >= Long.MAX_VALUE) {
      return value;
    }
    double integral = toLong(x);
    return new DoubleValue(integral + toLong((x - integral + half / scale) * scale) / scale);
  }

  private static double roundWhole(double x, long precision, double half) {
    double scale = Math.pow(10, precision);
    return scale == 0 ? 0 : toLong(toLong(x * scale + half) / scale);
  }

  private static long toLong(double x) {
    return (long) x;
  }

  private static void functionsOfOneNumber(Library library) {
    bounded(library, "sqrt", x -> x >= 0, "positive", Math::sqrt);
    bounded(library, "acos", x -> Math.abs(x) <= 1, "between -1 and 1 inclusive", Math::acos);
    bounded(library, "asin", x -> Math.abs(x) <= 1, "between -1 and 1 inclusive", Math::asin);
    bounded(library, "ln", x -> x > 0, "greater than 0", Math::log);
    bounded(library, "log", x -> x > 0, "greater than 0", Math::log10);
    unbounded(library, "atan", Math::atan);
    unbounded(library, "cos", Math::cos);
    unbounded(library, "cosh", Math::cosh);
    unbounded(library, "sin", Math::sin);
    unbounded(library, "sinh", Math::sinh);
    unbounded(library, "tan", Math::tan);
    unbounded(library, "tanh", Math::tanh);
    unbounded(library, "exp", Math::exp);
    unbounded(library, "degrees", Math::toDegrees);
    unbounded(library, "radians", Math::toRadians);
  }

  private static void unbounded(Library library, String name, DoubleUnaryOperator operator) {
    library
        .define(name, NUMBER)
        .as(call -> new DoubleValue(operator.applyAsDouble(real(call.value(0)))));
  }

  private static void bounded(
      Library library,
      String name,
      DoublePredicate domain,
      String rule,
      DoubleUnaryOperator operator) {
    library
        .define(name, NUMBER)
        .as(
            call -> {
              double x = real(call.value(0));
              if (!domain.test(x) && !Double.isNaN(x)) {
                throw Errors.outOfBounds(call.position(), text(call.value(0)), rule);
              }
              return new DoubleValue(operator.applyAsDouble(x));
            });
  }

  // ---- Numbers

  /** The sum of two numbers: an integer as long as both are. */
  static Value sum(Value a, Value b) {
    return isLong(a, b) ? new LongValue(whole(a) + whole(b)) : new DoubleValue(real(a) + real(b));
  }

  private static Value fold(
      List<Value> operands, java.util.function.BinaryOperator<Value> operator) {
    Value result = operands.getFirst();
    for (int i = 1; i < operands.size(); i++) {
      result = operator.apply(result, operands.get(i));
    }
    return result;
  }

  private static void refuseZero(Value divisor, Call call) {
    if (real(divisor) == 0) {
      throw Errors.divisionByZero(call.position());
    }
  }

  static boolean isNumber(Value value) {
    return value instanceof LongValue || value instanceof DoubleValue;
  }

  static double real(Value number) {
    return number instanceof LongValue n ? n.value() : ((DoubleValue) number).value();
  }

  private static long whole(Value number) {
    return ((LongValue) number).value();
  }

  private static long truncated(Value number) {
    return number instanceof LongValue n ? n.value() : (long) ((DoubleValue) number).value();
  }

  private static boolean isLong(Value a, Value b) {
    return a instanceof LongValue && b instanceof LongValue;
  }

  private static String text(Value number) {
    return number instanceof LongValue n
        ? Long.toString(n.value())
        : Double.toString(((DoubleValue) number).value());
  }
}
