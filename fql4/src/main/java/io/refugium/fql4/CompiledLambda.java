package io.refugium.fql4;

import io.refugium.model.Value;

/**
 * A stored lambda ready to run: the body of a function, a predicate, an index binding. Immutable;
 * shared by all runs.
 */
record CompiledLambda(Lambda lambda, int slots) {
  Value apply(Evaluation evaluation, Value argument, Position call) {
    return lambda.apply(new Frame(evaluation, slots), argument, call);
  }

  int arity() {
    return lambda.arity();
  }

  Effect effect() {
    return lambda.body().effect();
  }
}
