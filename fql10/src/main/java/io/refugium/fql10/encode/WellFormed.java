package io.refugium.fql10.encode;

/** Texts that UTF-8 can carry. */
final class WellFormed {
  private WellFormed() {}

  /** The text with each lone surrogate replaced by a question mark. */
  static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(String text) {
    StringBuilder result = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            point ->
                result.appendCodePoint(
                    point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                        ? '?'
                        : point));
    return result.toString();
  }
}
