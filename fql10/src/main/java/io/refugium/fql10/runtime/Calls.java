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
   * @param span the argument list, added to failures; null for callbacks, which have none
   */
  public static Value invoke(
      QueryContext context, FunctionValue function, Value[] arguments, Span span) {
    return switch (function) {
      case Lambda lambda -> invokeLambda(context, lambda, arguments, span);
      case NativeFunction(Method method, Value self) ->
          method.invoke(context, self, arguments, span);
      case UserFunction user -> invokeUser(context, user, arguments, span);
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

  /** Evaluates the body of a lambda; failures do not get the place of the call. */
  static Value enter(QueryContext context, Lambda lambda, Value[] arguments) {
    LambdaCode code = lambda.code();
    if (!code.arity().accepts(arguments.length)) {
      throw Errors.wrongArity(code.arity(), arguments.length);
    }
    Value[] slots = new Value[code.slots()];
    Value[] captured = lambda.captured();
    System.arraycopy(captured, 0, slots, 0, captured.length);
    System.arraycopy(arguments, 0, slots, captured.length, code.parameters());
    if (code.arity().variadic()) {
      List<Value> rest =
          List.of(Arrays.copyOfRange(arguments, code.parameters(), arguments.length));
      slots[captured.length + code.parameters()] = new ArrayValue(rest);
    }
    Frame frame = new Frame(context, slots);
    return context.stack().call(code.height(), () -> code.body().evaluate(frame));
  }
}
