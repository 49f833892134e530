package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Hands new commits to the subscriptions that are up to date, in commit order.
 *
 * <p>Invariant: a commit is offered to a subscription exactly if its time is greater than the one
 * it was told by {@link #register}, until it overflows; everything up to that time is in the log.
 */
final class ChangeFeed {
  private final CommitLog log;
  private final CommitClock clock;
  private final UseCount uses;
  private final Pruner pruner;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<RocksSubscription> live = new ArrayList<>(); // guarded by lock
  private final List<RocksSubscription> open = new ArrayList<>(); // guarded by lock
  private volatile long dispatched;
  private volatile boolean closed;

  ChangeFeed(CommitLog log, CommitClock clock, UseCount uses, Pruner pruner) {
    this.log = log;
    this.clock = clock;
    this.uses = uses;
    this.pruner = pruner;
    this.dispatched = clock.lastCommit();
  }

  RocksSubscription subscribe(KeyRange range, long after) {
    pruner.checkChanges(range, after);
    RocksSubscription subscription = new RocksSubscription(this, log, uses, pruner, range, after);
    lock.lock();
    try {
      open.add(subscription);
    } finally {
      lock.unlock();
    }
    if (closed) {
      subscription.close();
    }
    return subscription;
  }

  /** Offers published commits; called by the committer, in order. */
  void publish(List<Change> changes) {
    lock.lock();
    try {
      if (!live.isEmpty()) {
        live.removeIf(subscription -> !subscription.offer(changes));
      }
      dispatched = changes.getLast().time();
    } finally {
      lock.unlock();
    }
  }

  /** From now on offers to {@code subscription} every commit after the time it is told. */
  void register(RocksSubscription subscription) {
    lock.lock();
    try {
      live.add(subscription);
      subscription.offeredAfter(dispatched);
    } finally {
      lock.unlock();
    }
  }

  /** A time up to which every commit has been offered to those registered. */
  long offeredUpTo() {
    long readPoint = clock.readPoint();
    long lastCommit = clock.lastCommit();
    long offered = dispatched;
    return offered >= lastCommit ? Math.max(readPoint, offered) : offered;
  }

  void remove(RocksSubscription subscription) {
    lock.lock();
    try {
      live.remove(subscription);
      open.remove(subscription);
    } finally {
      lock.unlock();
    }
  }

  int subscriptions() {
    lock.lock();
    try {
      return open.size();
    } finally {
      lock.unlock();
    }
  }

  /** Ends all subscriptions. */
  void close() {
    closed = true;
    List<RocksSubscription> ending;
    lock.lock();
    try {
      ending = List.copyOf(open);
    } finally {
      lock.unlock();
    }
    ending.forEach(RocksSubscription::close);
  }
}
