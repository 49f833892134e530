package io.refugium.storage.memory;

import io.refugium.storage.Keys;

/** A key at a time; ordered by key, newest first within a key. */
record VersionKey(byte[] key, long time) implements Comparable<VersionKey> {
  static VersionKey newest(byte[] key) {
    return new VersionKey(key, Long.MAX_VALUE);
  }

  @Override
  public int compareTo(VersionKey other) {
    int byKey = Keys.compare(key, other.key);
    return byKey != 0 ? byKey : Long.compare(other.time, time);
  }

  boolean hasKey(byte[] other) {
    return Keys.compare(key, other) == 0;
  }
}
