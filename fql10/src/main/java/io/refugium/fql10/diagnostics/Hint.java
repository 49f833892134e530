package io.refugium.fql10.diagnostics;

import io.refugium.fql10.source.Span;
import java.util.Optional;

/**
 * A further place that explains a {@link Diagnostic}: a hint, a cause, or a frame of a stack trace
 * (language specification, sections 12.2 and 12.3).
 *
 * @param kind the word before the colon; {@link Kind#FRAME} prints none
 * @param message may be empty
 * @param span empty if the place is not known
 * @param edit what to do to the text of the span, if the hint is a suggestion
 */
public record Hint(Kind kind, String message, Optional<Span> span, Edit edit) {

  /** What kind of explanation it is. */
  public enum Kind {
    HINT("hint"),
    CAUSE("cause"),
    TRACE("trace"),
    FRAME("");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** A suggested change of the text under the span. */
  public sealed interface Edit {
    /** No change: the span is underlined with {@code ^}. */
    record None() implements Edit {}

    /** Insert at the (empty) span. */
    record Insert(String text) implements Edit {}

    /** Replace the span. */
    record Replace(String text) implements Edit {}

    /** Delete the span. */
    record Delete() implements Edit {}
  }

  public static Hint hint(String message, Span span) {
    return new Hint(Kind.HINT, message, Optional.of(span), new Edit.None());
  }

  public static Hint cause(String message, Span span) {
    return new Hint(Kind.CAUSE, message, Optional.of(span), new Edit.None());
  }

  /** A stack frame after the first. */
  public static Hint frame(Span span) {
    return new Hint(Kind.FRAME, "", Optional.of(span), new Edit.None());
  }

  /** The first stack frame after an error's own hints. */
  public static Hint trace(Span span) {
    return new Hint(Kind.TRACE, "", Optional.of(span), new Edit.None());
  }

  /** A suggestion to insert {@code text} before the character at {@code at}'s start. */
  public static Hint insert(String message, Span at, String text) {
    return new Hint(Kind.HINT, message, Optional.of(at.atStart()), new Edit.Insert(text));
  }

  public static Hint replace(String message, Span span, String text) {
    return new Hint(Kind.HINT, message, Optional.of(span), new Edit.Replace(text));
  }

  public static Hint delete(String message, Span span) {
    return new Hint(Kind.HINT, message, Optional.of(span), new Edit.Delete());
  }
}
