package io.refugium.access;

import io.refugium.database.DocumentChanges;
import io.refugium.database.DocumentChanges.Committed;
import java.time.Duration;

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
   * The next commit, or null when there was none in time or this was closed.
   *
   * @throws InterruptedException when the waiting thread was interrupted
   */
  public Committed next(Duration patience) throws InterruptedException {
    return changes.next(patience);
  }

  /**
   * The next commit, if it is not later than a time at which a session has already read; null when
   * there is none or the deadline has passed, which {@link #position} tells apart: see {@link
   * DocumentChanges#nextUpTo}.
   */
  public Committed nextUpTo(long time, long deadline) throws InterruptedException {
    return changes.nextUpTo(time, deadline);
  }

  /**
   * The time up to which everything has been taken, in microseconds; resuming after it loses
   * nothing.
   */
  public long position() {
    return changes.position();
  }

  /** Whether it was closed, by its owner or because the server stops. */
  public boolean isClosed() {
    return changes.isClosed();
  }

  @Override
  public void close() {
    changes.close();
  }
}
