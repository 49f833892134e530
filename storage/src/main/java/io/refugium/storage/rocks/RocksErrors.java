package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import java.io.IOException;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB and the file system throw into what an operator can act on. */
final class RocksErrors {
  private static final String FULL = "no space left on device";

  private RocksErrors() {}

  /**
   * @param doing what failed, as in "cannot write the commit"
   */
  static StorageException translate(String doing, RocksDBException e) {
    Status status = e.getStatus();
    String detail = doing + ": " + e.getMessage();
    if (isFull(e)) {
      return full(doing, e);
    }
    if (status != null && status.getCode() == Status.Code.Corruption) {
      return new StorageException.Corrupt(
          detail + ". The files are damaged; restore the directory from a backup", e);
    }
    return new StorageException.Io(detail, e);
  }

  static StorageException translate(String doing, IOException e) {
    if (mentionsFull(e.getMessage())) {
      return full(doing, e);
    }
    return new StorageException.Io(doing + ": " + e, e);
  }

  /**
   * Errors of opening: there, what RocksDB calls an invalid argument is a damaged directory too.
   */
  static StorageException translateOpening(String doing, RocksDBException e) {
    Status status = e.getStatus();
    if (status != null && status.getCode() == Status.Code.InvalidArgument) {
      return new StorageException.Corrupt(
          doing
              + ": "
              + e.getMessage()
              + ". Files are missing or damaged; restore the directory from a backup",
          e);
    }
    return translate(doing, e);
  }

  private static StorageException full(String doing, Exception e) {
    return new StorageException.Full(
        doing + ": no space left on the device. Make room, then start again", e);
  }

  private static boolean isFull(RocksDBException e) {
    Status status = e.getStatus();
    return (status != null
            && (status.getSubCode() == Status.SubCode.NoSpace || mentionsFull(status.getState())))
        || mentionsFull(e.getMessage());
  }

  private static boolean mentionsFull(String message) {
    return message != null && message.toLowerCase(Locale.ROOT).contains(FULL);
  }
}
