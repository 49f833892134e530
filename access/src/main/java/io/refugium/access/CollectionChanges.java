package io.refugium.access;

import io.refugium.database.DocumentChanges;
import io.refugium.database.Version;
import io.refugium.model.Ref;
import java.time.Duration;
import java.util.List;

/**
 * Which documents of a collection change, commit by commit: none is left out and none comes twice.
 * What became of them must be read in a session, so that nobody learns what he may not read. One
 * thread takes at a time; {@link #close} may be called by any.
 */
public final class CollectionChanges implements AutoCloseable {
  private final DocumentChanges changes;

  CollectionChanges(DocumentChanges changes) {
    this.changes = changes;
  }

  /**
   * What one transaction changed.
   *
   * @param time its commit time in microseconds
   * @param documents in order of id; empty when it only edited history
   */
  public record Commit(long time, List<Ref> documents) {}

  /**
   * The next commit, or null when there was none in time.
   *
   * @throws InterruptedException when the waiting thread was interrupted
   */
  public Commit next(Duration patience) throws InterruptedException {
    return commit(changes.next(patience));
  }

  /**
   * The next commit, if it is not later than a time at which a session has already read; null when
   * there is none or the deadline has passed, which {@link #position} tells apart: see {@link
   * DocumentChanges#nextUpTo}.
   */
  public Commit nextUpTo(long time, long deadline) throws InterruptedException {
    return commit(changes.nextUpTo(time, deadline));
  }

  private static Commit commit(DocumentChanges.Committed committed) {
    return committed == null
        ? null
        : new Commit(committed.time(), committed.versions().stream().map(Version::ref).toList());
  }

  /**
   * The time up to which everything has been taken, in microseconds; resuming after it loses
   * nothing.
   */
  public long position() {
    return changes.position();
  }

  @Override
  public void close() {
    changes.close();
  }
}
