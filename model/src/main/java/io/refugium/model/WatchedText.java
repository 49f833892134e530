package io.refugium.model;

/**
 * A text that a regular expression is tried on. Some expressions take exponentially many steps on
 * some texts: each step looks at a character, so this is where somebody may look at the clock.
 * Confined to one thread.
 */
public final class WatchedText implements CharSequence {
  private static final int LOOKS_BETWEEN_CHECKS = 1 << 16;

  private final String text;
  private final Runnable check;
  private int looks;

  /**
   * A text to be tried.
   *
   * @param check called now and then; may throw, which ends the search
   */
  public WatchedText(String text, Runnable check) {
    this.text = text;
    this.check = check;
  }

  @Override
  public char charAt(int index) {
    if (++looks == LOOKS_BETWEEN_CHECKS) {
      looks = 0;
      check.run();
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
