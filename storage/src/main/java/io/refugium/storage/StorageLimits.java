package io.refugium.storage;

/** Every limit of the storage layer, with the check that enforces it. */
public final class StorageLimits {
  /** Bytes of one key: 160 KiB. */
  public static final int MAX_KEY_BYTES = 160 * 1024;

  /** Bytes of one value: 32 MiB. */
  public static final int MAX_VALUE_BYTES = 32 * 1024 * 1024;

  /** Keys and values of one commit together: 64 MiB. */
  public static final long MAX_COMMIT_BYTES = 64L * 1024 * 1024;

  /** Writes of one commit. */
  public static final int MAX_COMMIT_WRITES = 250_000;

  /**
   * Transactions waiting for the committer; more are refused with {@link StorageException.Busy}.
   */
  public static final int MAX_WAITING_COMMITS = 4096;

  /** Writes committed together in one atomic batch; a single larger commit goes alone. */
  public static final int MAX_GROUP_WRITES = 10_000;

  /** Bytes committed together in one atomic batch; a single larger commit goes alone. */
  public static final long MAX_GROUP_BYTES = 8L * 1024 * 1024;

  /** Recent writes remembered for validation; a transaction older than them conflicts. */
  public static final int MAX_REMEMBERED_WRITES = 200_000;

  /** Bytes of the keys remembered for validation. */
  public static final long MAX_REMEMBERED_BYTES = 32L * 1024 * 1024;

  /**
   * Commits queued for one live subscriber; with more it reads from disk until it has caught up.
   */
  public static final int MAX_SUBSCRIPTION_BACKLOG = 256;

  /** Distinct ranges with a prune floor of their own. */
  public static final int MAX_FLOORS = 10_000;

  /** Backups that are kept beside a store. */
  public static final int MAX_BACKUPS = 100;

  /**
   * Bytes that must be free on a device where a backup is to be made, beyond what it copies: 256
   * MiB. A device that is full stops commits.
   */
  public static final long BACKUP_RESERVE_BYTES = 256L * 1024 * 1024;

  private StorageLimits() {}

  static long checkedSize(Write write) {
    int key = write.key().length;
    if (key > MAX_KEY_BYTES) {
      throw new StorageException.TooLarge(
          "a key of " + key + " bytes exceeds the limit of " + MAX_KEY_BYTES + " bytes");
    }
    int value = write.isDeletion() ? 0 : write.value().length;
    if (value > MAX_VALUE_BYTES) {
      throw new StorageException.TooLarge(
          "a value of " + value + " bytes exceeds the limit of " + MAX_VALUE_BYTES + " bytes");
    }
    return (long) key + value;
  }

  static void checkCommit(int writes, long bytes) {
    if (writes > MAX_COMMIT_WRITES) {
      throw new StorageException.TooLarge(
          "a commit of " + writes + " writes exceeds the limit of " + MAX_COMMIT_WRITES);
    }
    if (bytes > MAX_COMMIT_BYTES) {
      throw new StorageException.TooLarge(
          "a commit of " + bytes + " bytes exceeds the limit of " + MAX_COMMIT_BYTES + " bytes");
    }
  }
}
