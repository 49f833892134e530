package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Value;

/**
 * The value that a fold carries from element to element.
 *
 * <p>Earlier values of it are gone, so they do not count as memory of the query: a text that grows
 * line by line takes what it has in the end.
 */
final class Accumulator {
  private final Call call;
  private final Value reducer;
  private Value value;
  private long counted;

  Accumulator(Call call, Value seed, Value reducer) {
    this.call = call;
    this.reducer = reducer;
    this.value = seed;
  }

  void add(Value next) {
    QueryContext context = call.context();
    long others = context.allocated() - counted;
    value = call.invoke(reducer, value, next);
    context.forgetAllBut(value, others);
    counted = context.allocated() - others;
  }

  Value value() {
    return value;
  }
}
