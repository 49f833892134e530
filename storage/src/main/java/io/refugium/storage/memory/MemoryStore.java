package io.refugium.storage.memory;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.MicroClock;
import io.refugium.storage.PruneFloors;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.StoreStats;
import io.refugium.storage.Subscription;
import io.refugium.storage.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * A store that lives and dies with the process. One lock makes commits serial; readers take none.
 *
 * <p>Invariant: a version is in {@link #versions} before {@link #readPoint} exceeds its time, so a
 * reader at or below {@code readPoint} never sees half a commit.
 *
 * <p>A value is null where the key was deleted; since the map holds no nulls, {@link Cell} wraps
 * it.
 */
public final class MemoryStore implements Store {
  /** What a version holds: the bytes, or null for a deletion. */
  record Cell(byte[] value) {}

  private final LongSupplier clock;
  private final ConcurrentNavigableMap<VersionKey, Cell> versions = new ConcurrentSkipListMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition committed = lock.newCondition();
  private final AtomicInteger openReaders = new AtomicInteger();
  private final AtomicInteger openSubscriptions = new AtomicInteger();

  // Guarded by lock.
  private final NavigableMap<Long, Change> log = new TreeMap<>();
  private long readPoint;
  private long changesFloor;
  private long commits;
  private long conflicts;

  private volatile PruneFloors floors = PruneFloors.NONE;
  private volatile boolean closed;

  /** An empty store on the system's clock. */
  public MemoryStore() {
    this(MicroClock.system());
  }

  /** An empty store on a clock of microseconds since the epoch. */
  public MemoryStore(LongSupplier clock) {
    this.clock = clock;
  }

  @Override
  public long readPoint() {
    lock.lock();
    try {
      requireOpen();
      readPoint = Math.max(readPoint, clock.getAsLong() - 1);
      return readPoint;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Reader reader(long at) {
    requireNotAhead(at);
    requireOpen();
    openReaders.incrementAndGet();
    return new MemoryReader(this, versions, at);
  }

  @Override
  public CommitResult commit(Commit commit) {
    if (commit.writes().isEmpty()) {
      return new Committed(commit.readPoint());
    }
    lock.lock();
    try {
      requireOpen();
      for (Write write : commit.writes()) {
        if (write.editsHistory()) {
          floors.check(write.key(), write.timeAt(0));
        }
      }
      Conflict conflict = conflictOf(commit);
      if (conflict != null) {
        conflicts++;
        return conflict;
      }
      long time = Math.max(readPoint + 1, clock.getAsLong());
      apply(commit, time);
      commits++;
      readPoint = time + 1;
      committed.signalAll();
      return new Committed(time);
    } finally {
      lock.unlock();
    }
  }

  private Conflict conflictOf(Commit commit) {
    if (commit.readPoint() < changesFloor
        && !(commit.readKeys().isEmpty() && commit.readRanges().isEmpty())) {
      return new Conflict(Reason.TOO_OLD, null);
    }
    for (Change since : log.tailMap(commit.readPoint(), false).values()) {
      for (Change.Entry entry : since.entries()) {
        if (commit.readKeys().stream().anyMatch(key -> Keys.compare(key, entry.key()) == 0)) {
          return new Conflict(Reason.KEY, entry.key());
        }
        if (commit.readRanges().stream().anyMatch(range -> range.contains(entry.key()))) {
          return new Conflict(Reason.RANGE, entry.key());
        }
      }
    }
    return null;
  }

  private void apply(Commit commit, long time) {
    List<Change.Entry> entries = new ArrayList<>(commit.writes().size());
    for (Write write : commit.writes()) {
      byte[] key = write.keyAt(time).clone();
      byte[] value = write.isDeletion() ? null : write.valueAt(time).clone();
      VersionKey version = new VersionKey(key, write.timeAt(time));
      if (write.isErasure()) {
        versions.remove(version);
      } else {
        versions.put(version, new Cell(value));
      }
      entries.add(new Change.Entry(key, write.timeAt(time), value));
    }
    entries.sort((a, b) -> Keys.compare(a.key(), b.key()));
    log.put(time, new Change(time, entries));
  }

  @Override
  public Subscription changes(KeyRange range, long after) {
    lock.lock();
    try {
      requireOpen();
      checkChanges(range, after);
    } finally {
      lock.unlock();
    }
    openSubscriptions.incrementAndGet();
    return new MemorySubscription(this, range, after);
  }

  @Override
  public void prune(KeyRange range, long floor) {
    requireNotAhead(floor);
    lock.lock();
    try {
      requireOpen();
      floors = floors.raised(range, floor);
      removeGarbage(range, _ -> floor);
      if (range.contains(KeyRange.all())) {
        forgetChanges(floor);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void prune(long horizon, ToLongFunction<byte[]> floorOf) {
    requireNotAhead(horizon);
    lock.lock();
    try {
      requireOpen();
      removeGarbage(KeyRange.all(), key -> Math.min(horizon, floorOf.applyAsLong(key)));
      forgetChanges(horizon);
    } finally {
      lock.unlock();
    }
  }

  private void removeGarbage(KeyRange range, ToLongFunction<byte[]> floorOf) {
    byte[] key = null;
    long floor = 0;
    boolean covered = false; // a version at or before the floor was met: older ones go
    for (Map.Entry<VersionKey, Cell> version :
        versions.tailMap(VersionKey.newest(range.from()), true).entrySet()) {
      VersionKey at = version.getKey();
      if (!range.isBeforeEnd(at.key())) {
        break;
      }
      if (key == null || !at.hasKey(key)) {
        key = at.key();
        floor = floorOf.applyAsLong(key);
        covered = false;
      }
      if (at.time() <= floor) {
        if (covered || version.getValue().value() == null) {
          versions.remove(at);
        }
        covered = true;
      }
    }
  }

  @Override
  public void forgetChanges(long floor) {
    requireNotAhead(floor);
    lock.lock();
    try {
      requireOpen();
      changesFloor = Math.max(changesFloor, floor);
      log.headMap(floor, true).clear();
    } finally {
      lock.unlock();
    }
  }

  private void checkChanges(KeyRange range, long after) {
    floors.check(range, after);
    if (after < changesFloor) {
      throw new StorageException.Pruned(changesFloor);
    }
  }

  @Override
  public long checkpoint(Path directory) {
    throw new UnsupportedOperationException("a store in memory has nothing to copy");
  }

  @Override
  public StoreStats stats() {
    lock.lock();
    try {
      return new StoreStats(
          commits,
          commits,
          conflicts,
          0,
          openReaders.get(),
          openSubscriptions.get(),
          log.size(),
          0,
          0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  PruneFloors floors() {
    return floors;
  }

  void requireOpen() {
    if (closed) {
      throw new StorageException.Closed("the store is closed");
    }
  }

  void readerClosed() {
    openReaders.decrementAndGet();
  }

  void subscriptionClosed() {
    openSubscriptions.decrementAndGet();
    lock.lock();
    try {
      committed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next commit after {@code position} for a subscriber; waits up to {@code nanos} when there
   * is none.
   */
  Change await(MemorySubscription subscriber, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed && !subscriber.isClosed()) {
        checkChanges(subscriber.range(), subscriber.position());
        Change change = subscriber.advance(log, readPoint());
        if (change != null || left <= 0) {
          return change;
        }
        left = committed.awaitNanos(left);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWritable() {
    return !closed;
  }

  boolean isClosed() {
    return closed;
  }

  private void requireNotAhead(long time) {
    if (time > readPoint()) {
      throw new IllegalArgumentException("the time " + time + " lies after the read point");
    }
  }
}
