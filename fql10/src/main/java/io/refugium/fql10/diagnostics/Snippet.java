package io.refugium.fql10.diagnostics;

import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;

/**
 * The lines of a source that a span covers, drawn with a gutter and an underline (language
 * specification, sections 12.1 and 12.2).
 *
 * <p>Invariant: the start is within the text or just behind its last non-blank character; trailing
 * blanks and blank lines are never shown.
 */
final class Snippet {
  private final Source source;
  private final int start;
  private final int end;
  private final int firstLine;
  private final int lastLine;
  private final int gutterWidth;

  private Snippet(Source source, int start, int end) {
    this(source, start, end, 0);
  }

  private Snippet(Source source, int start, int end, int insertedLines) {
    this.source = source;
    this.start = start;
    this.end = end;
    this.firstLine = source.lineOf(start);
    int lastCovered = Math.max(start, Math.min(end, source.text().length()) - 1);
    this.lastLine = source.lineOf(lastCovered);
    this.gutterWidth = Integer.toString(lastLine + insertedLines).length() + 1;
  }

  /** The snippet of a hint; what it inserts may need wider line numbers. */
  static Snippet of(Span span, Hint.Edit edit) {
    Snippet plain = of(span);
    if (!(edit instanceof Hint.Edit.Insert(String inserted))) {
      return plain;
    }
    int more = (int) inserted.stripTrailing().chars().filter(c -> c == '\n').count();
    return new Snippet(plain.source, plain.start, plain.end, more);
  }

  static Snippet of(Span span) {
    String text = span.source().text();
    int limit = text.length();
    while (limit > 0 && Character.isWhitespace(text.charAt(limit - 1))) {
      limit--;
    }
    if (span.start() > limit) {
      return new Snippet(span.source(), limit, limit + span.length());
    }
    return new Snippet(span.source(), span.start(), span.end());
  }

  String location() {
    return "at " + source.name() + ":" + firstLine + ":" + source.columnOf(start);
  }

  boolean sharesLine(Snippet other) {
    return source.equals(other.source) && firstLine == other.firstLine;
  }

  void draw(StringBuilder out, Hint.Edit edit, String annotation) {
    unnumbered(out, "");
    if (edit instanceof Hint.Edit.Insert(String inserted) && inserted.indexOf('\n') >= 0) {
      drawInsertion(out, inserted);
    } else if (firstLine == lastLine) {
      drawLine(out, edit, annotation);
    } else {
      drawLines(out, annotation);
    }
    unnumbered(out, "");
  }

  private void drawLine(StringBuilder out, Hint.Edit edit, String annotation) {
    String text = source.line(firstLine);
    int from = start - source.lineStart(firstLine);
    int length = end - start;
    switch (edit) {
      case Hint.Edit.None() -> marked(out, text, from, length, "^", annotation);
      case Hint.Edit.Delete() -> marked(out, text, from, length, "-", annotation);
      case Hint.Edit.Insert(String inserted) ->
          marked(out, edited(text, from, 0, inserted), from, inserted.length(), "+", annotation);
      case Hint.Edit.Replace(String by) ->
          marked(out, edited(text, from, length, by), from, by.length(), "~", annotation);
    }
  }

  private static String edited(String text, int from, int length, String by) {
    int start = Math.min(from, text.length());
    return text.substring(0, start) + by + text.substring(Math.min(start + length, text.length()));
  }

  private void marked(
      StringBuilder out, String text, int from, int length, String mark, String annotation) {
    numbered(out, firstLine, text);
    String underline = " ".repeat(from) + mark.repeat(length);
    unnumbered(out, annotation.isEmpty() ? underline : underline + " " + annotation);
  }

  /** Lines that are inserted: as if they stood there already. */
  private void drawInsertion(StringBuilder out, String inserted) {
    String before = source.line(firstLine).substring(0, start - source.lineStart(firstLine));
    boolean wholeLine = inserted.endsWith("\n");
    String[] lines = (before + inserted.stripTrailing()).split("\n");
    int last = lines.length - 1;
    if (last == 0) {
      numbered(out, firstLine, lines[0]);
      unnumbered(out, " ".repeat(before.length()) + "+".repeat(inserted.length()));
      return;
    }
    numbered(out, firstLine, "  " + lines[0]);
    unnumbered(out, " " + "_".repeat(before.length() + 1) + "+");
    for (int i = 1; i <= last; i++) {
      numbered(out, firstLine + i, "| " + lines[i]);
    }
    unnumbered(out, "|" + "_".repeat(lines[last].length() + (wholeLine ? 1 : 0)) + "^");
  }

  private void drawLines(StringBuilder out, String annotation) {
    numbered(out, firstLine, "  " + source.line(firstLine));
    unnumbered(out, " " + "_".repeat(source.columnOf(start)) + "^");
    for (int line = firstLine + 1; line <= lastLine; line++) {
      numbered(out, line, "| " + source.line(line));
    }
    int covered = Math.max(1, end - source.lineStart(lastLine));
    String closing = "|" + "_".repeat(covered) + "^";
    unnumbered(out, annotation.isEmpty() ? closing : closing + " " + annotation);
  }

  private void numbered(StringBuilder out, int number, String text) {
    String label = Integer.toString(number);
    DiagnosticRenderer.line(
        out, " ".repeat(gutterWidth - 1 - label.length()) + label + " | " + text);
  }

  private void unnumbered(StringBuilder out, String text) {
    DiagnosticRenderer.line(out, " ".repeat(gutterWidth) + "| " + text);
  }
}
