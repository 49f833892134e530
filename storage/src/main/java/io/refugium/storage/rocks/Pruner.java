package io.refugium.storage.rocks;

import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.Pace;
import io.refugium.storage.PruneFloors;
import io.refugium.storage.StorageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Removes versions that no reader can ask for. RocksDB could do so while compacting, but a
 * compaction filter cannot be written in Java (only native ones can be plugged in), so this is a
 * pass of its own. It does not scan the data: a version becomes garbage because a later one was
 * written, and the commit log says where that happened. A pass costs as much as was written between
 * the old floor and the new one. Only if the log has been truncated since the old floor, the range
 * is scanned instead.
 *
 * <p>Invariant: the floor is durable and in force before the first version goes, and of every key
 * the newest version at or before the floor stays, unless it is a deletion, which says no more than
 * its absence.
 *
 * <p>A pass that was cut short is on record, and finished before the next.
 */
final class Pruner {
  /** Keys looked at between two writes: some ten milliseconds of work. */
  private static final int KEYS_PER_STEP = 500;

  private final Engine engine;
  private final CommitLog log;
  private final CommitClock clock;
  private final FloorRecords records;
  private final UseCount uses;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile PruneFloors floors;
  private volatile long changesFloor; // the log is complete after this time

  Pruner(Engine engine, CommitLog log, CommitClock clock, FloorRecords records, UseCount uses) {
    this.engine = engine;
    this.log = log;
    this.clock = clock;
    this.records = records;
    this.uses = uses;
    this.floors = records.loadFloors();
    this.changesFloor = records.loadChangesFloor();
  }

  PruneFloors floors() {
    return floors;
  }

  /**
   * Refuses a subscription to {@code range} that has seen everything up to {@code after}.
   *
   * @throws StorageException.Pruned when commits it has not seen may be forgotten
   */
  void checkChanges(KeyRange range, long after) {
    floors.check(range, after);
    if (after < changesFloor) {
      throw new StorageException.Pruned(changesFloor);
    }
  }

  /** See {@link io.refugium.storage.Store#prune(KeyRange, long)}. */
  void prune(KeyRange range, long floor) {
    lock.lock();
    try {
      finishPending();
      long start = floors.coveringFloor(range);
      if (floor > start) {
        FloorRecords.Pass pass = new FloorRecords.Pass(range, start, floor);
        PruneFloors raised = floors.raised(range, floor);
        records.begin(raised, pass);
        floors = raised;
        run(pass);
      }
      if (range.contains(KeyRange.all())) {
        truncate(floor);
      }
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot prune", e);
    } finally {
      lock.unlock();
    }
  }

  /** See {@link io.refugium.storage.Store#prune(long, ToLongFunction)}. */
  void prune(long horizon, ToLongFunction<byte[]> floorOf) {
    lock.lock();
    try {
      finishPending();
      long done = changesFloor;
      while (done < horizon) {
        done =
            step(KeyRange.all(), done, horizon, key -> Math.min(horizon, floorOf.applyAsLong(key)));
      }
      truncate(horizon);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot prune", e);
    } finally {
      lock.unlock();
    }
  }

  /** See {@link io.refugium.storage.Store#forgetChanges}. */
  void forgetChanges(long floor) {
    lock.lock();
    try {
      finishPending(); // it may need the log
      truncate(floor);
    } catch (RocksDBException e) {
      throw RocksErrors.translate("cannot prune", e);
    } finally {
      lock.unlock();
    }
  }

  private void truncate(long floor) throws RocksDBException {
    if (floor <= changesFloor) {
      return;
    }
    changesFloor = floor;
    try (WriteBatch batch = new WriteBatch()) {
      records.putChangesFloor(batch, floor);
      log.truncate(batch, floor, clock.lastCommit());
      engine.write(batch, false);
    }
  }

  private void finishPending() throws RocksDBException {
    FloorRecords.Pass pending = records.loadPass();
    if (pending != null) {
      run(pending);
    }
  }

  private void run(FloorRecords.Pass pass) throws RocksDBException {
    if (pass.start() >= changesFloor) {
      long done = pass.start();
      while (done < pass.floor()) {
        done = step(pass.range(), done, pass.floor(), _ -> pass.floor());
      }
    } else {
      scan(pass);
    }
    try (WriteBatch batch = new WriteBatch()) {
      records.end(batch);
      engine.write(batch, false);
    }
  }

  /**
   * Prunes the keys of a range written after {@code after} and up to {@code end}, as many as make a
   * step; returns how far it came.
   */
  private long step(KeyRange range, long after, long end, ToLongFunction<byte[]> floorOf)
      throws RocksDBException {
    NavigableSet<byte[]> keys = new TreeSet<>(Keys.ORDER);
    long[] reached = {end};
    log.visit(
        after,
        end,
        (time, record) -> {
          CommitLog.written(record, time, range).forEach(written -> keys.add(written.key()));
          if (keys.size() < KEYS_PER_STEP) {
            return true;
          }
          reached[0] = time;
          return false;
        });
    removeGarbage(keys, floorOf);
    return reached[0];
  }

  /** Prunes a range the slow way, for want of a log that goes back far enough. */
  private void scan(FloorRecords.Pass pass) throws RocksDBException {
    KeyRange range = pass.range();
    byte[] end = range.to() == null ? null : PhysicalKey.stem(range.to());
    NavigableSet<byte[]> keys = new TreeSet<>(Keys.ORDER);
    try (VersionIterator iterator = new VersionIterator(engine.iterator(engine.versions()))) {
      boolean valid = !range.isEmpty() && iterator.seek(PhysicalKey.stem(range.from()));
      byte[] stem = new byte[0]; // of the version before
      while (valid && (end == null || iterator.compareTo(end) < 0)) {
        boolean older = iterator.hasStem(stem, stem.length);
        if (older || iterator.isDeletion()) {
          keys.add(iterator.key());
        }
        if (!older) {
          stem = Arrays.copyOf(iterator.physical(), iterator.stemLength());
        }
        if (keys.size() >= KEYS_PER_STEP) {
          removeGarbage(keys, _ -> pass.floor());
          keys.clear();
        }
        valid = iterator.next();
      }
    }
    removeGarbage(keys, _ -> pass.floor());
  }

  private void removeGarbage(NavigableSet<byte[]> keys, ToLongFunction<byte[]> floorOf)
      throws RocksDBException {
    uses.requireOpen(); // a pass must not keep the store from closing
    long start = System.nanoTime();
    try (VersionIterator iterator = new VersionIterator(engine.iterator(engine.versions()));
        WriteBatch batch = new WriteBatch()) {
      for (byte[] key : keys) {
        for (byte[] garbage : garbageOf(key, floorOf.applyAsLong(key), iterator)) {
          batch.delete(engine.versions(), garbage);
        }
      }
      if (batch.count() > 0) {
        engine.write(batch, false);
      }
    }
    if (keys.size() >= KEYS_PER_STEP) {
      Pace.restAfter(start);
    }
  }

  /**
   * The physical keys of the versions of {@code key} that nobody at or after {@code floor} can see.
   */
  private static List<byte[]> garbageOf(byte[] key, long floor, VersionIterator iterator) {
    byte[] target = PhysicalKey.seekTarget(key, floor);
    int stemLength = target.length - PhysicalKey.SUFFIX_BYTES;
    List<byte[]> garbage = new ArrayList<>();
    boolean newest = true;
    for (boolean valid = iterator.seek(target);
        valid && iterator.hasStem(target, stemLength);
        valid = iterator.next()) {
      if (!newest || iterator.isDeletion()) {
        garbage.add(Arrays.copyOf(iterator.physical(), iterator.length()));
      }
      newest = false;
    }
    return garbage;
  }
}
