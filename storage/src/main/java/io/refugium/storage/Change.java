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
   * One written version. The arrays are shared with other subscribers and must not be modified.
   *
   * <p>When history is edited again later, a subscriber that is late may see the later state of
   * that version, or miss it.
   *
   * @param key the key, stamps filled in
   * @param time the time of the version: that of the commit, unless it edited history
   * @param value the new value, or null when the key was deleted or the version erased
   */
  public record Entry(byte[] key, long time, byte[] value) {
    /** Whether the key was deleted. */
    public boolean isDeletion() {
      return value == null;
    }
  }
}
