package io.refugium.storage;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * A half-open interval {@code [from, to)} of keys in unsigned bytewise order; no upper bound when
 * {@code to} is null. Immutable as long as nobody writes to the arrays it was given: they are not
 * copied.
 */
public final class KeyRange {
  private static final KeyRange ALL = new KeyRange(new byte[0], null);

  private final byte[] from;
  private final byte[] to;

  private KeyRange(byte[] from, byte[] to) {
    this.from = Objects.requireNonNull(from, "from");
    this.to = to;
  }

  /** Every key. */
  public static KeyRange all() {
    return ALL;
  }

  /**
   * The keys at or after {@code from} and before {@code toExclusive}; up to the end of the keyspace
   * when {@code toExclusive} is null. Empty when {@code from >= toExclusive}.
   */
  public static KeyRange of(byte[] from, byte[] toExclusive) {
    return new KeyRange(from, toExclusive);
  }

  /** The keys that start with {@code prefix}, itself included. */
  public static KeyRange prefix(byte[] prefix) {
    return new KeyRange(prefix, Keys.afterPrefix(prefix));
  }

  /** Exactly one key. */
  public static KeyRange single(byte[] key) {
    return new KeyRange(key, Keys.successor(key));
  }

  /** The first key of the range. */
  public byte[] from() {
    return from;
  }

  /** The key before which the range ends, or null when it ends with the keyspace. */
  public byte[] to() {
    return to;
  }

  /** Whether no key can be in the range. */
  public boolean isEmpty() {
    return to != null && Keys.compare(from, to) >= 0;
  }

  /** Whether {@code key} lies in the range. */
  public boolean contains(byte[] key) {
    return Keys.compare(key, from) >= 0 && isBeforeEnd(key);
  }

  /** Whether every key of {@code other} lies in this range. */
  public boolean contains(KeyRange other) {
    if (other.isEmpty()) {
      return true;
    }
    return Keys.compare(from, other.from) <= 0
        && (to == null || (other.to != null && Keys.compare(other.to, to) <= 0));
  }

  /** Whether some key may lie in both ranges. */
  public boolean overlaps(KeyRange other) {
    return !isEmpty() && !other.isEmpty() && isBeforeEnd(other.from) && other.isBeforeEnd(from);
  }

  /** Whether {@code key} is smaller than the end of the range. */
  public boolean isBeforeEnd(byte[] key) {
    return to == null || Keys.compare(key, to) < 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyRange that
        && Arrays.equals(from, that.from)
        && Arrays.equals(to, that.to);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "[" + hex.formatHex(from) + ", " + (to == null ? "end" : hex.formatHex(to)) + ")";
  }
}
