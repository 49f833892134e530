package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.KeyRange;
import io.refugium.storage.StorageLimits;
import io.refugium.storage.Subscription;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A subscriber: what it has missed comes from the log, what is new from a bounded queue the feed
 * fills. When the queue overflows the subscriber is no longer offered anything; having emptied it,
 * it goes back to the log.
 *
 * <p>Invariant: taken up to {@link #position}; then the log up to {@link #caughtUpAt}; then the
 * queue, without a gap; and if {@link #registered}, everything after the queue will be offered.
 */
final class RocksSubscription implements Subscription {
  /** Records of the log looked at before it is time to look at the clock again. */
  private static final int LOG_STEP = 1000;

  private final ChangeFeed feed;
  private final CommitLog log;
  private final UseCount uses;
  private final Pruner pruner;
  private final KeyRange range;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<Change> queue = new ArrayDeque<>(); // guarded by lock
  private boolean registered; // guarded by lock
  private volatile boolean closed;
  private volatile long position;
  private volatile long caughtUpAt;

  RocksSubscription(
      ChangeFeed feed, CommitLog log, UseCount uses, Pruner pruner, KeyRange range, long after) {
    this.feed = feed;
    this.log = log;
    this.uses = uses;
    this.pruner = pruner;
    this.range = range;
    this.position = after;
    this.caughtUpAt = after;
  }

  @Override
  public Change next(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!closed) {
      if (position < caughtUpAt) {
        Change missed = nextFromLog();
        if (missed != null || (position < caughtUpAt && System.nanoTime() - deadline > 0)) {
          return missed;
        }
      } else if (isUpToDate()) {
        return nextFromQueue(deadline);
      } else {
        Change queued = poll();
        if (queued != null) {
          return queued;
        }
        feed.register(this);
      }
    }
    return null;
  }

  private boolean isUpToDate() {
    lock.lock();
    try {
      return registered;
    } finally {
      lock.unlock();
    }
  }

  /** From now on the feed offers every commit after {@code time}; those before are in the log. */
  void offeredAfter(long time) {
    lock.lock();
    try {
      caughtUpAt = Math.max(position, time);
      registered = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next commit of the range up to {@link #caughtUpAt}; null when there was none within a step.
   */
  private Change nextFromLog() {
    Search search = new Search();
    uses.enter();
    try {
      log.visit(position, caughtUpAt, search);
    } finally {
      uses.exit();
    }
    pruner.checkChanges(range, position);
    position = search.stopped ? search.reached : caughtUpAt;
    return search.found;
  }

  /** Looks for the first commit that wrote into the range. */
  private final class Search implements CommitLog.Visitor {
    private int steps;
    private long reached;
    private boolean stopped;
    private Change found;

    @Override
    public boolean visit(long time, byte[] record) {
      reached = time;
      List<CommitLog.Written> written = CommitLog.written(record, time, range);
      found = written.isEmpty() ? null : log.change(time, written);
      stopped = found != null || ++steps == LOG_STEP;
      return !stopped;
    }
  }

  private Change poll() {
    lock.lock();
    try {
      return take();
    } finally {
      lock.unlock();
    }
  }

  private Change nextFromQueue(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadline - System.nanoTime();
      while (!closed && queue.isEmpty() && left > 0) {
        left = arrived.awaitNanos(left);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private Change take() {
    Change change = queue.poll();
    if (change != null) {
      position = Math.max(position, change.time());
    }
    return change;
  }

  /**
   * Takes the changes of a group that touch the range; false when there is no room and offering
   * must end.
   */
  boolean offer(List<Change> changes) {
    lock.lock();
    try {
      for (Change change : changes) {
        // A commit can be read a moment before it is offered, and so a subscription begin after it.
        Change within = change.time() > caughtUpAt ? restrict(change) : null;
        if (within == null) {
          continue;
        }
        if (queue.size() >= StorageLimits.MAX_SUBSCRIPTION_BACKLOG) {
          registered = false;
          return false;
        }
        queue.add(within);
      }
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private Change restrict(Change change) {
    List<Change.Entry> entries = null;
    for (Change.Entry entry : change.entries()) {
      if (range.contains(entry.key())) {
        entries = entries == null ? new ArrayList<>(change.entries().size()) : entries;
        entries.add(entry);
      }
    }
    return entries == null ? null : new Change(change.time(), entries);
  }

  @Override
  public long position() {
    long offered = feed.offeredUpTo();
    lock.lock();
    try {
      boolean nothingLeft = registered && queue.isEmpty() && position >= caughtUpAt;
      if (nothingLeft) {
        // Kept, for the feed's own answer steps back while a group is being committed.
        position = Math.max(position, offered);
      }
      return position;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    feed.remove(this);
    lock.lock();
    try {
      queue.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
