package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.List;

/**
 * One reason why a type does not fit.
 *
 * @param place the value or annotation to blame; null if it stems from a library
 * @param direct whether the reason is reported as such at its place, even outside of the expression
 *     that is being checked
 * @param hints belong to the reason
 */
record Failure(String message, Span place, boolean direct, List<Hint> hints) {

  static Failure at(Span place, String message) {
    return new Failure(message, place, false, List.of());
  }

  static Failure direct(Span place, String message, List<Hint> hints) {
    return new Failure(message, place, true, hints);
  }
}
