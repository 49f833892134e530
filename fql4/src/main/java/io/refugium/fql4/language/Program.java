package io.refugium.fql4.language;

import io.refugium.model.Value;
import java.util.List;

/**
 * A query or lambda body ready to run, with the number of its variables. Immutable; the expression
 * is shared by all runs.
 *
 * @param literals what the first variables are: the literals of this request, when the expression
 *     is that of a {@link Template}
 */
public record Program(Expr expr, int slots, List<Value> literals) {
  Program(Expr expr, int slots) {
    this(expr, slots, List.of());
  }

  /** The same expression for a request with other literals. */
  Program with(List<Value> others) {
    return new Program(expr, slots, others);
  }

  public Value run(Evaluation evaluation) {
    Frame frame = new Frame(evaluation, slots);
    for (int slot = 0; slot < literals.size(); slot++) {
      frame.set(slot, literals.get(slot));
    }
    return expr.eval(frame);
  }
}
