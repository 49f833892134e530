package io.refugium.storage.rocks;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.StorageException;
import io.refugium.storage.Write;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A transaction on its way through the committer. What can be prepared is prepared in the caller's
 * thread: the physical keys of writes whose key does not depend on the commit time.
 */
final class PendingCommit {
  private final Commit commit;
  private final byte[][] physicalKeys; // without time; null where the key is stamped
  private final long bytes;
  private final CompletableFuture<CommitResult> result = new CompletableFuture<>();

  PendingCommit(Commit commit) {
    this.commit = commit;
    List<Write> writes = commit.writes();
    this.physicalKeys = new byte[writes.size()][];
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

  Commit commit() {
    return commit;
  }

  /**
   * The physical key of the write at {@code index} in a commit at {@code time}, whose key is {@code
   * key}.
   */
  byte[] physicalKey(int index, byte[] key, long time, boolean deleted) {
    byte[] prepared = physicalKeys[index];
    byte[] physical = prepared != null ? prepared : PhysicalKey.unversioned(key);
    PhysicalKey.setVersion(physical, time, deleted);
    return physical;
  }

  int writes() {
    return physicalKeys.length;
  }

  long bytes() {
    return bytes;
  }

  void complete(CommitResult outcome) {
    result.complete(outcome);
  }

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
      if (e.getCause() instanceof StorageException reason) {
        throw reason;
      }
      throw e;
    }
  }
}
