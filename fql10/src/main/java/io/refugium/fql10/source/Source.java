package io.refugium.fql10.source;

import java.util.Arrays;
import java.util.Objects;

/**
 * A piece of FQL (or FSL) text with the name diagnostics call it by: {@code *query*}, {@code
 * *udf:NAME*}, {@code main.fsl}.
 *
 * <p>Invariant: the text never changes, so an offset always means the same place. Two sources are
 * the same only if they are the same object or have equal name, text and visibility. Instances are
 * immutable and may be shared between threads (the line table is computed once, benignly racy).
 *
 * <p>Names follow section 12.4 of the language specification.
 */
public final class Source {
  private final String name;
  private final String text;
  private final boolean visible;
  private int[] lineStarts;

  private Source(String name, String text, boolean visible) {
    this.name = Objects.requireNonNull(name, "name");
    this.text = Objects.requireNonNull(text, "text");
    this.visible = visible;
  }

  /** The text of a query, {@code *query*}. */
  public static Source query(String text) {
    return new Source("*query*", text, true);
  }

  /** The body of the user function {@code function}. */
  public static Source functionBody(String function, String text) {
    return new Source("*udf:" + function + "*", text, true);
  }

  /** The body of a computed field. */
  public static Source computedField(String collection, String field, String text) {
    return new Source("*computed_field:" + collection + ":" + field + "*", text, true);
  }

  /** The body of a check constraint. */
  public static Source checkConstraint(String constraint, String text) {
    return new Source("*check_constraint:" + constraint + "*", text, true);
  }

  /** The default value of a field. */
  public static Source fieldDefault(String field, String text) {
    return new Source("*field:" + field + "*", text, true);
  }

  /** A predicate of a role; diagnostics never show its text. */
  public static Source predicate(String role, String action, String text) {
    return new Source("*predicate:" + role + ":" + action + "*", text, false);
  }

  /**
   * A string under validation in a schema write, for example {@code *body*}; pass the bare name.
   */
  public static Source validated(String what, String text) {
    return new Source("*" + what + "*", text, true);
  }

  /** A source with exactly this name, for example an FSL file. */
  public static Source named(String name, String text) {
    return new Source(name, text, true);
  }

  /** A source whose text diagnostics must not show; they print {@code <no source>}. */
  public static Source hidden(String name, String text) {
    return new Source(name, text, false);
  }

  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  /** Whether diagnostics may quote the text. */
  public boolean visible() {
    return visible;
  }

  /** The span from {@code start} (inclusive) to {@code end} (exclusive), in UTF-16 units. */
  public Span span(int start, int end) {
    return new Span(this, start, end);
  }

  /** The span of the whole text. */
  public Span span() {
    return new Span(this, 0, text.length());
  }

  /** The 1-based line of an offset; an offset just after a LF is on the next line. */
  public int lineOf(int offset) {
    int found = Arrays.binarySearch(lines(), offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The 1-based column of an offset, in UTF-16 units. */
  public int columnOf(int offset) {
    return offset - lineStart(lineOf(offset)) + 1;
  }

  /** The offset of the first character of a 1-based line. */
  public int lineStart(int line) {
    return lines()[line - 1];
  }

  /** How many lines the text has; at least 1. */
  public int lineCount() {
    return lines().length;
  }

  /** The text of a 1-based line without its line break. */
  public String line(int line) {
    int start = lineStart(line);
    int end = line < lineCount() ? lineStart(line + 1) - 1 : text.length();
    if (end > start && text.charAt(end - 1) == '\r') {
      end--;
    }
    return text.substring(start, end);
  }

  private int[] lines() {
    int[] table = lineStarts;
    if (table == null) {
      table = findLines();
      lineStarts = table;
    }
    return table;
  }

  private int[] findLines() {
    int[] starts = new int[16];
    int count = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
      }
      starts[count++] = i + 1;
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Source that
            && visible == that.visible
            && name.equals(that.name)
            && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + text.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
