package io.refugium.database;

/**
 * A transaction that {@linkplain TransactionOptions#mayWait must not wait} came to where it would
 * have to: nothing has happened, and it has to be run again by a thread that may. Not a failure of
 * the request, so no language makes an answer of it.
 */
public final class MustWait extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack: where it came from tells nothing. */
  public MustWait() {
    super("has to be run by a thread that may wait", null, false, false);
  }
}
