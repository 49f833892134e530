package io.refugium.fql4.language;

import io.refugium.model.Value;

/**
 * A query or lambda body ready to run, with the number of its variables. Immutable; shared by all
 * runs.
 */
public record Program(Expr expr, int slots) {
  public Value run(Evaluation evaluation) {
    return expr.eval(new Frame(evaluation, slots));
  }
}
