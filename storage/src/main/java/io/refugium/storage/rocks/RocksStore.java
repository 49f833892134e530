package io.refugium.storage.rocks;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.StoreStats;
import io.refugium.storage.Subscription;
import io.refugium.storage.Write;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A durable store in a directory of this machine; puts the parts of the engine together.
 * Thread-safe.
 */
public final class RocksStore implements Store {
  private static final Logger LOG = LoggerFactory.getLogger(RocksStore.class);
  private static final Duration READER_PATIENCE = Duration.ofSeconds(10);

  private final DataDirectory directory;
  private final Engine engine;
  private final HotVersions hot;
  private final HotRuns runs = new HotRuns(Runtime.getRuntime().maxMemory());
  private final UseCount uses = new UseCount();
  private final CommitClock clock;
  private final Pruner pruner;
  private final ChangeFeed feed;
  private final Committer committer;
  private final Backups backups;

  private RocksStore(DataDirectory directory, Engine engine, RocksSettings settings) {
    this.directory = directory;
    this.engine = engine;
    CommitLog log = new CommitLog(engine);
    FloorRecords records = new FloorRecords(engine);
    this.clock = resume(settings, log, records);
    this.hot = new HotVersions(clock.lastCommit());
    this.pruner = new Pruner(engine, log, clock, records, uses);
    this.feed = new ChangeFeed(log, clock, uses, pruner);
    this.committer = new Committer(engine, log, clock, hot, runs, feed, settings.durability());
    this.backups = new Backups(this, directory);
  }

  /**
   * Goes on where the store was closed. After a crash the last commit is known, but not the read
   * points handed out after it while nothing was written; they are only repeated if the clock has
   * stepped back, too.
   */
  private CommitClock resume(RocksSettings settings, CommitLog log, FloorRecords records) {
    long lastCommit = log.lastTime();
    long floor = records.loadFloors().floorWithin(KeyRange.all());
    long closedAt = engine.loadReadPoint();
    return new CommitClock(
        settings.clock(), lastCommit, Math.max(lastCommit + 1, Math.max(floor, closedAt)));
  }

  /**
   * Opens the store in {@code path}, or makes one if the directory is empty or does not exist.
   *
   * @throws StorageException.Locked when it is open elsewhere
   * @throws StorageException.Unsuitable when the directory holds something else
   * @throws StorageException.Corrupt when files are damaged or missing
   * @throws StorageException.Full when the device is full
   * @throws StorageException.Io when the files cannot be used for another reason
   */
  public static RocksStore open(Path path, RocksSettings settings) {
    DataDirectory directory = DataDirectory.open(path);
    try {
      NativeLibrary.load(directory.nativeCode());
      Engine engine = Engine.open(directory.rocks(), !directory.holdsStore(), settings);
      try {
        if (!directory.holdsStore()) {
          directory.markComplete();
        }
        RocksStore store = new RocksStore(directory, engine, settings);
        store.backups.removeUnfinished();
        return store;
      } catch (RuntimeException e) {
        engine.close();
        throw e;
      }
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  @Override
  public long readPoint() {
    return clock.readPoint();
  }

  @Override
  public Reader reader(long at) {
    if (at > clock.lastReadPoint() && at > clock.readPoint()) {
      throw new IllegalArgumentException("the time " + at + " lies after the read point");
    }
    uses.enter();
    return new RocksReader(engine, hot, runs, uses, pruner::floors, at);
  }

  @Override
  public CommitResult commit(Commit commit) {
    if (commit.writes().isEmpty()) {
      return new CommitResult.Committed(commit.readPoint());
    }
    for (Write write : commit.writes()) {
      if (write.editsHistory()) {
        pruner.floors().check(write.key(), write.timeAt(0));
      }
    }
    return committer.commit(commit);
  }

  @Override
  public Subscription changes(KeyRange range, long after) {
    if (uses.isClosed()) {
      throw new StorageException.Closed("the store is closed");
    }
    return feed.subscribe(range, after);
  }

  @Override
  public void prune(KeyRange range, long floor) {
    if (floor > clock.readPoint()) {
      throw new IllegalArgumentException("the floor " + floor + " lies after the read point");
    }
    uses.enter();
    try {
      pruner.prune(range, floor);
    } finally {
      uses.exit();
    }
  }

  @Override
  public void prune(long horizon, ToLongFunction<byte[]> floors) {
    if (horizon > clock.readPoint()) {
      throw new IllegalArgumentException("the horizon " + horizon + " lies after the read point");
    }
    uses.enter();
    try {
      pruner.prune(horizon, floors);
    } finally {
      uses.exit();
    }
  }

  @Override
  public void forgetChanges(long floor) {
    if (floor > clock.readPoint()) {
      throw new IllegalArgumentException("the floor " + floor + " lies after the read point");
    }
    uses.enter();
    try {
      pruner.forgetChanges(floor);
    } finally {
      uses.exit();
    }
  }

  @Override
  public long checkpoint(Path copy) {
    uses.enter();
    try {
      Files.createDirectory(copy, DataDirectory.ownerOnly(copy));
      Path files = DataDirectory.rocksIn(copy);
      engine.checkpoint(files);
      long last = lastCommitIn(files);
      DataDirectory.writeFormat(copy);
      return last;
    } catch (FileAlreadyExistsException e) {
      throw new StorageException.Io("cannot write the copy: " + copy + " exists already", e);
    } catch (IOException e) {
      throw RocksErrors.translate("cannot write the copy to " + copy, e);
    } finally {
      uses.exit();
    }
  }

  /** Opening the copy is its proof, too. */
  private static long lastCommitIn(Path files) {
    try (Engine copied = Engine.openReadOnly(files, RocksSettings.defaults())) {
      return new CommitLog(copied).lastTime();
    }
  }

  /** The backups of this store. */
  public Backups backups() {
    return backups;
  }

  @Override
  public boolean isWritable() {
    return committer.isAccepting();
  }

  @Override
  public StoreStats stats() {
    uses.enter();
    try {
      return new StoreStats(
          committer.commits(),
          committer.groups(),
          committer.conflicts(),
          committer.waiting(),
          uses.users() - 1, // without this very call
          feed.subscriptions(),
          committer.remembered(),
          engine.diskBytes(),
          engine.memoryBytes());
    } finally {
      uses.exit();
    }
  }

  @Override
  public void close() {
    if (!uses.close()) {
      return;
    }
    committer.close();
    feed.close();
    if (!uses.awaitUnused(READER_PATIENCE)) {
      // Releasing native memory under a reader would crash the process; leaking it does not.
      LOG.error("{} readers were not closed; the store in {} stays open", uses.users(), directory);
      return;
    }
    try {
      engine.saveReadPoint(clock.readPoint());
      engine.flush();
    } catch (StorageException e) {
      LOG.warn("the next start of the store in {} will take longer: {}", directory, e.getMessage());
    }
    engine.close();
    directory.close();
  }
}
