package io.refugium.storage;

/** What an acknowledged commit survives. */
public enum Durability {
  /** Synced to the device before it is acknowledged: survives a loss of power. */
  FSYNC,
  /**
   * Handed to the operating system before it is acknowledged: survives the death of the process,
   * not the loss of power. For tests and bulk loads.
   */
  RELAXED
}
