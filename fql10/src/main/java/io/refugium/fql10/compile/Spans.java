package io.refugium.fql10.compile;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import java.time.Instant;

/** Places that messages point to. */
final class Spans {
  private static final long MICROS = 1_000_000L;

  private Spans() {}

  /** Where the value of an expression comes from: of a chain, its last step. */
  static Span origin(Expression expression) {
    return switch (expression) {
      case Expression.Chain chain -> chain.steps().getLast().span();
      case Expression.Parenthesized(Span span, Expression.Binary _) -> span;
      case Expression.Parenthesized(Span _, Expression inner) -> origin(inner);
      default -> expression.span();
    };
  }

  /** Microseconds since the epoch, rounded down; clamped to 64 bits. */
  static long micros(Instant time) {
    long seconds = time.getEpochSecond();
    if (Math.abs(seconds) > Long.MAX_VALUE / MICROS - 1) {
      return seconds < 0 ? Long.MIN_VALUE : Long.MAX_VALUE - 1;
    }
    return seconds * MICROS + time.getNano() / 1_000;
  }
}
