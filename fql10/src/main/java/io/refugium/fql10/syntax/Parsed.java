package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;
import java.util.List;
import java.util.function.Function;

/** What parsing a text gave: a tree, or at least one error. */
public sealed interface Parsed<T> {

  /** The text is well-formed. */
  record Tree<T>(T value) implements Parsed<T> {}

  /** The text is not well-formed; the errors are in the order in which they were found. */
  record Failed<T>(List<Diagnostic> errors) implements Parsed<T> {
    public Failed {
      errors = List.copyOf(errors);
    }
  }

  /**
   * The tree.
   *
   * @param failure makes the exception to throw if there is none
   */
  default <X extends RuntimeException> T orThrow(Function<List<Diagnostic>, X> failure) {
    return switch (this) {
      case Tree<T>(T value) -> value;
      case Failed<T>(List<Diagnostic> errors) -> throw failure.apply(errors);
    };
  }
}
