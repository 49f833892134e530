package io.refugium.storage.rocks;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.StorageLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The keys written lately, against which transactions are validated: whether anything a transaction
 * read has been written after its read point.
 *
 * <p>Invariant: every write after {@link #horizon} is here. A transaction that read at an earlier
 * time cannot be validated any more and conflicts. Used by the committer's thread only.
 */
final class RecentWrites {
  /**
   * How many newer keys of a range are looked at one by one before recent commits are walked
   * instead.
   */
  private static final int RANGE_PROBES = 64;

  /** One commit, as it has to be forgotten again. */
  private record Remembered(long time, List<byte[]> keys, long bytes) {}

  private final NavigableMap<byte[], Long> lastWritten = new TreeMap<>(Keys.ORDER);
  private final Deque<Remembered> commits = new ArrayDeque<>();
  private long horizon;
  private int writes;
  private long bytes;

  /**
   * @param horizon the time of the last commit before this memory begins
   */
  RecentWrites(long horizon) {
    this.horizon = horizon;
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
    if (commits.isEmpty() || commits.peekLast().time() <= readPoint) {
      return null;
    }
    for (byte[] key : commit.readKeys()) {
      Long written = lastWritten.get(key);
      if (written != null && written > readPoint) {
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
    int probes = 0;
    for (Map.Entry<byte[], Long> entry : lastWritten.tailMap(range.from(), true).entrySet()) {
      if (!range.isBeforeEnd(entry.getKey())) {
        return null;
      }
      if (entry.getValue() > readPoint) {
        return entry.getKey();
      }
      if (++probes == RANGE_PROBES) {
        return writtenAfterByCommit(readPoint, range);
      }
    }
    return null;
  }

  /**
   * The same for a range full of older writes: costs as much as was written after {@code
   * readPoint}.
   */
  private byte[] writtenAfterByCommit(long readPoint, KeyRange range) {
    for (Iterator<Remembered> it = commits.descendingIterator(); it.hasNext(); ) {
      Remembered commit = it.next();
      if (commit.time() <= readPoint) {
        return null;
      }
      for (byte[] key : commit.keys()) {
        if (range.contains(key)) {
          return key;
        }
      }
    }
    return null;
  }

  /** Remembers a commit; its time is greater than that of the one before. */
  void add(long time, List<byte[]> keys) {
    long size = 0;
    for (byte[] key : keys) {
      lastWritten.put(key, time);
      size += key.length;
    }
    commits.add(new Remembered(time, keys, size));
    writes += keys.size();
    bytes += size;
    while (writes > StorageLimits.MAX_REMEMBERED_WRITES
        || bytes > StorageLimits.MAX_REMEMBERED_BYTES) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    Remembered oldest = commits.remove();
    for (byte[] key : oldest.keys()) {
      lastWritten.remove(key, oldest.time());
    }
    horizon = oldest.time();
    writes -= oldest.keys().size();
    bytes -= oldest.bytes();
  }

  /** How many writes are remembered. */
  int size() {
    return writes;
  }
}
