package io.refugium.storage;

import java.io.Serial;

/**
 * Everything that can go wrong in a store, one subclass for each thing a caller or an operator
 * would do about it. Messages are written for the operator and contain no data of users.
 */
public abstract sealed class StorageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Another process (or another store in this one) has the directory open. */
  public static final class Locked extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Locked(String message) {
      super(message, null);
    }
  }

  /** The device is full; the store refuses commits until it is reopened with room to spare. */
  public static final class Full extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Full(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The files do not say what they should: restore from a backup. */
  public static final class Corrupt extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Corrupt(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The directory is no store, or one of a version this program does not know. */
  public static final class Unsuitable extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Unsuitable(String message) {
      super(message, null);
    }
  }

  /** The store, reader or cursor was closed before or during the call. */
  public static final class Closed extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Closed(String message) {
      super(message, null);
    }
  }

  /** The versions or commits asked for are older than what is kept. */
  public static final class Pruned extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    private final long floor;

    public Pruned(long floor) {
      super("history before " + floor + " (microseconds since the epoch) is no longer kept", null);
      this.floor = floor;
    }

    /** The oldest time that can still be asked for, in microseconds since the epoch. */
    public long floor() {
      return floor;
    }
  }

  /** A key, value or commit exceeds a limit of {@link StorageLimits}. */
  public static final class TooLarge extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public TooLarge(String message) {
      super(message, null);
    }
  }

  /** Too many transactions wait for the committer; try again later. */
  public static final class Busy extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Busy(String message) {
      super(message, null);
    }
  }

  /**
   * The device or file system failed. After a failed commit its outcome is unknown until the store
   * is reopened; it refuses commits until then.
   */
  public static final class Io extends StorageException {
    @Serial private static final long serialVersionUID = 1L;

    public Io(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
