package io.refugium.storage;

/** The order in which a scan yields keys or versions. */
public enum Direction {
  /** Smallest key first (unsigned bytewise order), or oldest version first. */
  ASCENDING,
  /** Largest key first, or newest version first. */
  DESCENDING;

  /** The opposite order. */
  public Direction reversed() {
    return this == ASCENDING ? DESCENDING : ASCENDING;
  }
}
