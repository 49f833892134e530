package io.refugium.fql4.language;

import io.refugium.model.Value;

/**
 * A stored lambda ready to run: the body of a function, a predicate, an index binding. Immutable;
 * shared by all runs.
 */
public record CompiledLambda(Lambda lambda, int slots) {
  public Value apply(Evaluation evaluation, Value argument, Position call) {
    return lambda.apply(new Frame(evaluation, slots), argument, call);
  }

  public int arity() {
    return lambda.arity();
  }

  public Effect effect() {
    return lambda.body().effect();
  }
}
