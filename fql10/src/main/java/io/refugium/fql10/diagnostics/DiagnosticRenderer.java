package io.refugium.fql10.diagnostics;

import io.refugium.fql10.source.Span;
import java.util.List;
import java.util.Optional;

/**
 * Lays out diagnostics as text, to the byte as section 12 of the language specification wants it.
 * Stateless.
 */
public final class DiagnosticRenderer {
  private DiagnosticRenderer() {}

  /** One diagnostic with its hints; no newline at the end. */
  public static String render(Diagnostic diagnostic) {
    StringBuilder out = new StringBuilder();
    header(out, diagnostic.kind().label(), diagnostic.message());
    Optional<Span> place = diagnostic.span().filter(span -> span.source().visible());
    if (place.isEmpty()) {
      line(out, "at <no source>");
    } else {
      Snippet snippet = Snippet.of(place.get());
      line(out, snippet.location());
      snippet.draw(out, new Hint.Edit.None(), diagnostic.annotation());
    }
    for (Hint hint : diagnostic.hints()) {
      if (out.length() > Summary.MAX_LENGTH) {
        break;
      }
      hint(out, hint, place);
    }
    return out.toString();
  }

  /** Diagnostics as they follow each other in a summary: with a blank line between. */
  public static String renderAll(List<Diagnostic> diagnostics) {
    return Summary.of(diagnostics, "\n\n");
  }

  /** An entry that {@code log} made, which has no snippet. */
  public static String log(Span call, String text) {
    return "info at " + call.source().name() + ":" + call.line() + ": " + text;
  }

  private static void hint(StringBuilder out, Hint hint, Optional<Span> owner) {
    header(out, hint.kind().label(), hint.message());
    Optional<Span> place = hint.span().filter(span -> span.source().visible());
    if (place.isEmpty()) {
      line(out, "at <no source>");
      return;
    }
    Snippet snippet = Snippet.of(place.get(), hint.edit());
    if (owner.isEmpty() || !snippet.sharesLine(Snippet.of(owner.get()))) {
      line(out, snippet.location());
    }
    snippet.draw(out, hint.edit(), "");
  }

  private static void header(StringBuilder out, String kind, String message) {
    if (!message.isEmpty()) {
      line(out, kind.isEmpty() ? message : kind + ": " + message);
    } else if (!kind.isEmpty()) {
      line(out, kind + ":");
    }
  }

  /** Appends a line, right-trimmed, on a new line unless it is the first. */
  static void line(StringBuilder out, String text) {
    if (!out.isEmpty()) {
      out.append('\n');
    }
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    out.append(text, 0, end);
  }
}
