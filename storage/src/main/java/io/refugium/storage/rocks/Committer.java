package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.Durability;
import io.refugium.storage.StorageException;
import io.refugium.storage.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes commits. It takes all transactions that wait, validates them one after
 * the other (each also against those before it in the group), gives the good ones increasing times,
 * writes them as one batch with one sync, makes them visible, and only then answers. While it
 * syncs, the next group gathers.
 *
 * <p>A thread of the platform, not a virtual one: it spends its life in native calls, which would
 * pin a carrier.
 *
 * <p>Losers are answered with the winners, not before: a loser that tried again at once would read
 * the old state and lose again.
 *
 * <p>After a failed write nothing is known about what reached the device, so every later commit is
 * refused until the store is opened again; reads go on at the last good state.
 */
final class Committer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

  private final Engine engine;
  private final CommitLog log;
  private final CommitClock clock;
  private final HotVersions hot;
  private final HotRuns runs;
  private final ChangeFeed feed;
  private final RecentWrites recent;
  private final boolean sync;
  private final CommitQueue queue = new CommitQueue();
  private final LongAdder commits = new LongAdder();
  private final LongAdder groups = new LongAdder();
  private final LongAdder conflicts = new LongAdder();
  private final Thread thread;
  private volatile int remembered;

  /** Starts the thread. */
  Committer(
      Engine engine,
      CommitLog log,
      CommitClock clock,
      HotVersions hot,
      HotRuns runs,
      ChangeFeed feed,
      Durability durability) {
    this.engine = engine;
    this.log = log;
    this.clock = clock;
    this.hot = hot;
    this.runs = runs;
    this.feed = feed;
    this.recent = new RecentWrites(clock.lastCommit());
    this.sync = durability == Durability.FSYNC;
    this.thread = Thread.ofPlatform().name("refugium-committer").daemon().start(this::run);
  }

  /** Commits a transaction; blocks until the outcome is known. */
  CommitResult commit(Commit commit) {
    PendingCommit pending = new PendingCommit(commit);
    queue.add(pending);
    return pending.await();
  }

  private void run() {
    try (WriteBatch batch = new WriteBatch()) {
      while (true) {
        List<PendingCommit> group = queue.takeGroup();
        if (group.isEmpty()) {
          return;
        }
        if (!commitGroup(group, batch)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      queue.refuse(new StorageException.Closed("the committer was interrupted"));
    }
  }

  /** Commits a group; false when the store must not accept commits any more. */
  private boolean commitGroup(List<PendingCommit> group, WriteBatch batch) {
    List<Change> changes = new ArrayList<>(group.size());
    try {
      batch.clear();
      long time = clock.begin();
      for (PendingCommit pending : group) {
        if (decide(pending, time)) {
          append(batch, pending);
          changes.add(pending.change());
          time++;
        }
      }
      publish(changes, batch);
    } catch (RocksDBException e) {
      fail(group, RocksErrors.translate("cannot write commits", e));
      return false;
    } catch (RuntimeException | Error e) {
      LOG.error("the committer failed", e);
      fail(group, new StorageException.Io("the committer failed: " + e, e));
      return false;
    }
    answer(group, changes);
    return true;
  }

  /** Settles what becomes of a transaction if the group can be written; whether it is committed. */
  private boolean decide(PendingCommit pending, long time) {
    Conflict conflict = recent.conflictOf(pending.commit());
    if (conflict != null) {
      conflicts.increment();
      pending.refuse(conflict);
      return false;
    }
    return pending.resolve(time);
  }

  private void append(WriteBatch batch, PendingCommit pending) throws RocksDBException {
    Change change = pending.change();
    for (PendingCommit.Put put : pending.puts()) {
      batch.put(engine.versions(), put.physicalKey(), put.value());
    }
    for (byte[] physicalKey : pending.removals()) {
      batch.delete(engine.versions(), physicalKey);
    }
    for (Change.Entry entry : change.entries()) {
      if (entry.isDeletion() || entry.time() != change.time()) {
        hot.clear(entry.key(), change.time());
      } else {
        hot.renew(entry.key(), new Version(entry.time(), entry.value()));
      }
    }
    log.append(batch, change.time(), change.entries());
    recent.add(change.time(), change.entries());
  }

  private void publish(List<Change> changes, WriteBatch batch) throws RocksDBException {
    if (changes.isEmpty()) {
      clock.abandon();
      return;
    }
    engine.write(batch, sync);
    endRuns(changes);
    clock.publish(changes.getLast().time());
    remembered = recent.size();
    groups.increment();
    commits.add(changes.size());
  }

  /** Between the write and its publication: see {@link HotRuns}. */
  private void endRuns(List<Change> changes) {
    for (Change change : changes) {
      for (Change.Entry entry : change.entries()) {
        runs.end(entry.key());
      }
    }
  }

  private void answer(List<PendingCommit> group, List<Change> changes) {
    group.forEach(PendingCommit::answer);
    if (!changes.isEmpty()) {
      feed.publish(changes);
    }
  }

  /** The read point stays where it is: what was written after it may or may not be there. */
  private void fail(List<PendingCommit> group, StorageException reason) {
    LOG.error("no more commits until the store is opened again: {}", reason.getMessage());
    queue.refuse(reason);
    group.forEach(pending -> pending.fail(reason));
  }

  boolean isAccepting() {
    return queue.isAccepting();
  }

  long commits() {
    return commits.sum();
  }

  long groups() {
    return groups.sum();
  }

  long conflicts() {
    return conflicts.sum();
  }

  int waiting() {
    return queue.size();
  }

  int remembered() {
    return remembered;
  }

  /** Finishes the group being written and refuses the rest. */
  @Override
  public void close() {
    queue.refuse(new StorageException.Closed("the store is closed"));
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
