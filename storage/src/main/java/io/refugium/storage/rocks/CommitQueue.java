package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import io.refugium.storage.StorageLimits;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Transactions waiting for the committer, in the order they came. */
final class CommitQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Deque<PendingCommit> waiting = new ArrayDeque<>();
  private StorageException refusal; // why nothing is accepted any more, or null

  /**
   * Adds a transaction.
   *
   * @throws StorageException.Busy when too many wait already
   * @throws StorageException the reason given to {@link #refuse}
   */
  void add(PendingCommit commit) {
    lock.lock();
    try {
      if (refusal != null) {
        throw refusal;
      }
      if (waiting.size() >= StorageLimits.MAX_WAITING_COMMITS) {
        throw new StorageException.Busy(
            "more than "
                + StorageLimits.MAX_WAITING_COMMITS
                + " transactions wait to be committed");
      }
      waiting.add(commit);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the transactions that make up the next group: all that wait, within the limits of a
   * group, but at least one. Waits for it.
   *
   * @return empty when nothing waits and nothing is accepted any more
   */
  List<PendingCommit> takeGroup() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        if (refusal != null) {
          return List.of();
        }
        arrived.await();
      }
      List<PendingCommit> group = new ArrayList<>(waiting.size());
      int writes = 0;
      long bytes = 0;
      do {
        PendingCommit commit = waiting.remove();
        group.add(commit);
        writes += commit.writes();
        bytes += commit.bytes();
      } while (!waiting.isEmpty()
          && writes + waiting.peek().writes() <= StorageLimits.MAX_GROUP_WRITES
          && bytes + waiting.peek().bytes() <= StorageLimits.MAX_GROUP_BYTES);
      return group;
    } finally {
      lock.unlock();
    }
  }

  /** Accepts nothing any more and fails those that wait, all with {@code reason}. */
  void refuse(StorageException reason) {
    List<PendingCommit> refused;
    lock.lock();
    try {
      if (refusal == null) {
        refusal = reason;
      }
      refused = new ArrayList<>(waiting);
      waiting.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    refused.forEach(commit -> commit.fail(reason));
  }

  /** Whether commits are accepted. */
  boolean isAccepting() {
    lock.lock();
    try {
      return refusal == null;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }
}
