package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.Durability;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Keys;
import io.refugium.storage.Reader;
import io.refugium.storage.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotRunsTest {
  private static final byte[] PLACE = {2};
  private static final byte[] TOKEN = {7};
  private static final int TOKEN_KEYS = 400;
  private static final int MOVES = 4000;
  private static final int ROUNDS = 50_000;

  private final HotRuns runs = new HotRuns(1L << 30);

  private static byte[] key(int number) {
    return new byte[] {1, (byte) (number >> 8), (byte) number};
  }

  private static KeyRange range(int from, int to) {
    return KeyRange.of(key(from), key(to));
  }

  private static HotRun run(KeyRange range, long since, int... numbers) {
    byte[][] keys = new byte[numbers.length][];
    byte[][] values = new byte[numbers.length][];
    for (int i = 0; i < numbers.length; i++) {
      keys[i] = key(numbers[i]);
      values[i] = new byte[0];
    }
    return new HotRun(range, since, keys, values, new long[numbers.length]);
  }

  private HotRun add(int from, int to, long since) {
    HotRun claim = runs.claim(range(from, to));
    HotRun run = run(claim.range(), since, from);
    runs.add(claim, run);
    return run;
  }

  @Test
  void aRunServesKeysOfItsRangeForReadersOfItsTimeAndLater() {
    HotRun run = add(10, 20, 100);

    assertThat(runs.find(key(10), 100)).isSameAs(run);
    assertThat(runs.find(key(19), 200)).isSameAs(run);
    assertThat(runs.find(key(15), 99)).as("an earlier reader").isNull();
    assertThat(runs.find(key(9), 100)).as("before the range").isNull();
    assertThat(runs.find(key(20), 100)).as("the end is not part of it").isNull();
  }

  @Test
  void aClaimServesNobodyAndKeepsOthersOut() {
    assertThat(runs.claim(range(10, 20))).isNotNull();

    assertThat(runs.find(key(10), Long.MAX_VALUE - 1)).isNull();
    assertThat(runs.claim(range(15, 30))).isNull();
  }

  @Test
  void aClaimEndsWhereTheNextRunBegins() {
    add(20, 30, 1);

    assertThat(runs.claim(range(10, 40)).range()).isEqualTo(range(10, 20));
    assertThat(runs.claim(range(30, 40)).range()).isEqualTo(range(30, 40));
  }

  @Test
  void aCommitEndsTheRunItWroteInto() {
    add(10, 20, 1);
    HotRun other = add(20, 30, 1);
    runs.end(key(15));

    assertThat(runs.find(key(10), 5)).isNull();
    assertThat(runs.find(key(20), 5)).isSameAs(other);
  }

  @Test
  void whatACommitWroteIntoWhileItWasReadIsNotAdded() {
    HotRun claim = runs.claim(range(10, 20));
    runs.end(key(15));
    runs.add(claim, run(claim.range(), 1, 10));

    assertThat(runs.find(key(10), 5)).isNull();
    assertThat(runs.claim(range(10, 20))).as("the place is free").isNotNull();
  }

  /** The claim may become a run between the committer's look and its removal. */
  @Test
  void aCommitEndsWhatItWroteIntoWhileThatTakesThePlaceOfItsClaim() throws Exception {
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        HotRun claim = runs.claim(range(10, 20));
        AtomicBoolean begun = new AtomicBoolean();
        Future<?> adding =
            reader.submit(
                () -> {
                  begun.set(true);
                  runs.add(claim, run(claim.range(), 1, 10));
                });
        while (!begun.get()) {
          Thread.onSpinWait();
        }
        runs.end(key(15));
        adding.get();
        assertThat(runs.find(key(10), 5)).as("round %d", round).isNull();
      }
    }
  }

  @Test
  void whenThereIsNoRoomRunsGoThatWereNotUsed() {
    HotRuns small = new HotRuns(16 * 1024);
    HotRun used = null;
    for (int i = 0; i < 100; i++) {
      HotRun claim = small.claim(range(10 * i, 10 * i + 10));
      HotRun run = run(claim.range(), 1, 10 * i);
      small.add(claim, run);
      used = used == null ? run : used;
      assertThat(small.find(key(0), 2)).as("the run that is used is kept").isSameAs(used);
    }

    assertThat(small.find(key(10), 2)).as("the oldest that was not used").isNull();
    assertThat(small.find(key(990), 2)).as("the newest").isNotNull();
  }

  /**
   * Every commit moves a token from one even key to another; a scan that saw two states would miss
   * it or meet it twice. The odd keys stay, so that there are runs without it.
   */
  @Test
  void aScanSeesOneStateWhateverIsCommittedMeanwhile(@TempDir Path directory) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    RocksSettings settings = RocksSettings.defaults().withDurability(Durability.RELAXED);
    try (Store store = RocksStore.open(directory.resolve("data"), settings);
        ExecutorService readers = Executors.newFixedThreadPool(3)) {
      fill(store);
      List<Future<Integer>> scans = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        scans.add(readers.submit(() -> scanUntil(done, store)));
      }
      SplittableRandom random = new SplittableRandom(1);
      int at = 0;
      for (int i = 0; i < MOVES; i++) {
        int to = 2 * random.nextInt(TOKEN_KEYS);
        move(store, at, to);
        at = to;
      }
      done.set(true);
      for (Future<Integer> scan : scans) {
        assertThat(scan.get()).as("scans").isPositive();
      }
    }
  }

  private static void fill(Store store) {
    Commit.Builder commit = Commit.at(store.readPoint());
    for (int i = 0; i < TOKEN_KEYS; i++) {
      commit.put(key(2 * i + 1), new byte[0]);
    }
    commit.put(key(0), TOKEN).put(PLACE, key(0));
    assertThat(store.commit(commit.build())).isInstanceOf(CommitResult.Committed.class);
  }

  private static void move(Store store, int from, int to) {
    Commit.Builder commit = Commit.at(store.readPoint());
    if (from != to) {
      commit.delete(key(from));
    }
    commit.put(key(to), TOKEN).put(PLACE, key(to));
    assertThat(store.commit(commit.build())).isInstanceOf(CommitResult.Committed.class);
  }

  private static int scanUntil(AtomicBoolean done, Store store) {
    int scans = 0;
    SplittableRandom random = new SplittableRandom();
    for (; !done.get(); scans++) {
      try (Reader reader = store.reader();
          Cursor cursor = reader.scan(KeyRange.prefix(new byte[] {1}), Direction.ASCENDING, 0)) {
        byte[] place = reader.get(PLACE).value();
        assertThat(tokens(cursor)).containsExactly(place);
        byte[] from = key(random.nextInt(2 * TOKEN_KEYS));
        cursor.seek(from);
        boolean ahead = Keys.compare(from, place) <= 0;
        assertThat(tokens(cursor)).hasSize(ahead ? 1 : 0);
      }
    }
    return scans;
  }

  private static List<byte[]> tokens(Cursor cursor) {
    List<byte[]> tokens = new ArrayList<>();
    while (cursor.next()) {
      if (cursor.value().length > 0) {
        tokens.add(cursor.key());
      }
    }
    return tokens;
  }
}
