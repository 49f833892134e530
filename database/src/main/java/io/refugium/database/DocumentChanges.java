package io.refugium.database;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.storage.Change;
import io.refugium.storage.Direction;
import io.refugium.storage.Reader;
import io.refugium.storage.Store;
import io.refugium.storage.Subscription;
import io.refugium.storage.VersionCursor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The documents of a collection as they change, commit by commit: what streams and feeds are made
 * of. One thread takes at a time; {@link #close} may be called by any.
 */
public final class DocumentChanges implements AutoCloseable {
  private final Store store;
  private final Subscription subscription;

  DocumentChanges(Store store, Subscription subscription) {
    this.store = store;
    this.subscription = subscription;
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
   */
  public Committed next(Duration patience) throws InterruptedException {
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
    return subscription.position();
  }

  @Override
  public void close() {
    subscription.close();
  }
}
