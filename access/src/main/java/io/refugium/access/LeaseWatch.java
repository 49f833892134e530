package io.refugium.access;

import io.refugium.database.Database;
import io.refugium.database.DocumentChanges;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the holder of a lease look again as soon as a document changes that the lease rests on, so
 * that a stream ends when its rights go and not only when it has something to tell. One thread
 * follows the changes of all databases, from the first lease on until the store is closed.
 * Thread-safe.
 */
final class LeaseWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseWatch.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Database database;
  private final Map<Ref, Set<Watch>> bySource = new ConcurrentHashMap<>();
  private final Map<Long, Set<Watch>> byScope = new ConcurrentHashMap<>();
  private DocumentChanges changes; // guarded by this

  LeaseWatch(Database database) {
    this.database = database;
  }

  /** A lease that is watched, until it is closed. */
  final class Watch implements AutoCloseable {
    private final Lease lease;
    private final Runnable check;

    private Watch(Lease lease, Runnable check) {
      this.lease = lease;
      this.check = check;
    }

    @Override
    public void close() {
      lease.sources().forEach(source -> remove(bySource, source, this));
      remove(byScope, lease.principal().scope(), this);
    }
  }

  /**
   * Watches a lease.
   *
   * @param check finds out whether it is lost; called now, because it may have been lost since it
   *     was given, and whenever it may be lost, each time on a thread of its own
   */
  Watch watch(Lease lease, Runnable check) {
    Watch watch = new Watch(lease, check);
    lease.sources().forEach(source -> add(bySource, source, watch));
    add(byScope, lease.principal().scope(), watch);
    start();
    Thread.startVirtualThread(check);
    return watch;
  }

  private static <K> void add(Map<K, Set<Watch>> watches, K key, Watch watch) {
    watches.compute(
        key,
        (_, known) -> {
          Set<Watch> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(watch);
          return all;
        });
  }

  private static <K> void remove(Map<K, Set<Watch>> watches, K key, Watch watch) {
    watches.computeIfPresent(
        key,
        (_, known) -> {
          known.remove(watch);
          return known.isEmpty() ? null : known;
        });
  }

  private synchronized void start() {
    if (changes == null) {
      changes = database.changes(database.now());
      Thread.ofVirtual().name("lease-watch").start(this::run);
    }
  }

  private void run() {
    try {
      DocumentChanges current = current();
      while (!current.isClosed()) {
        try {
          DocumentChanges.Committed commit = current.next(PATIENCE);
          if (commit != null) {
            concerned(commit).forEach(watch -> Thread.startVirtualThread(watch.check));
          }
        } catch (DatabaseException.ChangesForgotten _) {
          current = reopen();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Streams still look at their rights before each event.
      LOG.error("Changes of rights are no longer followed", e);
    }
  }

  private synchronized DocumentChanges current() {
    return changes;
  }

  /** Whoever fell so far behind does not know what has happened: everybody has to look. */
  private synchronized DocumentChanges reopen() {
    changes.close();
    changes = database.changes(database.now());
    byScope.values().forEach(all -> all.forEach(watch -> Thread.startVirtualThread(watch.check)));
    return changes;
  }

  private Set<Watch> concerned(DocumentChanges.Committed commit) {
    Set<Watch> concerned = new HashSet<>(0);
    commit.documents().forEach(document -> addConcerned(concerned, document));
    commit.edits().forEach(edit -> addConcerned(concerned, edit.document()));
    return concerned;
  }

  private void addConcerned(Set<Watch> concerned, Ref document) {
    concerned.addAll(bySource.getOrDefault(document, Set.of()));
    // A new role may have members.
    if (document.collection() == SystemCollections.ROLE) {
      concerned.addAll(byScope.getOrDefault(document.scope(), Set.of()));
    }
  }
}
