package io.refugium.storage.rocks;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Version;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The process that {@link CrashTest} kills. Several writers commit without end; what has been
 * acknowledged is printed as a line "writer number time" before the next commit begins. Each commit
 * writes the same number under several keys, far apart, and moves money between accounts.
 */
final class CrashVictim {
  static final int WRITERS = 6;
  static final int PARTS = 4;
  static final int ACCOUNTS = 8;

  private final RocksStore store;
  private final PrintStream acknowledgements;

  private CrashVictim(RocksStore store, PrintStream acknowledgements) {
    this.store = store;
    this.acknowledgements = acknowledgements;
  }

  /** Arguments: the directory of the store. */
  public static void main(String[] args) throws Exception {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          failure.printStackTrace();
          Runtime.getRuntime().halt(1); // the test must not wait for a process that has failed
        });
    // Small write buffers, so that some kills fall into a flush or compaction.
    RocksSettings settings = RocksSettings.defaults().withWriteBufferBytes(256 * 1024);
    RocksStore store = RocksStore.open(Path.of(args[0]), settings);
    CrashVictim victim = new CrashVictim(store, System.out);
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      Thread.ofPlatform().start(() -> victim.write(writer));
    }
    while (true) {
      Thread.sleep(40);
      store.prune(store.readPoint() - 200_000);
    }
  }

  static byte[] partKey(int part, int writer, long number) {
    return bytes("part/" + part + "/" + writer + "/" + number);
  }

  static byte[] lastKey(int writer) {
    return bytes("last/" + writer);
  }

  static byte[] accountKey(int account) {
    return bytes("account/" + account);
  }

  static long number(Version version) {
    return version == null ? 0 : ByteBuffer.wrap(version.value()).getLong();
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write(int writer) {
    SplittableRandom random = new SplittableRandom();
    while (true) {
      try {
        commitNext(writer, random);
      } catch (StorageException.Pruned e) {
        // The pruner has overtaken this transaction: it begins again, as any caller would.
        Thread.onSpinWait();
      }
    }
  }

  private void commitNext(int writer, SplittableRandom random) {
    Commit.Builder commit;
    long next;
    try (Reader reader = store.reader()) {
      next = number(reader.get(lastKey(writer))) + 1;
      commit = Commit.at(reader.at()).read(lastKey(writer)).put(lastKey(writer), number(next));
      for (int part = 0; part < PARTS; part++) {
        commit.put(partKey(part, writer, next), number(next));
      }
      transfer(reader, commit, random);
    }
    CommitResult result = store.commit(commit.build());
    if (result instanceof Committed committed) {
      acknowledge(writer + " " + next + " " + committed.time());
    }
  }

  private static void transfer(Reader reader, Commit.Builder commit, SplittableRandom random) {
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = random.nextInt(100);
    for (int account : new int[] {from, to}) {
      byte[] key = accountKey(account);
      long balance = number(reader.get(key)) + (account == from ? -amount : amount);
      commit.read(key).put(key, number(balance));
    }
  }

  private synchronized void acknowledge(String line) {
    acknowledgements.print(line + "\n"); // in one write
    acknowledgements.flush();
  }
}
