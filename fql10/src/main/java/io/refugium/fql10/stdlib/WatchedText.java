package io.refugium.fql10.stdlib;

import io.refugium.fql10.runtime.Environment;

/**
 * A text under a regular expression. Some expressions take exponentially many steps on some texts:
 * each step looks at a character, so that is where the deadline of the query is checked.
 */
final class WatchedText implements CharSequence {
  private static final int LOOKS_BETWEEN_CHECKS = 1 << 16;

  private final String text;
  private final Environment environment;
  private int looks;

  WatchedText(String text, Environment environment) {
    this.text = text;
    this.environment = environment;
  }

  @Override
  public char charAt(int index) {
    if (++looks == LOOKS_BETWEEN_CHECKS) {
      looks = 0;
      environment.checkDeadline();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
