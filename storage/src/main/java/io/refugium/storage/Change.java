package io.refugium.storage;

import java.util.List;

/**
 * One commit as a subscription sees it.
 *
 * @param time the commit time in microseconds since the epoch
 * @param entries what it wrote within the subscribed range, ordered by key, never empty
 */
public record Change(long time, List<Entry> entries) {
  public Change {
    entries = List.copyOf(entries);
  }

  /**
   * One written key.
   *
   * @param key the key, stamps filled in
   * @param value the new value, or null when the key was deleted
   */
  public record Entry(byte[] key, byte[] value) {
    /** Whether the key was deleted. */
    public boolean isDeletion() {
      return value == null;
    }
  }
}
