package io.refugium.storage.rocks;

import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.PruneFloors;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Version;
import io.refugium.storage.VersionCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Reads the store at one time. A point read is one seek, unless {@link HotVersions} has the answer:
 * versions lie newest first, so the first one at or after (key, time) is it.
 *
 * <p>Needs no snapshot of RocksDB: an iterator sees at least everything that was published when it
 * was made, later versions are passed over by their times, and what pruning took away is found out
 * by asking for the floors after each read. Iterators are kept for reuse until the reader is
 * closed.
 */
final class RocksReader implements Reader {
  private final Engine engine;
  private final HotVersions hot;
  private final HotRuns runs;
  private final UseCount uses;
  private final Supplier<PruneFloors> floors;
  private final long at;
  private final List<VersionIterator> iterators = new ArrayList<>(2);
  private final Deque<VersionIterator> idle = new ArrayDeque<>(2);
  private VersionIterator points;
  private boolean closed;

  /** Takes over one use of {@code uses} and ends it when closed. */
  RocksReader(
      Engine engine,
      HotVersions hot,
      HotRuns runs,
      UseCount uses,
      Supplier<PruneFloors> floors,
      long at) {
    this.engine = engine;
    this.hot = hot;
    this.runs = runs;
    this.uses = uses;
    this.floors = floors;
    this.at = at;
  }

  @Override
  public long at() {
    return at;
  }

  @Override
  public Version get(byte[] key) {
    requireOpen();
    Version version = hot.find(key, at);
    if (version == null) {
      long stamp = hot.stamp(key);
      version = seek(key);
      if (version != null) {
        hot.offer(key, version, at, stamp);
      }
    }
    checkFloor(key);
    return version;
  }

  private Version seek(byte[] key) {
    if (points == null) {
      points = acquire();
    }
    byte[] target = PhysicalKey.seekTarget(key, at);
    boolean exists =
        points.seek(target)
            && points.hasStem(target, target.length - PhysicalKey.SUFFIX_BYTES)
            && !points.isDeletion();
    return exists ? new Version(points.time(), points.value()) : null;
  }

  @Override
  public Cursor scan(KeyRange range, Direction direction, int expected) {
    requireOpen();
    return switch (direction) {
      case ASCENDING -> new AscendingCursor(this, range);
      case DESCENDING -> new BackwardCursor(this, range);
    };
  }

  @Override
  public VersionCursor versions(byte[] key, long fromTime, long toTime, Direction direction) {
    requireOpen();
    return new KeyVersionCursor(this, key, fromTime, Math.min(at, toTime - 1), direction);
  }

  @Override
  public VersionCursor versions(KeyRange range, long fromTime, long toTime) {
    requireOpen();
    return new RangeVersionCursor(this, range, fromTime, Math.min(at, toTime - 1));
  }

  /**
   * The run in memory that tells what is at the beginning of {@code rest}, read now if it is worth
   * it; null when there is none.
   */
  HotRun hotRun(KeyRange rest) {
    HotRun run = runs.find(rest.from(), at);
    return run == null && runs.wantsRun() ? readRun(rest) : run;
  }

  private HotRun readRun(KeyRange rest) {
    HotRun claim = runs.claim(rest);
    if (claim == null) {
      return null;
    }
    try {
      // After the claim, so that this iterator sees all commits that did not end it.
      idle.push(newIterator());
      try (ForwardCursor cursor = new ForwardCursor(this, claim.range())) {
        HotRun run = cursor.readRun();
        if (run != null) {
          runs.add(claim, run);
        }
        return run;
      }
    } finally {
      runs.end(claim); // nothing is left of it when the run was added
    }
  }

  /** An iterator for a cursor, which gives it back with {@link #release}. */
  VersionIterator acquire() {
    requireOpen();
    VersionIterator iterator = idle.poll();
    return iterator == null ? newIterator() : iterator;
  }

  private VersionIterator newIterator() {
    VersionIterator iterator = new VersionIterator(engine.iterator(engine.versions()));
    iterators.add(iterator);
    return iterator;
  }

  void release(VersionIterator iterator) {
    if (!closed) {
      idle.push(iterator);
    }
  }

  /** To be called after a read of {@code key}: its result is void when this throws. */
  void checkFloor(byte[] key) {
    floors.get().check(key, at);
  }

  /** To be called after a read in {@code range}: its result is void when this throws. */
  void checkFloor(KeyRange range) {
    floors.get().check(range, at);
  }

  void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the reader is closed");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      iterators.forEach(VersionIterator::close);
      uses.exit();
    }
  }
}
