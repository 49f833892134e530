package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.Frame;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.Node;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * A query or function body, ready to run any number of times. Immutable and thread-safe.
 *
 * @param slots how many slots the outermost frame has
 * @param lambdas all functions that the text contains, nested ones included
 */
public record CompiledQuery(Node body, int slots, List<LambdaCode> lambdas) {
  private static final Value[] NOTHING = new Value[0];

  public CompiledQuery {
    lambdas = List.copyOf(lambdas);
  }

  /** Runs the query. */
  public Value run(QueryContext context, Inputs inputs) {
    return body.evaluate(new Frame(context, new Value[slots], NOTHING, inputs));
  }

  /** The function at a place of the text. */
  public Optional<LambdaCode> lambdaAt(int start, int end, boolean projection) {
    return lambdas.stream()
        .filter(
            code ->
                code.span().start() == start
                    && code.span().end() == end
                    && code.projection() == projection)
        .findFirst();
  }
}
