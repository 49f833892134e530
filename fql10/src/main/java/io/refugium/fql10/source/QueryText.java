package io.refugium.fql10.source;

import java.util.Arrays;

/**
 * A text to parse together with the places where a template value stands.
 *
 * <p>Invariant: at every hole the text reads {@link #PLACEHOLDER}, which is what diagnostics show;
 * the offsets alone tell a hole from the same characters typed by a user. Holes are numbered in
 * textual order. Two equal texts parse to equal trees, so a text is a key for compiled queries.
 */
public final class QueryText {
  /** What stands in the text for a template value (language specification, section 10.1). */
  public static final String PLACEHOLDER = "<value>";

  private final Source source;
  private final int[] holes;

  private QueryText(Source source, int[] holes) {
    this.source = source;
    this.holes = holes;
  }

  /** A text without holes. */
  public static QueryText of(Source source) {
    return new QueryText(source, new int[0]);
  }

  /**
   * A text with holes.
   *
   * @param offsets the ascending offsets of the placeholders
   */
  public static QueryText of(Source source, int[] offsets) {
    int[] copy = offsets.clone();
    for (int offset : copy) {
      if (!source.text().startsWith(PLACEHOLDER, offset)) {
        throw new IllegalArgumentException("no placeholder at " + offset);
      }
    }
    return new QueryText(source, copy);
  }

  public Source source() {
    return source;
  }

  /** How many values the text needs. */
  public int holeCount() {
    return holes.length;
  }

  /** The number of the hole that starts at {@code offset}, or -1. */
  public int holeAt(int offset) {
    return holes.length == 0 ? -1 : Math.max(-1, Arrays.binarySearch(holes, offset));
  }

  /** The span of hole {@code index}. */
  public Span holeSpan(int index) {
    return source.span(holes[index], holes[index] + PLACEHOLDER.length());
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof QueryText that
            && source.equals(that.source)
            && Arrays.equals(holes, that.holes));
  }

  @Override
  public int hashCode() {
    return 31 * source.hashCode() + Arrays.hashCode(holes);
  }
}
