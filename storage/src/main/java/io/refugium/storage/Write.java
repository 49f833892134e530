package io.refugium.storage;

import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * One change of a commit: a key and the value it gets, or its deletion. Key and value may contain
 * {@linkplain Stamp stamps} which the committer fills with the commit time, or be computed from it.
 * Immutable as long as nobody writes to the arrays it was given: they are not copied.
 *
 * <p>A write usually makes a version at the commit time. One with a time of its own edits history:
 * it puts, deletes or erases the version at exactly that time. To the validation of others it is a
 * write of its key at the commit time. Readers that are open already may or may not see the edit.
 */
public final class Write {
  private static final long AT_COMMIT = -1;

  private final byte[] key;
  private final List<Stamp> keyStamps;
  private final byte[] value;
  private final List<Stamp> valueStamps;
  private final Late late;
  private final long ownTime;
  private final boolean erasure;

  /** Key and value as functions of the commit time. */
  private record Late(LongFunction<byte[]> key, LongFunction<byte[]> value) {}

  private Write(byte[] key, List<Stamp> keyStamps, byte[] value, List<Stamp> valueStamps) {
    this(key, keyStamps, value, valueStamps, null, AT_COMMIT, false);
  }

  private Write(
      byte[] key,
      List<Stamp> keyStamps,
      byte[] value,
      List<Stamp> valueStamps,
      Late late,
      long ownTime,
      boolean erasure) {
    this.key = Objects.requireNonNull(key, "key");
    this.keyStamps = List.copyOf(keyStamps);
    this.value = value;
    this.valueStamps = List.copyOf(valueStamps);
    this.late = late;
    this.ownTime = ownTime;
    this.erasure = erasure;
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

  /**
   * Gives a key a value, both computed once the commit time is known. The functions are called by
   * the committer and must be quick and pure.
   *
   * @param key stands for the key in the transaction's own order of writes
   * @param value stands for the value in limits, and has the length of the final one
   */
  public static Write late(
      byte[] key, LongFunction<byte[]> keyAt, byte[] value, LongFunction<byte[]> valueAt) {
    Objects.requireNonNull(value, "value");
    return new Write(key, List.of(), value, List.of(), new Late(keyAt, valueAt), AT_COMMIT, false);
  }

  /**
   * Puts a version into the history of {@code key}, in the place of one at exactly that time.
   *
   * @param time microseconds since the epoch, not after the read point of the commit
   */
  public static Write putAt(byte[] key, byte[] value, long time) {
    return new Write(
        key,
        List.of(),
        Objects.requireNonNull(value, "value"),
        List.of(),
        null,
        requirePast(time),
        false);
  }

  /** Puts a deletion into the history of {@code key}, in the place of a version at that time. */
  public static Write deleteAt(byte[] key, long time) {
    return new Write(key, List.of(), null, List.of(), null, requirePast(time), false);
  }

  /** Removes the version or deletion at exactly that time from the history of {@code key}. */
  public static Write eraseAt(byte[] key, long time) {
    return new Write(key, List.of(), null, List.of(), null, requirePast(time), true);
  }

  private static long requirePast(long time) {
    if (time < 0) {
      throw new IllegalArgumentException("a version cannot have the time " + time);
    }
    return time;
  }

  /** The time of the version that a commit at {@code commitTime} makes, replaces or erases. */
  public long timeAt(long commitTime) {
    return ownTime == AT_COMMIT ? commitTime : ownTime;
  }

  /** Whether the version has a time of its own instead of the commit time. */
  public boolean editsHistory() {
    return ownTime != AT_COMMIT;
  }

  /** Whether this write leaves no trace at its time, not even a deletion. */
  public boolean isErasure() {
    return erasure;
  }

  /** The key as given, stamps not filled in. */
  public byte[] key() {
    return key;
  }

  /** The value as given, stamps not filled in; null for a deletion. */
  public byte[] value() {
    return value;
  }

  /** Whether this write removes the key, or a version of it. */
  public boolean isDeletion() {
    return value == null;
  }

  /** Whether the key is only known once the commit time is. */
  public boolean hasStampedKey() {
    return late != null || !keyStamps.isEmpty();
  }

  /** The key as it is stored by a commit at {@code time}. */
  public byte[] keyAt(long time) {
    return late != null ? late.key.apply(time) : filled(key, keyStamps, time);
  }

  /** The value as it is stored by a commit at {@code time}; null for a deletion. */
  public byte[] valueAt(long time) {
    return late != null ? late.value.apply(time) : filled(value, valueStamps, time);
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
