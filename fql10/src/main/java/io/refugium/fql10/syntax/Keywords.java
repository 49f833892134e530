package io.refugium.fql10.syntax;

import java.util.Set;

/** The reserved words (language specification, section 2.2). */
public final class Keywords {
  private static final Set<String> RESERVED =
      Set.of(
          "if", "else", "at", "match", "case", "let", "null", "true", "false", "isa", "join", "on",
          "of");

  private Keywords() {}

  /** Whether {@code word} may not name a variable, a parameter or a projection element. */
  public static boolean isReserved(String word) {
    return RESERVED.contains(word);
  }

  /** Whether {@code word} may not be bound by {@code let}. */
  public static boolean isReservedForLet(String word) {
    return isReserved(word) || word.equals("FQL") || word.equals("_");
  }

  /** Whether {@code text} has the form of an identifier; keywords have it too. */
  public static boolean isIdentifier(String text) {
    if (text.isEmpty() || !startsIdentifier(text.charAt(0))) {
      return false;
    }
    for (int i = 1; i < text.length(); i++) {
      if (!continuesIdentifier(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static boolean startsIdentifier(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  }

  static boolean continuesIdentifier(char c) {
    return startsIdentifier(c) || isDigit(c) || c == '\'';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
