package io.refugium.storage;

import java.util.List;
import java.util.Objects;

/**
 * One change of a commit: a key and the value it gets, or its deletion. Key and value may contain
 * {@linkplain Stamp stamps} which the committer fills with the commit time. Immutable as long as
 * nobody writes to the arrays it was given: they are not copied.
 */
public final class Write {
  private final byte[] key;
  private final List<Stamp> keyStamps;
  private final byte[] value;
  private final List<Stamp> valueStamps;

  private Write(byte[] key, List<Stamp> keyStamps, byte[] value, List<Stamp> valueStamps) {
    this.key = Objects.requireNonNull(key, "key");
    this.keyStamps = List.copyOf(keyStamps);
    this.value = value;
    this.valueStamps = List.copyOf(valueStamps);
    requireFit(this.keyStamps, key);
    if (value != null) {
      requireFit(this.valueStamps, value);
    }
  }

  /** Gives {@code key} the value {@code value}. */
  public static Write put(byte[] key, byte[] value) {
    return put(key, List.of(), value, List.of());
  }

  /**
   * Gives {@code key} the value {@code value} after filling in the commit time.
   *
   * @throws IllegalArgumentException when a stamp does not lie within its array
   */
  public static Write put(
      byte[] key, List<Stamp> keyStamps, byte[] value, List<Stamp> valueStamps) {
    return new Write(key, keyStamps, Objects.requireNonNull(value, "value"), valueStamps);
  }

  /** Deletes {@code key}; harmless when it does not exist. */
  public static Write delete(byte[] key) {
    return new Write(key, List.of(), null, List.of());
  }

  /** The key as given, stamps not filled in. */
  public byte[] key() {
    return key;
  }

  /** The value as given, stamps not filled in; null for a deletion. */
  public byte[] value() {
    return value;
  }

  /** Whether this write removes the key. */
  public boolean isDeletion() {
    return value == null;
  }

  /** Whether the key is only known once the commit time is. */
  public boolean hasStampedKey() {
    return !keyStamps.isEmpty();
  }

  /** The key as it is stored by a commit at {@code time}. */
  public byte[] keyAt(long time) {
    return filled(key, keyStamps, time);
  }

  /** The value as it is stored by a commit at {@code time}; null for a deletion. */
  public byte[] valueAt(long time) {
    return filled(value, valueStamps, time);
  }

  private static byte[] filled(byte[] template, List<Stamp> stamps, long time) {
    if (stamps.isEmpty()) {
      return template;
    }
    byte[] bytes = template.clone();
    for (Stamp stamp : stamps) {
      stamp.fill(bytes, time);
    }
    return bytes;
  }

  private static void requireFit(List<Stamp> stamps, byte[] bytes) {
    for (Stamp stamp : stamps) {
      if (!stamp.fits(bytes.length)) {
        throw new IllegalArgumentException(
            "a stamp at offset "
                + stamp.offset()
                + " does not fit into "
                + bytes.length
                + " bytes");
      }
    }
  }
}
