package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionState;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Status;
import io.refugium.database.document.Document;
import io.refugium.database.keys.Garbage;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.refusal.WritesUnavailable;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.Pace;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.VersionCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done in the background, on one thread: building indexes over many documents, batch by
 * batch, each batch a transaction that conflicts with nobody but writers of the same documents, and
 * then goes again; and removing what nobody can reach.
 *
 * <p>The store knows which builds are under way and how far they have come, so a restart resumes
 * them.
 */
final class Maintenance {
  private static final Logger LOG = LoggerFactory.getLogger(Maintenance.class);

  /** Garbage and old versions are looked for this often: little at a time. */
  private static final long PRUNE_INTERVAL_SECONDS = 60;

  /** A transaction may be reading what was abandoned for at most this long, in microseconds. */
  private static final long LONGEST_TRANSACTION = TimeUnit.MINUTES.toMicros(15);

  /**
   * How often collections that keep their history for some days are scanned for older versions, in
   * microseconds.
   */
  private static final long SWEEP_INTERVAL = TimeUnit.DAYS.toMicros(1);

  private static final int GARBAGE_BATCH = 1_000;
  private static final int EXPIRY_BATCH = 200;

  /** Bytes of entries after which a batch of a build ends, whatever the number of documents. */
  private static final long BUILD_BATCH_BYTES = Limits.TRANSACTION_BYTES / 8;

  /** Nanoseconds after which one ends: what an index computes of a document may take its time. */
  private static final long BUILD_BATCH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final long BATCH_NANOS = TimeUnit.MINUTES.toNanos(2);

  private final Database database;
  private final Store store;

  /** When collections were last scanned; touched by one thread at a time. */
  private volatile long lastSweep;

  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("refugium-maintenance").daemon().factory());

  Maintenance(Database database, Store store) {
    this.database = database;
    this.store = store;
  }

  void start() {
    worker.execute(this::build);
    worker.scheduleWithFixedDelay(
        this::pruneQuietly, PRUNE_INTERVAL_SECONDS, PRUNE_INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  /** There is an index to build. */
  void wake() {
    worker.execute(this::build);
  }

  void awaitIdle() {
    try {
      worker.submit(() -> {}).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  void close() {
    worker.shutdownNow();
    boolean interrupted = false;
    while (!worker.isTerminated()) {
      try {
        worker.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosed() {
    return worker.isShutdown();
  }

  private void build() {
    try {
      buildAll();
    } catch (DatabaseException | WritesUnavailable | StorageException e) {
      LOG.warn("An index build was interrupted and will be resumed", e);
      // A store whose device has failed takes nothing until the next start, which resumes it.
      if (!isClosed() && store.isWritable()) {
        worker.schedule(this::build, 1, TimeUnit.SECONDS);
      }
    }
  }

  private <T> T execute(Database.Body<T> body) {
    TransactionOptions options =
        new TransactionOptions(Limits.MAX_ATTEMPTS, System.nanoTime() + BATCH_NANOS, 0, false);
    return database
        .execute(
            options,
            transaction -> {
              transaction.skipSchemaChecks();
              return body.run(transaction);
            })
        .value();
  }

  // ---------------------------------------------------------------- builds

  private record Build(long scope, int index) {}

  private void buildAll() {
    for (Build build : execute(Maintenance::pendingBuilds)) {
      try {
        boolean more = true;
        while (more && !isClosed()) {
          long begun = database.begun();
          long start = System.nanoTime();
          more = execute(transaction -> buildBatch(transaction, build));
          boolean alone = database.begun() <= begun + 1;
          if (more && !alone) {
            Pace.restAfter(start);
          }
        }
      } catch (DatabaseException.TooLarge e) {
        LOG.warn(
            "Index {} of database {} cannot be built: {}",
            build.index(),
            build.scope(),
            e.getMessage());
        execute(transaction -> end(transaction, build, Status.FAILED));
      }
    }
  }

  private static List<Build> pendingBuilds(Transaction transaction) {
    List<Build> builds = new ArrayList<>();
    try (RangeScan scan =
        transaction.view().scanCommitted(Keyspace.builds(), Transaction.NOW, Direction.ASCENDING)) {
      while (scan.next()) {
        builds.add(new Build(Keyspace.buildScope(scan.key()), Keyspace.buildIndex(scan.key())));
      }
    }
    return builds;
  }

  /**
   * Handles the next documents of a build; false when there are none left and the index is active.
   */
  private static boolean buildBatch(Transaction transaction, Build build) {
    View view = transaction.view();
    byte[] key = Keyspace.build(build.scope(), build.index());
    byte[] progress = view.value(key);
    Catalog catalog = progress == null ? null : catalogWith(transaction, build);
    if (catalog == null) {
      view.writes.delete(key);
      return false;
    }
    IndexDef index = catalog.index(build.index());
    byte[] reached = progress;
    int handled = 0;
    long start = System.nanoTime();
    for (int collection : IndexBuild.collections(catalog, index)) {
      KeyRange all = Keyspace.documents(build.scope(), collection);
      byte[] from = Keys.compare(reached, all.from()) > 0 ? reached : all.from();
      for (byte[] document :
          documents(view, KeyRange.of(from, all.to()), Limits.BUILD_BATCH_DOCUMENTS - handled)) {
        view.reads.add(document);
        transaction.build().addHistory(catalog, index, Keyspace.documentRef(document));
        reached = Keys.successor(document);
        handled++;
        if (handled == Limits.BUILD_BATCH_DOCUMENTS
            || view.writes.bytes() > BUILD_BATCH_BYTES
            || System.nanoTime() - start > BUILD_BATCH_NANOS) {
          view.writes.put(key, reached);
          return true;
        }
      }
    }
    return end(transaction, build, Status.ACTIVE);
  }

  /** The schema that has an index, in force or staged; null when there is none any more. */
  private static Catalog catalogWith(Transaction transaction, Build build) {
    if (transaction.database(build.scope()) == null) {
      return null;
    }
    Catalog active = transaction.catalog(build.scope());
    Catalog known =
        active.index(build.index()) == null ? transaction.latestCatalog(build.scope()) : active;
    return known.index(build.index()) == null ? null : known;
  }

  /** The keys of the first documents of a range, dead ones included. */
  private static List<byte[]> documents(View view, KeyRange range, int limit) {
    List<byte[]> keys = new ArrayList<>();
    try (VersionCursor versions = view.snapshot.versions(range, 0, Long.MAX_VALUE)) {
      while (keys.size() < limit && versions.next()) {
        byte[] key = versions.key();
        if (keys.isEmpty() || Keys.compare(keys.getLast(), key) != 0) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  /** Ends a build; returns that nothing is left to do. */
  private static boolean end(Transaction transaction, Build build, Status status) {
    transaction.view().writes.delete(Keyspace.build(build.scope(), build.index()));
    Catalog catalog = catalogWith(transaction, build);
    if (catalog == null) {
      return false;
    }
    IndexDef index = catalog.index(build.index());
    if (index.document() == null) {
      endBacking(transaction, index, status);
    } else if (status == Status.ACTIVE) {
      Ref ref = index.document().ref();
      transaction.put(ref, transaction.peek(ref).fields().with("active", BooleanValue.TRUE));
    }
    return false;
  }

  private static void endBacking(Transaction transaction, IndexDef index, Status status) {
    int collection = index.sources().getFirst().collections().iterator().next();
    Ref ref = new Ref(index.scope(), SystemCollections.COLLECTION, collection);
    byte[] key = Keyspace.collection(index.scope(), collection);
    CollectionState state = CollectionState.decode(transaction.view().value(key));
    transaction.view().writes.put(key, null, state.withStatus(index.id(), status).write(key));
    Document document = transaction.peek(ref);
    if (document == null) {
      transaction.touchSchema(index.scope()); // staged to be deleted
    } else {
      transaction.put(ref, document.fields());
    }
  }

  // ---------------------------------------------------------------- removal

  private void pruneQuietly() {
    if (!store.isWritable()) {
      return; // until the next start
    }
    try {
      prune();
    } catch (DatabaseException | WritesUnavailable | StorageException e) {
      LOG.warn("Old data could not be removed and will be tried again", e);
    }
  }

  void prune() {
    prune(store.readPoint() - LONGEST_TRANSACTION);
  }

  /**
   * @param before no transaction can be reading at an earlier time
   */
  void prune(long before) {
    boolean more = true;
    while (more && !isClosed()) {
      more = execute(transaction -> collectGarbage(transaction, before));
    }
    byte[][] reached = {null};
    do {
      byte[] from = reached[0];
      reached[0] =
          isClosed() ? null : execute(transaction -> eraseExpired(transaction, from, before));
    } while (reached[0] != null);
    if (isClosed() || before <= History.GRACE_MICROS) {
      return;
    }
    execute(
        transaction -> {
          Retention retention = new Retention(transaction, before);
          store.prune(before - History.GRACE_MICROS, retention::floor);
          if (before - lastSweep > SWEEP_INTERVAL) {
            lastSweep = before;
            retention.finite().forEach(store::prune);
          }
          return null;
        });
  }

  /**
   * Erases some documents that expired before a time, if no history of them is to be kept. Returns
   * where to go on, or null.
   */
  private static byte[] eraseExpired(Transaction transaction, byte[] from, long before) {
    View view = transaction.view();
    int handled = 0;
    try (RangeScan scan =
        view.scanCommitted(Keyspace.expired(from, before), Transaction.NOW, Direction.ASCENDING)) {
      while (scan.next()) {
        byte[] key = scan.key();
        if (++handled > EXPIRY_BATCH) {
          return key;
        }
        Ref ref = Keyspace.expiryRef(key);
        if (!transaction.isReachable(ref)) {
          view.writes.delete(key);
        } else if (Keyspace.expiryTime(key) < transaction.minimumValidTime(ref)) {
          transaction.erase(ref);
        }
      }
    }
    return null;
  }

  private static void deleteAbandoned(View view, byte[] key) {
    view.writes.delete(key);
    if (Keyspace.isDocument(key)
        && Keyspace.documentRef(key).collection() == SystemCollections.KEY) {
      forgetKey(view, Keyspace.documentRef(key));
    }
  }

  /** A key of the same id may have been made in another database since; that one stays. */
  private static void forgetKey(View view, Ref abandoned) {
    byte[] entry = Keyspace.keyScope(abandoned.id());
    byte[] scope = view.value(entry);
    if (scope != null && SystemEntries.number(scope) == abandoned.scope()) {
      view.writes.delete(entry);
    }
  }

  /** Deletes some of what was abandoned before a time; false when nothing is left. */
  private static boolean collectGarbage(Transaction transaction, long before) {
    View view = transaction.view();
    try (RangeScan abandoned =
        view.scanCommitted(Keyspace.garbageBefore(before), Transaction.NOW, Direction.ASCENDING)) {
      if (!abandoned.next()) {
        return false;
      }
      int deleted = 0;
      try (RangeScan range =
          view.scanCommitted(
              Garbage.decode(abandoned.value()), Transaction.NOW, Direction.ASCENDING)) {
        while (deleted < GARBAGE_BATCH && range.next()) {
          deleteAbandoned(view, range.key());
          deleted++;
        }
      }
      if (deleted < GARBAGE_BATCH) {
        view.writes.delete(abandoned.key());
      }
      return true;
    }
  }
}
