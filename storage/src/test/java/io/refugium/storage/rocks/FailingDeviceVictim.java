package io.refugium.storage.rocks;

import io.refugium.storage.Commit;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The process of {@link FailingDeviceTest}: commits until that fails, then says what still works.
 */
final class FailingDeviceVictim {
  private FailingDeviceVictim() {}

  static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** Arguments: the directory of the store. */
  public static void main(String[] args) {
    RocksStore store = RocksStore.open(Path.of(args[0]), RocksSettings.defaults());
    byte[] value = new byte[50_000];
    new SplittableRandom(1).nextBytes(value);
    int done = 0;
    try {
      while (true) {
        store.commit(Commit.at(0).put(key(done + 1), value).build());
        done++;
      }
    } catch (StorageException e) {
      System.out.println(done);
      System.out.println(describe(e));
    }
    try {
      store.commit(Commit.at(0).put(key(done + 2), value).build());
    } catch (StorageException e) {
      System.out.println(describe(e));
    }
    int found = 0;
    try (Reader reader = store.reader()) {
      while (reader.get(key(found + 1)) != null) {
        found++;
      }
    }
    System.out.println("read " + found);
    Runtime.getRuntime().halt(0);
  }

  private static String describe(StorageException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
