package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.Arrays;
import java.util.List;

/** Calls functions of every sort (language specification, section 5.6). */
public final class Calls {
  private Calls() {}

  /**
   * Calls a function.
   *
   * @param arguments may be changed by the call
   * @param span the argument list, added to failures; null for what is not called by a text
   */
  public static Value invoke(
      QueryContext context, FunctionValue function, Value[] arguments, Span span) {
    return switch (function) {
      case Lambda lambda -> invokeLambda(context, lambda, arguments, span);
      case NativeFunction(Method method, Value self) ->
          method.invoke(context, self, arguments, span);
      case UserFunction user -> invokeUser(context, user, arguments, span);
      case LentFunction(FunctionValue lent, Rights lender) ->
          lender.run(() -> invoke(context, lent, arguments, span));
    };
  }

  /**
   * Calls a function that was passed to a library function, which adds its own place to failures.
   *
   * @param arguments may be changed by the call
   * @param span the argument list of the library function: the place of what the call says and
   *     makes if it has no text of its own; null after resuming from a cursor
   */
  public static Value callback(
      QueryContext context, FunctionValue function, Value[] arguments, Span span) {
    return switch (function) {
      case NativeFunction(Method method, Value self) ->
          method.apply(context, self, arguments, span);
      case LentFunction(FunctionValue lent, Rights lender) ->
          lender.run(() -> callback(context, lent, arguments, span));
      case Lambda lambda -> invokeLambda(context, lambda, arguments, null);
      case UserFunction user -> invokeUser(context, user, arguments, null);
    };
  }

  private static Value invokeLambda(
      QueryContext context, Lambda lambda, Value[] arguments, Span span) {
    try {
      return enter(context, lambda, arguments);
    } catch (QueryFailure failure) {
      throw failure.at(span);
    }
  }

  private static Value invokeUser(
      QueryContext context, UserFunction function, Value[] arguments, Span span) {
    try {
      return function.call(context, arguments);
    } catch (QueryFailure failure) {
      throw failure.at(span);
    }
  }

  /** Applies the element list of a projection, which is no call: it does not count as a frame. */
  public static Value project(QueryContext context, Lambda elements, Value value, Span span) {
    context.compute(1);
    Value[] slots = new Value[elements.code().slots()];
    slots[0] = value;
    Frame frame = new Frame(context, slots, elements.captured(), elements.inputs());
    try {
      return elements.code().body().evaluate(frame);
    } catch (QueryFailure failure) {
      throw failure.at(span);
    }
  }

  /** Evaluates the body of a lambda; failures do not get the place of the call. */
  static Value enter(QueryContext context, Lambda lambda, Value[] arguments) {
    LambdaCode code = lambda.code();
    if (!code.arity().accepts(arguments.length)) {
      throw Errors.wrongArity(code.arity(), arguments.length);
    }
    context.compute(1);
    Value[] slots = new Value[code.slots()];
    System.arraycopy(arguments, 0, slots, 0, code.parameters());
    if (code.arity().variadic()) {
      List<Value> rest =
          List.of(Arrays.copyOfRange(arguments, code.parameters(), arguments.length));
      slots[code.parameters()] = context.built(new ArrayValue(rest));
    }
    Frame frame = new Frame(context, slots, lambda.captured(), lambda.inputs());
    return context.stack().call(code.height(), () -> code.body().evaluate(frame));
  }
}
