package io.refugium.database;

import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.refusal.WritesUnavailable;
import io.refugium.database.view.Snapshot;
import io.refugium.model.IdGenerator;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import java.security.SecureRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * The engine: every database of one store. Knows nothing of principals and languages; whoever calls
 * it has decided that the caller may. Thread-safe.
 *
 * <p>Invariant: what a transaction returned as committed, it computed from exactly the state that
 * its commit time follows.
 */
public final class Database implements AutoCloseable {
  /** The longest pause between attempts, in nanoseconds; grows with the attempts. */
  private static final long LONGEST_PAUSE = 8_000_000;

  /**
   * How long a transaction queues for a key, in nanoseconds; then it goes on without a turn: the
   * one that has it may take long.
   */
  private static final long LONGEST_QUEUEING = 250_000_000;

  /**
   * How often a client's last seen time is compared with the clock while waiting for it, in
   * nanoseconds.
   */
  private static final long CLOCK_PAUSE = 500_000;

  private final Store store;
  private final Hooks hooks;
  private final IdGenerator ids;
  private final Catalogs catalogs = new Catalogs();
  private final FairShare fairShare = new FairShare(Runtime.getRuntime().availableProcessors());
  private final Contention contention = new Contention();
  private final Maintenance maintenance;
  private final LongAdder begun = new LongAdder();

  private Database(Store store, Hooks hooks) {
    this.store = store;
    this.hooks = hooks;
    this.ids =
        new IdGenerator(
            System::currentTimeMillis,
            new SecureRandom().nextInt(IdGenerator.INSTANCES),
            store.readPoint());
    this.maintenance = new Maintenance(this, store);
  }

  /**
   * Opens the databases in a store and resumes what was being done in the background. The store is
   * closed with the engine.
   */
  public static Database open(Store store, Hooks hooks) {
    Database database = new Database(store, hooks);
    database.maintenance.start();
    return database;
  }

  /**
   * What a transaction does; runs again from the start, on a new snapshot, when it lost against
   * another.
   */
  @FunctionalInterface
  public interface Body<T> {
    T run(Transaction transaction);
  }

  /** Runs a transaction: see {@link #execute(TransactionOptions, Metrics, Body)}. */
  public <T> TransactionResult<T> execute(TransactionOptions options, Body<T> body) {
    return execute(options, new Metrics(), body);
  }

  /**
   * Runs a transaction and commits what it wrote. A body that only reads never commits.
   *
   * @param metrics counts what is consumed, also when the transaction fails
   * @throws DatabaseException.Contended when it lost on every attempt
   * @throws MustWait when the options do not allow it to wait, and it would have to; nothing has
   *     been written
   * @throws DatabaseException.DeadlineExceeded when its time was up before the commit began, or
   *     after an attempt that lost and was not the last; nothing has been written
   * @throws WritesUnavailable when it has written and the store does not take it
   */
  public <T> TransactionResult<T> execute(
      TransactionOptions options, Metrics metrics, Body<T> body) {
    CommitResult.Conflict conflict = null;
    Contention.Turn turn = null;
    try {
      int attempt = 1;
      while (attempt <= options.attempts()) {
        boolean newcomer = conflict == null;
        if (!newcomer) {
          turn = awaitTurn(conflict, turn, attempt, options, metrics);
        }
        Attempt<T> made = attempt(options, metrics, attempt, newcomer, body);
        if (made.result != null) {
          return made.result;
        }
        conflict = made.conflict;
        attempt += made.tried ? 1 : 0;
      }
    } finally {
      if (turn != null) {
        turn.close();
      }
    }
    throw contended(conflict, options.attempts());
  }

  /**
   * How an attempt ended: with a result, or with what it lost against.
   *
   * @param tried false when it did not try to commit but goes and lines up; that does not count
   */
  private record Attempt<T>(
      TransactionResult<T> result, CommitResult.Conflict conflict, boolean tried) {
    static <T> Attempt<T> done(TransactionResult<T> result) {
      return new Attempt<>(result, null, true);
    }
  }

  private <T> Attempt<T> attempt(
      TransactionOptions options, Metrics metrics, int attempt, boolean newcomer, Body<T> body) {
    Transaction transaction = begin(options, metrics, attempt);
    try {
      T value = body.run(transaction);
      transaction.finish();
      if (!transaction.hasWrites()) {
        long time = transaction.snapshotTime();
        return Attempt.done(new TransactionResult<>(value, time, false, attempt, metrics));
      }
      options.requireWaiting();
      transaction.checkDeadline();
      Commit commit = transaction.prepare();
      byte[] contended = newcomer ? contention.lineFor(commit, System.nanoTime()) : null;
      if (contended != null) {
        var ahead = new CommitResult.Conflict(CommitResult.Reason.KEY, contended);
        return new Attempt<>(null, ahead, false);
      }
      transaction.pauseComputing();
      return switch (commit(commit)) {
        case CommitResult.Committed(long time) -> {
          if (transaction.startedBuilds()) {
            maintenance.wake();
          }
          yield Attempt.done(new TransactionResult<>(value, time, true, attempt, metrics));
        }
        case CommitResult.Conflict lost -> new Attempt<>(null, lost, true);
      };
    } finally {
      transaction.close();
    }
  }

  private CommitResult commit(Commit commit) {
    try {
      return store.commit(commit);
    } catch (StorageException.Full
        | StorageException.Io
        | StorageException.Closed
        | StorageException.Busy _) {
      throw new WritesUnavailable();
    }
  }

  /**
   * Waits until another attempt has a chance. Who lost because of one key queues for it and keeps
   * the turn until the end; who has the turn already lost to somebody who never had to wait, and
   * goes on at once.
   *
   * @return the turn held from now on, or null
   */
  private Contention.Turn awaitTurn(
      CommitResult.Conflict lost,
      Contention.Turn held,
      int attempt,
      TransactionOptions options,
      Metrics metrics) {
    long now = System.nanoTime();
    if (options.isOver(now)) {
      throw new DatabaseException.DeadlineExceeded();
    }
    metrics.nextAttempt();
    if (lost.reason() != CommitResult.Reason.KEY) {
      pause(attempt);
      return held;
    }
    // All that a change of the schema has overtaken may run again together.
    boolean schema = Keyspace.isSchemaVersion(lost.key());
    if (schema || (held != null && held.isFor(lost.key()))) {
      return held;
    }
    if (held != null) {
      held.close();
    }
    return contention.await(lost.key(), Math.min(options.deadline() - now, LONGEST_QUEUEING));
  }

  /**
   * Runs a body that only reads, at a past snapshot: everything is as it was then, schema and times
   * to live included. What streams judge an old event by.
   *
   * @param snapshot microseconds since the epoch, not after {@link #now}
   * @throws DatabaseException.ReadOnly when the body writes
   */
  public <T> T readAt(long snapshot, TransactionOptions options, Metrics metrics, Body<T> body) {
    Transaction transaction =
        new Transaction(this, new Snapshot(store, snapshot), metrics, options, 1);
    try {
      transaction.makeReadOnly();
      return body.run(transaction);
    } catch (StorageException.Pruned gone) {
      throw new DatabaseException.ChangesForgotten();
    } finally {
      transaction.close();
    }
  }

  private Transaction begin(TransactionOptions options, Metrics metrics, int attempt) {
    long readPoint = store.readPoint();
    while (readPoint < options.minimumSnapshot()) {
      options.requireWaiting();
      if (options.isOver(System.nanoTime())) {
        throw new DatabaseException.DeadlineExceeded();
      }
      LockSupport.parkNanos(CLOCK_PAUSE);
      readPoint = store.readPoint();
    }
    begun.increment();
    return new Transaction(this, new Snapshot(store, readPoint), metrics, options, attempt);
  }

  /** How many attempts of transactions have begun, those of maintenance included. */
  long begun() {
    return begun.sum();
  }

  private static void pause(int attempt) {
    LockSupport.parkNanos(
        ThreadLocalRandom.current().nextLong(LONGEST_PAUSE * attempt / Limits.MAX_ATTEMPTS));
  }

  private static DatabaseException.Contended contended(
      CommitResult.Conflict conflict, int attempts) {
    byte[] key = conflict.key();
    boolean isDocument =
        key != null && Keyspace.isDocument(key) && conflict.reason() == CommitResult.Reason.KEY;
    Ref document = isDocument ? Keyspace.documentRef(key) : null;
    boolean schema = isDocument && document.collection() == SystemCollections.SCHEMA_SOURCE;
    return new DatabaseException.Contended(document, schema, attempts);
  }

  /** The newest time at which everything is final, in microseconds. */
  public long now() {
    return store.readPoint();
  }

  /**
   * The changes of documents of one collection that commit after a time, for streams; as far back
   * as the collection keeps history. To be closed by whoever asks.
   *
   * @param after microseconds since the epoch, exclusive
   * @throws DatabaseException.TooLarge when there is too much to catch up with
   */
  public DocumentChanges changes(long scope, int collection, long after) {
    return DocumentChanges.open(store, Keyspace.documents(scope, collection), after);
  }

  /** The same for all documents of a database. */
  public DocumentChanges changes(long scope, long after) {
    return DocumentChanges.open(store, Keyspace.documents(scope), after);
  }

  /** The same for all documents of all databases. */
  public DocumentChanges changes(long after) {
    return DocumentChanges.open(store, Keyspace.documents(), after);
  }

  Hooks hooks() {
    return hooks;
  }

  FairShare fairShare() {
    return fairShare;
  }

  Catalogs catalogs() {
    return catalogs;
  }

  long newId() {
    return ids.next();
  }

  /** Waits until nothing is left to be built; for tests and tools. */
  void awaitBuilds() {
    maintenance.awaitIdle();
  }

  /**
   * Removes what nobody can reach or read any more: abandoned ranges, and versions before the
   * retained history.
   */
  public void prune() {
    maintenance.prune();
  }

  /** The same as if no transaction had begun before a time; for tests. */
  void prune(long before) {
    maintenance.prune(before);
  }

  @Override
  public void close() {
    maintenance.close();
    store.close();
  }
}
