package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.StorageLimits;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * The keys written lately, against which transactions are validated: whether anything a transaction
 * read has been written after its read point.
 *
 * <p>Most transactions are young and nothing of what they read was written meanwhile. So writes are
 * kept in the order of their times, which costs nothing to add and to forget, and a table of hashes
 * says for nearly every key that was read that it needs no search. Only for transactions that
 * outlive a whole block of writes is the block sorted, once.
 *
 * <p>Invariant: every write after {@link #horizon} is here. A transaction that read at an earlier
 * time cannot be validated any more and conflicts. Used by the committer's thread only.
 */
final class RecentWrites {
  /** Writes after which a block is full; it may end later, with its last commit. */
  private static final int BLOCK_WRITES = 1024;

  private static final int SLOTS = 1 << 17;

  /** For each hash the time of the last write of a key that has it. */
  private final long[] lastWritten = new long[SLOTS];

  private final Deque<Block> blocks = new ArrayDeque<>();
  private long horizon;
  private long newest;
  private int writes;
  private long bytes;

  /**
   * @param horizon the time of the last commit before this memory begins
   */
  RecentWrites(long horizon) {
    this.horizon = horizon;
    this.newest = horizon;
    Arrays.fill(lastWritten, horizon);
  }

  private static int slot(byte[] key) {
    return (int) (Keys.hash(key) & SLOTS - 1);
  }

  /** What stands in the way of {@code commit}, or null when nothing does. */
  Conflict conflictOf(Commit commit) {
    long readPoint = commit.readPoint();
    if (commit.readKeys().isEmpty() && commit.readRanges().isEmpty()) {
      return null;
    }
    if (readPoint < horizon) {
      return new Conflict(Reason.TOO_OLD, null);
    }
    if (newest <= readPoint) {
      return null;
    }
    for (byte[] key : commit.readKeys()) {
      if (lastWritten[slot(key)] > readPoint
          && writtenAfter(readPoint, KeyRange.single(key)) != null) {
        return new Conflict(Reason.KEY, key);
      }
    }
    for (KeyRange range : commit.readRanges()) {
      byte[] key = writtenAfter(readPoint, range);
      if (key != null) {
        return new Conflict(Reason.RANGE, key);
      }
    }
    return null;
  }

  /** A key of {@code range} written after {@code readPoint}, or null. */
  private byte[] writtenAfter(long readPoint, KeyRange range) {
    for (Iterator<Block> it = blocks.descendingIterator(); it.hasNext(); ) {
      Block block = it.next();
      if (block.last() <= readPoint) {
        return null;
      }
      byte[] key = block.writtenAfter(readPoint, range);
      if (key != null) {
        return key;
      }
    }
    return null;
  }

  /** Remembers what a commit wrote; its time is greater than that of the one before. */
  void add(long time, List<Change.Entry> entries) {
    Block block = blocks.peekLast();
    if (block == null || block.size >= BLOCK_WRITES) {
      block = new Block();
      blocks.add(block);
    }
    for (Change.Entry entry : entries) {
      block.add(entry.key(), time);
      lastWritten[slot(entry.key())] = time;
      bytes += entry.key().length;
    }
    writes += entries.size();
    newest = time;
    while (writes > StorageLimits.MAX_REMEMBERED_WRITES
        || bytes > StorageLimits.MAX_REMEMBERED_BYTES) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Block oldest = blocks.remove();
    horizon = oldest.last();
    writes -= oldest.size;
    bytes -= oldest.bytes();
  }

  /** How many writes are remembered. */
  int size() {
    return writes;
  }

  /** The writes of some successive commits, oldest first; no commit is divided. */
  private static final class Block {
    private byte[][] keys = new byte[BLOCK_WRITES][];
    private long[] times = new long[BLOCK_WRITES];
    private int size;
    private byte[][] sorted; // the same keys by their order, from when that was asked for first

    void add(byte[] key, long time) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
        times = Arrays.copyOf(times, 2 * size);
      }
      keys[size] = key;
      times[size++] = time;
    }

    /** The time of the newest write. */
    long last() {
      return times[size - 1];
    }

    byte[] writtenAfter(long readPoint, KeyRange range) {
      if (size >= BLOCK_WRITES && times[0] > readPoint) {
        return search(range);
      }
      for (int i = size - 1; i >= 0 && times[i] > readPoint; i--) {
        if (range.contains(keys[i])) {
          return keys[i];
        }
      }
      return null;
    }

    /** A key of the range in a block that is full. */
    private byte[] search(KeyRange range) {
      if (sorted == null) {
        sorted = Arrays.copyOf(keys, size);
        Arrays.sort(sorted, Keys.ORDER);
      }
      int found = Arrays.binarySearch(sorted, range.from(), Keys.ORDER);
      int first = found >= 0 ? found : -found - 1;
      return first < size && range.isBeforeEnd(sorted[first]) ? sorted[first] : null;
    }

    long bytes() {
      long sum = 0;
      for (int i = 0; i < size; i++) {
        sum += keys[i].length;
      }
      return sum;
    }
  }
}
