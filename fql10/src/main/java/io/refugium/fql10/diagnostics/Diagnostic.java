package io.refugium.fql10.diagnostics;

import io.refugium.fql10.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * One message about one place, with the hints that belong to it (language specification, section
 * 12). How it looks in {@code summary} is the business of {@link DiagnosticRenderer}.
 *
 * @param kind what stands before the colon
 * @param message may span lines; may be empty
 * @param span empty if the place is not known ({@code <no source>})
 * @param annotation text after the underline; may be empty
 * @param hints in the order in which they are printed
 */
public record Diagnostic(
    Kind kind, String message, Optional<Span> span, String annotation, List<Hint> hints) {

  public Diagnostic {
    hints = List.copyOf(hints);
  }

  /** The kinds of message, by the word that is printed. */
  public enum Kind {
    ERROR("error"),
    WARNING("warning"),
    INFO("info"),
    PERFORMANCE_HINT("performance_hint");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public static Diagnostic error(String message, Span span, Hint... hints) {
    return new Diagnostic(Kind.ERROR, message, Optional.of(span), "", List.of(hints));
  }

  public static Diagnostic warning(String message, Span span, Hint... hints) {
    return new Diagnostic(Kind.WARNING, message, Optional.of(span), "", List.of(hints));
  }

  public static Diagnostic info(String message, Span span) {
    return new Diagnostic(Kind.INFO, message, Optional.of(span), "", List.of());
  }

  public static Diagnostic performanceHint(String message, Span span) {
    return new Diagnostic(Kind.PERFORMANCE_HINT, message, Optional.of(span), "", List.of());
  }

  /** The same with a text after the underline. */
  public Diagnostic annotated(String text) {
    return new Diagnostic(kind, message, span, text, hints);
  }

  /** The same with {@code more} hints at the end. */
  public Diagnostic with(List<Hint> more) {
    return new Diagnostic(
        kind,
        message,
        span,
        annotation,
        java.util.stream.Stream.concat(hints.stream(), more.stream()).toList());
  }
}
