package io.refugium.fql10.types;

/**
 * Bounds the work of checking one text. Bodies are checked once for each call, which may multiply;
 * when the budget is spent the rest counts as unknown, for no correct query may be refused.
 */
final class Budget {
  /** How many expressions may be visited; a large query visits thousands. */
  static final int MAX_STEPS = 500_000;

  private int left = MAX_STEPS;

  /** Thrown when the budget is spent; caught by {@link TypeChecker}. */
  static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("type checking budget spent", null, false, false);
    }
  }

  void spend() {
    if (--left < 0) {
      throw new Spent();
    }
  }
}
