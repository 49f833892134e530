package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.Optional;

/** One statement of a block that is not its result. */
public sealed interface Statement {

  Span span();

  /**
   * {@code let name: type = value}. The name is visible from the next statement to the end of the
   * block, not in {@code value}.
   */
  record Let(Span span, Name name, Optional<TypeExpression> type, Expression value)
      implements Statement {}

  /** An expression evaluated for its effects; its value is discarded. */
  record Evaluate(Expression expression) implements Statement {
    @Override
    public Span span() {
      return expression.span();
    }
  }
}
