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
    return search(text, Math.max(0, from), text.length(), true);
  }

  /**
   * Where the text occurs last, as {@link String#lastIndexOf(String, int)} gives it.
   *
   * @param from where it begins at the latest, in code units
   * @return -1 when it does not occur
   */
  public int last(String text, int from) {
    return borders == null
        ? text.lastIndexOf(wanted, from)
        : search(text, 0, (int) Math.min((long) from + wanted.length(), text.length()), false);
  }

  private int search(String text, int from, int to, boolean first) {
    int found = -1;
    int matched = 0;
    for (int i = from; i < to; i++) {
      matched = extended(matched, text.charAt(i));
      if (matched == wanted.length()) {
        found = i + 1 - matched;
        if (first) {
          break;
        }
        matched = borders[matched - 1];
      }
    }
    return found;
  }

  /** How much of the wanted text is matched after one more character. */
  private int extended(int matched, char next) {
    int length = matched;
    while (length > 0 && wanted.charAt(length) != next) {
      length = borders[length - 1];
    }
    return wanted.charAt(length) == next ? length + 1 : length;
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
