package io.refugium.fql10.source;

/**
 * A half-open range {@code [start, end)} of UTF-16 units of a source; empty when both are equal.
 *
 * <p>Invariant: {@code 0 <= start <= end}. The end may lie past the end of the text: diagnostics at
 * the end of input point one unit beyond it (language specification, section 12.1).
 */
public record Span(Source source, int start, int end) {

  public Span {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException("span " + start + ".." + end);
    }
  }

  /** The smallest span that covers this one and {@code other}, which must be of the same source. */
  public Span to(Span other) {
    return new Span(source, Math.min(start, other.start), Math.max(end, other.end));
  }

  /** The empty span at the start of this one. */
  public Span atStart() {
    return new Span(source, start, start);
  }

  /** The empty span at the end of this one. */
  public Span atEnd() {
    return new Span(source, end, end);
  }

  public int length() {
    return end - start;
  }

  /** The text that the span covers, cut at the end of the source. */
  public String text() {
    String text = source.text();
    int from = Math.min(start, text.length());
    return text.substring(from, Math.min(end, text.length()));
  }

  /** The 1-based line of the start. */
  public int line() {
    return source.lineOf(start);
  }

  /** The 1-based column of the start, in UTF-16 units. */
  public int column() {
    return source.columnOf(start);
  }

  /** Whether the two spans share at least one character of the same source. */
  public boolean overlaps(Span other) {
    return source.equals(other.source) && start < other.end && other.start < end;
  }

  @Override
  public String toString() {
    return source.name() + ":" + line() + ":" + column() + "+" + length();
  }
}
