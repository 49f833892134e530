package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Span;
import io.refugium.model.BooleanValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.function.Supplier;

/**
 * A function that a lazy operator applies to each element when the set is read: without writes, at
 * the time at which the operator was called, and with the operator's call in its stack trace.
 *
 * <p>The place of the call does not count for equality.
 *
 * @param span the argument list of the operator; null after resuming from a cursor
 * @param during whether it is applied only while the call of the operator is in progress, which
 *     adds its place to failures itself
 */
public record Callback(FunctionValue function, Span span, boolean during, long readTime) {

  /** A function that is applied when the set is read. */
  public Callback(FunctionValue function, Span span, long readTime) {
    this(function, span, false, readTime);
  }

  /** A function that is applied before the call of the operator ends. */
  public static Callback during(Call call, FunctionValue function) {
    return new Callback(function, call.span(), true, call.context().readTime());
  }

  /** The result for one element. */
  public Value apply(QueryContext context, Value element) {
    try {
      return context.limited(
          EffectLimit.SET_FUNCTIONS, () -> atItsTime(context, () -> call(context, element)));
    } catch (QueryFailure failure) {
      throw during ? failure : failure.at(span);
    }
  }

  /** What it demands of an element; nothing if it looks at another time than the set. */
  List<FieldTest> tests(QueryContext context) {
    return readTime == QueryContext.NOW && function instanceof Lambda lambda
        ? lambda.tests(context)
        : List.of();
  }

  private Value call(QueryContext context, Value element) {
    return Calls.callback(context, function, new Value[] {element}, span);
  }

  // A later page is evaluated at the time of the first, which is the present of that query.
  private Value atItsTime(QueryContext context, Supplier<Value> call) {
    boolean present = readTime == QueryContext.NOW && context.isContinuing();
    return present ? call.get() : context.reading(readTime, call);
  }

  /** The result of a predicate; null counts as false. */
  public boolean test(QueryContext context, Value element) {
    Value result = apply(context, element);
    if (result instanceof BooleanValue truth) {
      return truth.value();
    }
    if (Kind.isNull(result)) {
      return false;
    }
    throw Errors.expectedBoolean(result).at(span).withoutCallers();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Callback that
        && function.equals(that.function)
        && readTime == that.readTime;
  }

  @Override
  public int hashCode() {
    return function.hashCode();
  }
}
