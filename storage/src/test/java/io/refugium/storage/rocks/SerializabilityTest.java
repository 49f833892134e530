package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Concurrent transactions come out as if they had run one after the other. */
class SerializabilityTest {
  private static final int WORKERS = 8;

  @TempDir Path temp;
  private RocksStore store;
  private ExecutorService threads;

  @BeforeEach
  void open() {
    store = RocksStore.open(temp.resolve("data"), RocksSettings.defaults());
    threads = Executors.newVirtualThreadPerTaskExecutor();
  }

  @AfterEach
  void close() {
    threads.close();
    store.close();
  }

  private void inParallel(int workers, Work work) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      int worker = i;
      tasks.add(
          () -> {
            work.run(worker);
            return null;
          });
    }
    for (Future<Void> task : threads.invokeAll(tasks)) {
      task.get();
    }
  }

  @FunctionalInterface
  private interface Work {
    void run(int worker) throws Exception;
  }

  private static byte[] b(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static long number(Version version) {
    return version == null ? 0 : ByteBuffer.wrap(version.value()).getLong();
  }

  private boolean commit(Commit.Builder commit) {
    return store.commit(commit.build()) instanceof Committed;
  }

  @Test
  void moneyIsNeitherMadeNorLost() throws Exception {
    int accounts = 10;
    long each = 100;
    Commit.Builder opening = Commit.at(0);
    for (int i = 0; i < accounts; i++) {
      opening.put(b("account/" + i), number(each));
    }
    assertThat(commit(opening)).isTrue();

    inParallel(
        WORKERS,
        worker -> {
          SplittableRandom random = new SplittableRandom(worker);
          for (int i = 0; i < 500; i++) {
            if (i % 10 == 0) {
              assertThat(total()).isEqualTo(accounts * each);
            }
            byte[] from = b("account/" + random.nextInt(accounts));
            byte[] to = b("account/" + random.nextInt(accounts));
            transfer(from, to, random.nextInt(20));
          }
        });
    assertThat(total()).isEqualTo(accounts * each);
    assertThat(store.stats().conflicts()).isPositive();
  }

  private void transfer(byte[] from, byte[] to, long amount) {
    try (Reader reader = store.reader()) {
      long source = number(reader.get(from));
      if (source < amount || Arrays.equals(from, to)) {
        return;
      }
      long target = number(reader.get(to));
      commit(
          Commit.at(reader.at())
              .read(from)
              .read(to)
              .put(from, number(source - amount))
              .put(to, number(target + amount)));
    }
  }

  private long total() {
    long total = 0;
    try (Reader reader = store.reader()) {
      Cursor cursor = reader.scan(KeyRange.prefix(b("account/")), Direction.ASCENDING, 10);
      while (cursor.next()) {
        long balance = ByteBuffer.wrap(cursor.value()).getLong();
        assertThat(balance).isNotNegative();
        total += balance;
      }
    }
    return total;
  }

  @Test
  void noWriteSkew() throws Exception {
    int rounds = 3000;
    // Both doctors of a round may leave only while the other stays.
    inParallel(
        2,
        doctor -> {
          for (int round = 0; round < rounds; round++) {
            byte[] mine = b("away/" + round + "/" + doctor);
            byte[] other = b("away/" + round + "/" + (1 - doctor));
            try (Reader reader = store.reader()) {
              if (reader.get(other) == null) {
                commit(Commit.at(reader.at()).read(other).put(mine, b("")));
              }
            }
          }
        });
    try (Reader reader = store.reader()) {
      for (int round = 0; round < rounds; round++) {
        boolean first = reader.get(b("away/" + round + "/0")) != null;
        boolean second = reader.get(b("away/" + round + "/1")) != null;
        assertThat(first && second).as("both left in round %d", round).isFalse();
      }
    }
  }

  @Test
  void noPhantoms() throws Exception {
    int rounds = 2000;
    // Each worker takes the seat of a round if it finds the whole row empty.
    inParallel(
        4,
        worker -> {
          for (int round = 0; round < rounds; round++) {
            KeyRange row = KeyRange.prefix(b("seat/" + round + "/"));
            try (Reader reader = store.reader()) {
              if (!reader.scan(row, Direction.ASCENDING, 1).next()) {
                commit(
                    Commit.at(reader.at()).read(row).put(b("seat/" + round + "/" + worker), b("")));
              }
            }
          }
        });
    try (Reader reader = store.reader()) {
      for (int round = 0; round < rounds; round++) {
        KeyRange row = KeyRange.prefix(b("seat/" + round + "/"));
        Cursor seats = reader.scan(row, Direction.DESCENDING, 2);
        assertThat(seats.next()).isTrue();
        assertThat(seats.next()).as("second seat in round %d", round).isFalse();
      }
    }
  }

  /** What a committed transaction saw and did. */
  private record Done(
      long readPoint, long time, List<Seen> seen, List<String> put, List<String> deleted) {}

  /** The keys of a range with the times of their versions, as a transaction found them. */
  private record Seen(KeyRange range, NavigableMap<String, Long> versions) {}

  @Test
  void replayingInCommitOrderShowsEveryTransactionWhatItSaw() throws Exception {
    Queue<Done> history = new ConcurrentLinkedQueue<>();
    AtomicLong acknowledged = new AtomicLong();
    inParallel(
        WORKERS,
        worker -> {
          SplittableRandom random = new SplittableRandom(77 + worker);
          for (int i = 0; i < 1000; i++) {
            long before = acknowledged.get();
            Done done = randomTransaction(random);
            assertThat(done.readPoint).isGreaterThanOrEqualTo(before);
            if (done.time > 0) {
              acknowledged.accumulateAndGet(done.time, Math::max);
              history.add(done);
            }
          }
        });

    NavigableMap<String, Long> state = new TreeMap<>();
    long last = 0;
    for (Done done : history.stream().sorted(Comparator.comparing(Done::time)).toList()) {
      assertThat(done.time).isGreaterThan(last).isGreaterThan(done.readPoint);
      for (Seen seen : done.seen) {
        NavigableMap<String, Long> expected = new TreeMap<>(state);
        expected.keySet().removeIf(key -> !seen.range.contains(b(key)));
        assertThat(seen.versions).isEqualTo(expected);
      }
      done.put.forEach(key -> state.put(key, done.time));
      state.keySet().removeAll(done.deleted);
      last = done.time;
    }
    assertThat(history).hasSizeGreaterThan(1000);
    assertThat(store.stats().conflicts()).isGreaterThan(100);
  }

  private Done randomTransaction(SplittableRandom random) {
    try (Reader reader = store.reader()) {
      List<Seen> seen = new ArrayList<>();
      Commit.Builder commit = Commit.at(reader.at());
      for (int i = random.nextInt(3); i > 0; i--) {
        byte[] key = b(key(random));
        seen.add(read(reader, KeyRange.single(key)));
        commit.read(key);
      }
      for (int i = random.nextInt(2); i > 0; i--) {
        String from = key(random);
        KeyRange range = KeyRange.of(b(from), b(from + "5"));
        seen.add(read(reader, range));
        commit.read(range);
      }
      String put = key(random);
      commit.put(b(put), b("v"));
      List<String> deleted = new ArrayList<>();
      String victim = key(random);
      if (!victim.equals(put)) {
        deleted.add(victim);
        commit.delete(b(victim));
      }
      return switch (store.commit(commit.build())) {
        case Committed committed ->
            new Done(reader.at(), committed.time(), seen, List.of(put), deleted);
        default -> new Done(reader.at(), 0, seen, List.of(), List.of());
      };
    }
  }

  private static Seen read(Reader reader, KeyRange range) {
    NavigableMap<String, Long> versions = new TreeMap<>();
    Cursor cursor = reader.scan(range, Direction.ASCENDING, 0);
    while (cursor.next()) {
      versions.put(new String(cursor.key(), StandardCharsets.UTF_8), cursor.time());
    }
    cursor.close();
    return new Seen(range, versions);
  }

  private static String key(SplittableRandom random) {
    return Integer.toString(random.nextInt(100, 200));
  }
}
