package io.refugium.database;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.storage.Change;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.Subscription;
import io.refugium.storage.VersionCursor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;

/**
 * The documents of a collection as they change, commit by commit: what streams and feeds are made
 * of. One thread takes at a time; {@link #close} may be called by any.
 */
public final class DocumentChanges implements AutoCloseable {
  /** How long {@link #nextUpTo} waits before it looks again whether there is anything to come. */
  private static final Duration STEP = Duration.ofMillis(1);

  private final Store store;
  private final Subscription subscription;

  /** What happened before the record of commits begins, told from the versions of the documents. */
  private final Deque<Committed> history;

  private long position;

  private DocumentChanges(
      Store store, Subscription subscription, Deque<Committed> history, long position) {
    this.store = store;
    this.subscription = subscription;
    this.history = history;
    this.position = position;
  }

  static DocumentChanges open(Store store, KeyRange documents, long after) {
    try {
      return new DocumentChanges(store, store.changes(documents, after), new ArrayDeque<>(), after);
    } catch (StorageException.Pruned forgotten) {
      return openFromHistory(store, documents, after);
    }
  }

  private static DocumentChanges openFromHistory(Store store, KeyRange documents, long after) {
    try {
      long now = store.readPoint();
      Deque<Committed> history = history(store, documents, after, now);
      return new DocumentChanges(store, store.changes(documents, now), history, after);
    } catch (StorageException.Pruned gone) {
      throw new DatabaseException.ChangesForgotten();
    }
  }

  private static Deque<Committed> history(Store store, KeyRange documents, long after, long now) {
    TreeMap<Long, List<Version>> commits = new TreeMap<>();
    int count = 0;
    try (Reader reader = store.reader(now);
        VersionCursor cursor = reader.versions(documents, 0, Long.MAX_VALUE)) {
      Version newer = null;
      while (cursor.next()) {
        Ref ref = Keyspace.documentRef(cursor.key());
        ObjectValue fields = fields(ref, cursor);
        if (newer != null && newer.ref().equals(ref)) {
          addIfAfter(commits, Version.of(ref, newer.ts(), fields, newer.fields()), after);
        } else if (newer != null) {
          addIfAfter(commits, newer, after);
        }
        newer = Version.of(ref, cursor.time(), null, fields);
        if (cursor.time() > after && ++count > Limits.HISTORY_EVENTS) {
          throw DatabaseException.TooLarge.history();
        }
      }
      if (newer != null) {
        addIfAfter(commits, newer, after);
      }
    }
    Deque<Committed> history = new ArrayDeque<>();
    commits.forEach((time, versions) -> history.add(new Committed(time, List.copyOf(versions))));
    return history;
  }

  private static void addIfAfter(
      TreeMap<Long, List<Version>> commits, Version version, long after) {
    if (version.ts() > after) {
      commits.computeIfAbsent(version.ts(), _ -> new ArrayList<>()).add(version);
    }
  }

  /**
   * What one transaction did.
   *
   * @param time its commit time in microseconds
   * @param versions one for each document, in order of id; empty when it only edited history
   */
  public record Committed(long time, List<Version> versions) {}

  /**
   * The next commit, or null when there was none in time. Edits of history are passed over.
   *
   * @throws InterruptedException when the waiting thread was interrupted
   * @throws DatabaseException.ChangesForgotten when it was pruned before it was taken
   */
  public Committed next(Duration patience) throws InterruptedException {
    try {
      return take(patience);
    } catch (StorageException.Pruned gone) {
      throw new DatabaseException.ChangesForgotten();
    }
  }

  /**
   * The next commit, if it is not later than a time that somebody has already read at. Waits until
   * it is certain whether there is one: a commit is visible a moment before it is offered here, and
   * what lies far back is searched for in steps.
   *
   * @param time microseconds since the epoch, not after {@link Database#now}
   * @param deadline when to give up, as {@link System#nanoTime} counts
   * @return null when there is none, and then {@link #position} is {@code time} or later; or when
   *     the time was up or this is closed, and then it is earlier
   * @throws InterruptedException when the waiting thread was interrupted
   * @throws DatabaseException.ChangesForgotten when it was pruned before it was taken
   */
  public Committed nextUpTo(long time, long deadline) throws InterruptedException {
    while (position() < time && !subscription.isClosed()) {
      Committed committed = next(STEP);
      if (committed != null) {
        return committed.time() <= time ? committed : null;
      }
      if (System.nanoTime() - deadline > 0) {
        return null;
      }
    }
    return null;
  }

  private Committed take(Duration patience) throws InterruptedException {
    Committed past = history.poll();
    if (past != null) {
      position = past.time();
      return past;
    }
    Change change = subscription.next(patience);
    if (change == null) {
      return null;
    }
    List<Version> versions = new ArrayList<>(change.entries().size());
    try (Reader reader = store.reader(change.time())) {
      for (Change.Entry entry : change.entries()) {
        Version version = version(reader, entry.key(), change.time());
        if (version != null) {
          versions.add(version);
        }
      }
    }
    return new Committed(change.time(), List.copyOf(versions));
  }

  private static Version version(Reader reader, byte[] key, long time) {
    Ref ref = Keyspace.documentRef(key);
    try (VersionCursor cursor = reader.versions(key, Direction.DESCENDING)) {
      if (!cursor.next() || cursor.time() != time) {
        return null;
      }
      ObjectValue after = fields(ref, cursor);
      ObjectValue before = cursor.next() ? fields(ref, cursor) : null;
      return Version.of(ref, time, before, after);
    }
  }

  private static ObjectValue fields(Ref ref, VersionCursor cursor) {
    byte[] value = cursor.value();
    return value == null ? null : View.stored(ref, cursor.time(), value).fields();
  }

  /**
   * The time up to which everything has been taken, in microseconds; resuming after it loses
   * nothing.
   */
  public long position() {
    return history.isEmpty() ? Math.max(position, subscription.position()) : position;
  }

  @Override
  public void close() {
    subscription.close();
  }
}
