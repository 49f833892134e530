package io.refugium.storage.rocks;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.Keys;
import io.refugium.storage.StorageException;
import io.refugium.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A transaction on its way through the committer: prepared in the caller's thread as far as that
 * goes without a commit time, then refused or resolved, and answered at the end of its group.
 */
final class PendingCommit {
  private static final byte[] NOTHING = new byte[0];

  private final Commit commit;
  private final byte[][]
      physicalKeys; // without time; null where the key depends on the commit time
  private final long bytes;
  private final CompletableFuture<CommitResult> result = new CompletableFuture<>();

  // Used by the committer only.
  private final List<Put> puts;
  private final List<byte[]> removals = new ArrayList<>(0);
  private Change change;
  private CommitResult outcome;
  private RuntimeException failure;

  PendingCommit(Commit commit) {
    this.commit = commit;
    List<Write> writes = commit.writes();
    this.physicalKeys = new byte[writes.size()][];
    this.puts = new ArrayList<>(writes.size());
    long size = 0;
    for (int i = 0; i < physicalKeys.length; i++) {
      Write write = writes.get(i);
      size += write.key().length + (write.isDeletion() ? 0 : write.value().length);
      if (!write.hasStampedKey()) {
        physicalKeys[i] = PhysicalKey.unversioned(write.key());
      }
    }
    this.bytes = size;
  }

  /** A version to be written. */
  record Put(byte[] physicalKey, byte[] value) {}

  Commit commit() {
    return commit;
  }

  int writes() {
    return physicalKeys.length;
  }

  /** Bytes of keys and values. */
  long bytes() {
    return bytes;
  }

  /** Settles that the transaction is not committed. */
  void refuse(CommitResult.Conflict conflict) {
    outcome = conflict;
  }

  /**
   * Works out what a commit at {@code time} writes. False when a write cannot tell its key or
   * value: that is the failure of this transaction alone.
   */
  boolean resolve(long time) {
    List<Change.Entry> entries = new ArrayList<>(physicalKeys.length);
    try {
      for (int i = 0; i < physicalKeys.length; i++) {
        entries.add(resolve(i, time));
      }
    } catch (RuntimeException e) {
      failure = e;
      return false;
    }
    entries.sort((a, b) -> Keys.compare(a.key(), b.key()));
    change = new Change(time, entries);
    outcome = new CommitResult.Committed(time);
    return true;
  }

  private Change.Entry resolve(int index, long commitTime) {
    Write write = commit.writes().get(index);
    byte[] key = write.keyAt(commitTime);
    byte[] value = write.isDeletion() ? null : write.valueAt(commitTime);
    long time = write.timeAt(commitTime);
    byte[] prepared = physicalKeys[index];
    byte[] physical = prepared != null ? prepared : PhysicalKey.unversioned(key);
    PhysicalKey.setVersion(physical, time, write.isDeletion());
    if (!write.isErasure()) {
      puts.add(new Put(physical, value == null ? NOTHING : value));
    }
    if (write.editsHistory()) {
      removals.add(PhysicalKey.version(key, time, !write.isDeletion()));
      if (write.isErasure()) {
        removals.add(physical);
      }
    }
    return new Change.Entry(key, time, value);
  }

  /** What is committed, after {@link #resolve}. */
  Change change() {
    return change;
  }

  /** The versions to be written, after {@link #resolve}. */
  List<Put> puts() {
    return puts;
  }

  /** The physical keys of the versions that edits of history replace, after {@link #resolve}. */
  List<byte[]> removals() {
    return removals;
  }

  /** Lets the caller know what was settled. */
  void answer() {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      result.complete(outcome);
    }
  }

  /** Lets the caller know that nothing could be settled. */
  void fail(StorageException reason) {
    result.completeExceptionally(reason);
  }

  /**
   * Waits for the outcome, through interrupts: a commit that is under way cannot be called back.
   */
  CommitResult await() {
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
