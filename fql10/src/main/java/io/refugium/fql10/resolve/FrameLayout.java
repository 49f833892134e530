package io.refugium.fql10.resolve;

import java.util.List;

/**
 * How the frame of one function is laid out. Functions in this sense are the query itself, lambdas,
 * short lambdas and projections (whose body is applied to each projected value).
 *
 * <p>Invariant: parameter {@code i} is in slot {@code i}, ignored ones included; a rest parameter
 * follows the others; slots of {@code let} come after them and are never shared.
 *
 * @param parameters the number of slots that the caller fills, the rest parameter included
 * @param slots the number of slots in all
 * @param captures where, in the frame that creates the function, each captured value is found; only
 *     {@link Binding.Local} and {@link Binding.Captured} occur
 */
public record FrameLayout(int parameters, int slots, List<Binding> captures) {
  public FrameLayout {
    captures = List.copyOf(captures);
  }
}
