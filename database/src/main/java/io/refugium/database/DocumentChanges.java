package io.refugium.database;

import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.Ref;
import io.refugium.storage.Change;
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
 * Which documents of a range change, commit by commit: what streams and feeds are made of. Says
 * nothing of their contents; who wants these reads the document at the time of the commit. One
 * thread takes at a time; {@link #close} may be called by any.
 */
public final class DocumentChanges implements AutoCloseable {
  /** How long {@link #nextUpTo} waits before it looks again whether there is anything to come. */
  private static final Duration STEP = Duration.ofMillis(1);

  private final Subscription subscription;

  /** What happened before the record of commits begins, told from the versions of the documents. */
  private final Deque<Committed> history;

  private long position;

  private DocumentChanges(Subscription subscription, Deque<Committed> history, long position) {
    this.subscription = subscription;
    this.history = history;
    this.position = position;
  }

  static DocumentChanges open(Store store, KeyRange documents, long after) {
    try {
      return new DocumentChanges(store.changes(documents, after), new ArrayDeque<>(), after);
    } catch (StorageException.Pruned forgotten) {
      return openFromHistory(store, documents, after);
    }
  }

  private static DocumentChanges openFromHistory(Store store, KeyRange documents, long after) {
    try {
      long now = store.readPoint();
      Deque<Committed> history = history(store, documents, after, now);
      return new DocumentChanges(store.changes(documents, now), history, after);
    } catch (StorageException.Pruned gone) {
      throw new DatabaseException.ChangesForgotten();
    }
  }

  private static Deque<Committed> history(Store store, KeyRange documents, long after, long now) {
    TreeMap<Long, List<Ref>> commits = new TreeMap<>();
    int count = 0;
    try (Reader reader = store.reader(now);
        VersionCursor cursor = reader.versions(documents, after + 1, Long.MAX_VALUE)) {
      while (cursor.next()) {
        if (++count > Limits.HISTORY_EVENTS) {
          throw DatabaseException.TooLarge.history();
        }
        commits
            .computeIfAbsent(cursor.time(), _ -> new ArrayList<>())
            .add(Keyspace.documentRef(cursor.key()));
      }
    }
    Deque<Committed> history = new ArrayDeque<>();
    commits.forEach((time, refs) -> history.add(new Committed(time, refs, List.of())));
    return history;
  }

  /**
   * What one transaction did.
   *
   * @param time its commit time in microseconds
   * @param documents those that have a version of this time, in order of id
   * @param edits what it changed of the past, in order of id and time
   */
  public record Committed(long time, List<Ref> documents, List<Edit> edits) {
    public Committed {
      documents = List.copyOf(documents);
      edits = List.copyOf(edits);
    }
  }

  /**
   * A version that a transaction put into the history of a document, replaced, or took out of it.
   *
   * @param at the time of the version, in microseconds
   */
  public record Edit(Ref document, long at) {}

  /**
   * The next commit, or null when there was none in time.
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
    return change == null ? null : committed(change);
  }

  private static Committed committed(Change change) {
    List<Ref> documents = new ArrayList<>(change.entries().size());
    List<Edit> edits = new ArrayList<>(0);
    for (Change.Entry entry : change.entries()) {
      Ref ref = Keyspace.documentRef(entry.key());
      if (entry.time() == change.time()) {
        documents.add(ref);
      } else {
        edits.add(new Edit(ref, entry.time()));
      }
    }
    return new Committed(change.time(), documents, edits);
  }

  /**
   * The time up to which everything has been taken, in microseconds; resuming after it loses
   * nothing.
   */
  public long position() {
    return history.isEmpty() ? Math.max(position, subscription.position()) : position;
  }

  /** Whether it was closed, or the store was: nothing comes any more. */
  public boolean isClosed() {
    return subscription.isClosed();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
