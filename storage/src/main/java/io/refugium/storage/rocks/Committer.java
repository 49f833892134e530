package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.Durability;
import io.refugium.storage.Keys;
import io.refugium.storage.StorageException;
import io.refugium.storage.Write;
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
      Engine engine, CommitLog log, CommitClock clock, ChangeFeed feed, Durability durability) {
    this.engine = engine;
    this.log = log;
    this.clock = clock;
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
    Group round = new Group(group.size());
    try {
      batch.clear();
      long time = clock.begin();
      for (PendingCommit pending : group) {
        Conflict conflict = recent.conflictOf(pending.commit());
        if (conflict != null) {
          round.outcomes.add(conflict);
        } else {
          round.changes.add(append(batch, pending, time));
          round.outcomes.add(new Committed(time));
          time++;
        }
      }
      publish(round, batch);
    } catch (RocksDBException e) {
      fail(group, RocksErrors.translate("cannot write commits", e));
      return false;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("the committer failed", e);
      fail(group, new StorageException.Io("the committer failed: " + e, e));
      return false;
    }
    answer(group, round);
    return true;
  }

  /**
   * What becomes of a group: an outcome for each transaction, a change for each that is committed.
   */
  private static final class Group {
    final List<CommitResult> outcomes;
    final List<Change> changes;

    Group(int size) {
      outcomes = new ArrayList<>(size);
      changes = new ArrayList<>(size);
    }
  }

  private Change append(WriteBatch batch, PendingCommit pending, long time)
      throws RocksDBException {
    List<Write> writes = pending.commit().writes();
    List<Change.Entry> entries = new ArrayList<>(writes.size());
    List<byte[]> keys = new ArrayList<>(writes.size());
    boolean stamped = false;
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      byte[] key = write.keyAt(time);
      byte[] value = write.isDeletion() ? null : write.valueAt(time);
      byte[] physical = pending.physicalKey(i, key, time, write.isDeletion());
      batch.put(engine.versions(), physical, value == null ? NOTHING : value);
      entries.add(new Change.Entry(key, value));
      keys.add(key);
      stamped |= write.hasStampedKey();
    }
    if (stamped) {
      entries.sort((a, b) -> Keys.compare(a.key(), b.key()));
    }
    log.append(batch, time, entries);
    recent.add(time, keys);
    return new Change(time, entries);
  }

  private static final byte[] NOTHING = new byte[0];

  private void publish(Group round, WriteBatch batch) throws RocksDBException {
    if (round.changes.isEmpty()) {
      clock.abandon();
      return;
    }
    engine.write(batch, sync);
    clock.publish(round.changes.getLast().time());
    remembered = recent.size();
    groups.increment();
    commits.add(round.changes.size());
  }

  private void answer(List<PendingCommit> group, Group round) {
    conflicts.add(group.size() - round.changes.size());
    for (int i = 0; i < group.size(); i++) {
      group.get(i).complete(round.outcomes.get(i));
    }
    if (!round.changes.isEmpty()) {
      feed.publish(round.changes);
    }
  }

  /** The read point stays where it is: what was written after it may or may not be there. */
  private void fail(List<PendingCommit> group, StorageException reason) {
    LOG.error("no more commits until the store is opened again: {}", reason.getMessage());
    queue.refuse(reason);
    group.forEach(pending -> pending.fail(reason));
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
