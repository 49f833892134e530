package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.BooleanValue;
import io.refugium.model.Value;

/**
 * A call of a library function in progress.
 *
 * @param span the argument list, or that of the library function that calls this one; null in a
 *     page that is resumed from a cursor
 * @param method the name of the function
 */
public record Call(QueryContext context, Span span, String method) {

  /** Calls a function that was passed as an argument. */
  public Value invoke(Value function, Value... arguments) {
    return Calls.callback(context, (FunctionValue) function, arguments, span);
  }

  /**
   * Calls a predicate; null counts as false.
   *
   * @throws QueryFailure {@code type_mismatch} if the result is neither Boolean nor null
   */
  public boolean test(Value predicate, Value argument) {
    Value result = invoke(predicate, argument);
    if (result instanceof BooleanValue truth) {
      return truth.value();
    }
    if (Kind.isNull(result)) {
      return false;
    }
    throw Errors.expectedBoolean(result);
  }
}
