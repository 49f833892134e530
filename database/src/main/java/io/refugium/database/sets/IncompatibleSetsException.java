package io.refugium.database.sets;

/**
 * Sets of different directions were to be merged, which nobody could know before they were
 * evaluated.
 */
public final class IncompatibleSetsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  IncompatibleSetsException() {
    super("Sets are not compatible.", null, false, false);
  }
}
