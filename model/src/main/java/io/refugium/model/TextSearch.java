package io.refugium.model;

/**
 * Finds a text in other texts, in time that grows with their lengths and not with the product of
 * them: half of a long text searched for in all of it must not occupy a processor for hours.
 * Immutable; thread-safe.
 */
public final class TextSearch {
  /** Up to this length, comparing at each place is fast whatever the texts are. */
  private static final int SHORT = 16;

  private final String wanted;

  /**
   * For each prefix of the wanted text, the length of the longest shorter one that it ends with
   * (Knuth, Morris, Pratt 1977); null when the text is short.
   */
  private final int[] borders;

  /** A search for this text. */
  public TextSearch(String wanted) {
    this.wanted = wanted;
    this.borders = wanted.length() <= SHORT ? null : borders(wanted);
  }

  private static int[] borders(String wanted) {
    int[] borders = new int[wanted.length()];
    int matched = 0;
    for (int i = 1; i < borders.length; i++) {
      while (matched > 0 && wanted.charAt(i) != wanted.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (wanted.charAt(i) == wanted.charAt(matched)) {
        matched++;
      }
      borders[i] = matched;
    }
    return borders;
  }

  /**
   * Where the text occurs first, as {@link String#indexOf(String, int)} gives it.
   *
   * @param from where to begin, in code units
   * @return -1 when it does not occur
   */
  public int in(String text, int from) {
    if (borders == null || text.length() - from < wanted.length()) {
      return text.indexOf(wanted, from);
    }
    int matched = 0;
    for (int i = Math.max(0, from); i < text.length(); i++) {
      while (matched > 0 && text.charAt(i) != wanted.charAt(matched)) {
        matched = borders[matched - 1];
      }
      if (text.charAt(i) == wanted.charAt(matched)) {
        matched++;
      }
      if (matched == borders.length) {
        return i + 1 - matched;
      }
    }
    return -1;
  }

  /**
   * Where the text occurs last, as {@link String#lastIndexOf(String, int)} gives it.
   *
   * @param from where it may begin at the latest, in code units
   * @return -1 when it does not occur
   */
  public int lastIn(String text, int from) {
    if (borders == null || text.length() < wanted.length()) {
      return text.lastIndexOf(wanted, from);
    }
    int last = -1;
    int matched = 0;
    int end = (int) Math.min(text.length(), (long) from + borders.length);
    for (int i = 0; i < end; i++) {
      while (matched > 0
          && (matched == borders.length || text.charAt(i) != wanted.charAt(matched))) {
        matched = borders[matched - 1];
      }
      if (text.charAt(i) == wanted.charAt(matched)) {
        matched++;
      }
      if (matched == borders.length) {
        last = i + 1 - matched;
      }
    }
    return last;
  }

  /** How often the text occurs, without overlaps; the empty one at every place. */
  public long count(String text) {
    if (wanted.isEmpty()) {
      return text.length() + 1L;
    }
    long count = 0;
    for (int at = in(text, 0); at >= 0; at = in(text, at + wanted.length())) {
      count++;
    }
    return count;
  }

  /** The text with all occurrences replaced, as {@link String#replace} does it. */
  public String replaceAll(String text, String replacement) {
    if (borders == null) {
      return text.replace(wanted, replacement);
    }
    StringBuilder result = new StringBuilder();
    int copied = 0;
    for (int at = in(text, 0); at >= 0; at = in(text, copied)) {
      result.append(text, copied, at).append(replacement);
      copied = at + wanted.length();
    }
    return copied == 0 ? text : result.append(text, copied, text.length()).toString();
  }
}
