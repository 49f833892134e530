package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.integer;
import static io.refugium.fql10.stdlib.Arguments.list;
import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.set;

import io.refugium.fql10.runtime.Arithmetic;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The module {@code Math} (library specification, section 6). */
final class MathLibrary {
  static final Members MODULE = declare();

  private MathLibrary() {}

  private static Members declare() {
    Members.Builder members = Members.builder();
    constant(members, "E", Math.E);
    constant(members, "PI", Math.PI);
    constant(members, "Infinity", Double.POSITIVE_INFINITY);
    constant(members, "NaN", Double.NaN);
    function(members, "acos", "The angle whose cosine is x.", x -> Math.acos(withinOne(x)));
    function(members, "asin", "The angle whose sine is x.", x -> Math.asin(withinOne(x)));
    function(members, "atan", "The angle whose tangent is x.", Math::atan);
    function(members, "cos", "The cosine of an angle in radians.", Math::cos);
    function(members, "sin", "The sine of an angle in radians.", Math::sin);
    function(members, "tan", "The tangent of an angle in radians.", Math::tan);
    function(members, "cosh", "The hyperbolic cosine.", Math::cosh);
    function(members, "sinh", "The hyperbolic sine.", Math::sinh);
    function(members, "tanh", "The hyperbolic tangent.", Math::tanh);
    function(members, "exp", "e to the power of x.", Math::exp);
    function(members, "degrees", "Radians to degrees.", Math::toDegrees);
    function(members, "radians", "Degrees to radians.", Math::toRadians);
    function(members, "log", "The natural logarithm.", x -> Math.log(positive(x)));
    function(members, "log10", "The logarithm to base 10.", x -> Math.log10(positive(x)));
    function(members, "sqrt", "The square root.", x -> Math.sqrt(nonNegative(x)));
    return members
        .method("abs(x: Number) => Number", "The absolute value.", (c, s, a) -> abs(a[0]))
        .method(
            "ceil(x: Number) => Number",
            "The smallest whole number that is not less.",
            (c, s, a) -> whole(a[0], Math::ceil))
        .method(
            "floor(x: Number) => Number",
            "The largest whole number that is not greater.",
            (c, s, a) -> whole(a[0], Math::floor))
        .method(
            "hypot(x: Number, y: Number) => Number",
            "The length of the hypotenuse.",
            (c, s, a) ->
                new DoubleValue(Math.hypot(Numbers.toDouble(a[0]), Numbers.toDouble(a[1]))))
        .method(
            "max(x: Number, y: Number) => Number",
            "The larger of two numbers; NaN is the largest.",
            (c, s, a) -> Numbers.compare(a[0], a[1]) < 0 ? a[1] : a[0])
        .method(
            "min(x: Number, y: Number) => Number",
            "The smaller of two numbers.",
            (c, s, a) -> Numbers.compare(a[0], a[1]) <= 0 ? a[0] : a[1])
        .method(
            "mean(numbers: Array<Number>) => Number",
            "The arithmetic mean as a Double.",
            (c, s, a) -> mean(list(a[0])))
        .method(
            "mean(numbers: Set<Number>) => Number",
            "The sum divided by the count, as the operator / divides.",
            (c, s, a) -> mean(c.context(), set(a[0])))
        .method(
            "pow(x: Number, power: Number) => Number",
            "A power as a Double.",
            (c, s, a) -> new DoubleValue(Math.pow(Numbers.toDouble(a[0]), Numbers.toDouble(a[1]))))
        .method(
            "round(x: Number, precision: Int) => Number",
            "Rounds to a number of decimal places.",
            (c, s, a) -> Rounding.round(a[0], integer(a[1])))
        .method(
            "sign(x: Number) => Number",
            "-1, 0 or 1.",
            (c, s, a) -> of(Integer.signum(Numbers.compare(a[0], zeroLike(a[0])))))
        .method("sum(numbers: Array<Number>) => Number", "The sum.", (c, s, a) -> sum(list(a[0])))
        .method(
            "sum(numbers: Set<Number>) => Number",
            "The sum; reads the whole set.",
            (c, s, a) -> total(c.context(), set(a[0])).sum())
        .method(
            "trunc(x: Number, precision: Int) => Number",
            "Cuts off after a number of decimal places.",
            (c, s, a) -> Rounding.truncate(a[0], integer(a[1])))
        .build();
  }

  private static void constant(Members.Builder members, String name, double value) {
    Value constant = new DoubleValue(value);
    members.property(name + ": Number", "The constant.", (context, self) -> constant);
  }

  private static void function(
      Members.Builder members, String name, String doc, DoubleUnaryOperator function) {
    members.method(
        name + "(x: Number) => Number",
        doc,
        (c, s, a) -> new DoubleValue(function.applyAsDouble(Numbers.toDouble(a[0]))));
  }

  private static double withinOne(double x) {
    if (x < -1 || x > 1) {
      throw Errors.invalidArgument("x", "argument must lie in [-1, 1]");
    }
    return x;
  }

  private static double positive(double x) {
    if (x <= 0) {
      throw Errors.invalidArgument("x", "x must be positive");
    }
    return x;
  }

  private static double nonNegative(double x) {
    if (Double.compare(x, 0.0) < 0) {
      throw Errors.invalidArgument("x", "x must be nonnegative");
    }
    return x;
  }

  private static Value abs(Value x) {
    if (x instanceof DoubleValue(double value)) {
      return new DoubleValue(Math.abs(value));
    }
    return Numbers.toLong(x) < 0 ? Arithmetic.negate(x) : x;
  }

  private static Value whole(Value x, DoubleUnaryOperator rounding) {
    return x instanceof DoubleValue(double value)
        ? new DoubleValue(rounding.applyAsDouble(value))
        : x;
  }

  private static Value zeroLike(Value x) {
    return x instanceof DoubleValue ? new DoubleValue(0.0) : new LongValue(0);
  }

  private static Value sum(List<Value> numbers) {
    Value sum = new LongValue(0);
    for (Value number : numbers) {
      sum = Arithmetic.add(sum, checked(number));
    }
    return sum;
  }

  private static Value mean(List<Value> numbers) {
    return new DoubleValue(Numbers.toDouble(sum(numbers)) / numbers.size());
  }

  private record Total(Value sum, long count) {}

  private static Total total(QueryContext context, SetValue numbers) {
    SetValue.Elements elements = numbers.open(context, null);
    Value sum = new LongValue(0);
    long count = 0;
    for (Value next = elements.next(); next != null; next = elements.next()) {
      sum = Arithmetic.add(sum, checked(next));
      count++;
    }
    return new Total(sum, count);
  }

  private static Value mean(QueryContext context, SetValue numbers) {
    Total total = total(context, numbers);
    return Arithmetic.divide(total.sum(), new LongValue(total.count()));
  }

  private static Value checked(Value number) {
    if (!Kind.of(number).isNumber()) {
      throw Errors.invalidArgument("numbers", "all array elements must be numbers");
    }
    return number;
  }
}
