package io.refugium.storage.memory;

import io.refugium.storage.Change;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;

/** A position in the log of a {@link MemoryStore}. */
final class MemorySubscription implements Subscription {
  private final MemoryStore store;
  private final KeyRange range;
  private volatile long position;
  private volatile boolean closed;

  MemorySubscription(MemoryStore store, KeyRange range, long after) {
    this.store = store;
    this.range = range;
    this.position = after;
  }

  @Override
  public Change next(Duration patience) throws InterruptedException {
    return store.await(this, patience.toNanos());
  }

  /**
   * Takes the next commit of the range out of {@code log}, which is complete up to {@code time}.
   */
  Change advance(NavigableMap<Long, Change> log, long time) {
    for (Change change : log.tailMap(position, false).values()) {
      position = change.time();
      List<Change.Entry> entries =
          change.entries().stream().filter(entry -> range.contains(entry.key())).toList();
      if (!entries.isEmpty()) {
        return new Change(change.time(), entries);
      }
    }
    position = Math.max(position, time);
    return null;
  }

  @Override
  public long position() {
    return position;
  }

  KeyRange range() {
    return range;
  }

  @Override
  public boolean isClosed() {
    return closed || store.isClosed();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.subscriptionClosed();
    }
  }
}
