package io.refugium.storage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a transaction asks the store to make durable: its writes, and everything it read at its read
 * point, so that the store can tell whether the transaction would read the same now.
 *
 * <p>A commit that read nothing never conflicts. Ranges count as far as they were consumed, empty
 * ones included: a key that appears in a range later is a conflict (no phantoms). No version is
 * written twice. Immutable.
 */
public final class Commit {
  private final long readPoint;
  private final List<byte[]> readKeys;
  private final List<KeyRange> readRanges;
  private final List<Write> writes;

  private Commit(Builder builder) {
    this.readPoint = builder.readPoint;
    this.readKeys = List.copyOf(builder.readKeys);
    this.readRanges = List.copyOf(builder.readRanges);
    this.writes = List.copyOf(builder.writes);
  }

  /** Starts a commit of a transaction that read at {@code readPoint}. */
  public static Builder at(long readPoint) {
    return new Builder(readPoint);
  }

  /** The time at which everything was read, in microseconds since the epoch. */
  public long readPoint() {
    return readPoint;
  }

  /** The keys that were read one by one, present or not. */
  public List<byte[]> readKeys() {
    return readKeys;
  }

  /** The ranges that were scanned. */
  public List<KeyRange> readRanges() {
    return readRanges;
  }

  /** The writes, ordered by key. */
  public List<Write> writes() {
    return writes;
  }

  /** Collects the reads and writes of one transaction. Not thread-safe. */
  public static final class Builder {
    private static final Comparator<Write> BY_KEY =
        Comparator.comparing(Write::key, Keys.ORDER)
            .thenComparing(write -> write.timeAt(Long.MAX_VALUE));

    private final long readPoint;
    private final List<byte[]> readKeys = new ArrayList<>();
    private final List<KeyRange> readRanges = new ArrayList<>();
    private final List<Write> writes = new ArrayList<>();

    private Builder(long readPoint) {
      this.readPoint = readPoint;
    }

    /** Records a point read, whether it found something or not. */
    public Builder read(byte[] key) {
      readKeys.add(key);
      return this;
    }

    /** Records a scan of {@code range}. */
    public Builder read(KeyRange range) {
      if (!range.isEmpty()) {
        readRanges.add(range);
      }
      return this;
    }

    /** Adds a write. */
    public Builder write(Write write) {
      writes.add(write);
      return this;
    }

    /** Adds {@link Write#put(byte[], byte[])}. */
    public Builder put(byte[] key, byte[] value) {
      return write(Write.put(key, value));
    }

    /** Adds {@link Write#delete(byte[])}. */
    public Builder delete(byte[] key) {
      return write(Write.delete(key));
    }

    /**
     * The finished commit.
     *
     * @throws IllegalArgumentException when a key is written twice at one time, or history is
     *     edited after the read point
     * @throws StorageException.TooLarge when it exceeds a limit of {@link StorageLimits}
     */
    public Commit build() {
      writes.sort(BY_KEY);
      long bytes = 0;
      Write previous = null;
      for (Write write : writes) {
        if (write.editsHistory() && write.timeAt(0) > readPoint) {
          throw new IllegalArgumentException("a commit must not write versions of the future");
        }
        if (previous != null && BY_KEY.compare(previous, write) == 0) {
          throw new IllegalArgumentException("a commit must write each version at most once");
        }
        previous = write;
        bytes += StorageLimits.checkedSize(write);
      }
      StorageLimits.checkCommit(writes.size(), bytes);
      return new Commit(this);
    }
  }
}
