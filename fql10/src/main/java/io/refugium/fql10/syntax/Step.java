package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.List;

/**
 * One postfix step of a {@link Expression.Chain}.
 *
 * <p>{@link #span()} is what runtime errors and stack frames underline: the field name, the
 * argument list with its parentheses, the brackets, or the {@code !}. The span of the receiver of a
 * step, in the sense of section 5.9, is the span of the step before it, or of the chain's head.
 */
public sealed interface Step {

  Span span();

  /**
   * Whether the step was written with {@code ?.}: if its receiver is null the remaining steps of
   * the chain are skipped, up to the next {@link NonNull}.
   */
  default boolean optional() {
    return false;
  }

  /** {@code .name} that is not called on the spot. */
  record Select(Name name, boolean optional) implements Step {
    @Override
    public Span span() {
      return name.span();
    }
  }

  /**
   * {@code .name(arguments)}: a method call, or a call of the function in field {@code name}.
   * {@code optional} belongs to the selection; {@code x.f?.(1)} is a {@link Select} followed by an
   * optional {@link Call}.
   *
   * @param span the argument list with its parentheses
   */
  record Invoke(Span span, Name name, boolean optional, List<Expression> arguments)
      implements Step {
    public Invoke {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * {@code (arguments)}: a call of the value so far.
   *
   * @param span the argument list with its parentheses
   */
  record Call(Span span, boolean optional, List<Expression> arguments) implements Step {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * {@code [arguments]}. Exactly one argument is legal, but that is checked when it is evaluated.
   *
   * @param span the brackets and what is between them
   */
  record Access(Span span, boolean optional, List<Expression> arguments) implements Step {
    public Access {
      arguments = List.copyOf(arguments);
    }
  }

  /** The postfix {@code !}. Never skipped by an optional step before it. */
  record NonNull(Span span) implements Step {}
}
