package io.refugium.fql4.language;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers roughly what was seen lately, in fixed memory: most texts of a busy application hold
 * the id of a document and come once; keeping those would cost more than reading them. A wrong
 * answer does no harm. Thread-safe.
 */
final class Sightings {
  private final AtomicIntegerArray hashes;

  /**
   * @param size how many are remembered, a power of two
   */
  Sightings(int size) {
    this.hashes = new AtomicIntegerArray(size);
  }

  /** Notes a hash; whether it was the last one of its kind before. */
  boolean again(int hash) {
    int slot = (hash ^ hash >>> 16) & hashes.length() - 1;
    return hashes.getAndSet(slot, hash) == hash;
  }
}
