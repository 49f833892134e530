package io.refugium.database.refusal;

/**
 * The store takes no writes now: its device is full or has failed, it is being closed, or too many
 * wait. Nobody knows whether the write that met it was made. No {@link DatabaseException}: it is
 * nothing that a query could have done otherwise. Carries no stack trace; the store has told the
 * operator what happened, and the message tells a client no more than that.
 */
public final class WritesUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WritesUnavailable() {
    super("Writes are unavailable; whether this one was made is unknown.", null, false, false);
  }
}
