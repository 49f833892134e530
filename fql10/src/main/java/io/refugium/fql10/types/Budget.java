package io.refugium.fql10.types;

/**
 * Bounds the work of checking one text. Bodies are checked once for each call, which may multiply;
 * when the budget is spent the rest counts as unknown, for no correct query may be refused.
 */
final class Budget {
  /** How many expressions may be visited; a large query visits thousands. */
  static final int MAX_STEPS = 500_000;

  /**
   * How deep expressions and calls of lambdas may nest while they are checked, in units of an
   * expression; what lies deeper counts as unknown. Keeps the stack below half a megabyte.
   */
  static final int MAX_DEPTH = 512;

  private int left = MAX_STEPS;
  private int depth;

  /** Thrown when the budget is spent; caught by {@link TypeChecker}. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("type checking budget spent", null, false, false);
    }
  }

  private void spend() {
    if (--left < 0) {
      throw new Spent();
    }
  }

  /**
   * Goes deeper; a call that returns true needs a {@link #leave}.
   *
   * @param levels how many expressions' worth of stack the step takes
   * @return false if it is too deep
   */
  boolean enter(int levels) {
    spend();
    if (depth + levels > MAX_DEPTH) {
      return false;
    }
    depth += levels;
    return true;
  }

  void leave(int levels) {
    depth -= levels;
  }
}
