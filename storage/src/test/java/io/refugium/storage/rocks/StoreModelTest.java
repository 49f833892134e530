package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.Durability;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.Stamp;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.Subscription;
import io.refugium.storage.Version;
import io.refugium.storage.VersionCursor;
import io.refugium.storage.Write;
import io.refugium.storage.memory.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Drives the durable engine and the one in memory through the same random life, and demands the
 * same answers: reads and scans at past times, conflicts, edited history, pruning, change feeds,
 * restarts.
 */
class StoreModelTest {
  private static final int STEPS = 250;
  private static final byte[] ALPHABET = {0, 1, 'a', (byte) 0xff};

  @Property(tries = 100)
  void bothEnginesAlwaysAgree(@ForAll long seed) throws Exception {
    Path directory = Files.createTempDirectory("refugium-model");
    try (Life life = new Life(new Random(seed), directory.resolve("data"))) {
      for (int step = 0; step < STEPS; step++) {
        life.step();
      }
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** A pair of stores with one past. */
  private static final class Life implements AutoCloseable {
    private final Random random;
    private final Path directory;
    private final boolean
        editsHistory; // then a late subscriber may miss versions, which is not compared
    private final List<Long> times = new ArrayList<>(List.of(0L));
    private final MemoryStore model;
    private Store store;
    private Subscription changes;
    private Subscription modelChanges;
    private KeyRange subscribed;
    private long clock = 1000;
    private long highestFloor;
    private long validatable; // transactions that read before may be refused as too old

    Life(Random random, Path directory) {
      this.random = random;
      this.directory = directory;
      this.editsHistory = random.nextBoolean();
      this.model = new MemoryStore(() -> clock);
      this.store = open();
      subscribe();
    }

    private Store open() {
      return RocksStore.open(
          directory,
          RocksSettings.defaults().withDurability(Durability.RELAXED).withClock(() -> clock));
    }

    void step() throws Exception {
      clock += random.nextInt(20) - 4;
      switch (random.nextInt(20)) {
        case 0, 1, 2, 3, 4, 5, 6, 7 -> commit();
        case 8, 9 -> get();
        case 10, 11, 12 -> scan();
        case 13 -> versionsOfKey();
        case 14 -> versionsOfRange();
        case 15, 16 -> follow();
        case 17 -> prune();
        case 18 -> times.add(readPoint());
        default -> {
          if (random.nextInt(8) == 0) {
            restart();
          }
        }
      }
      readPoint();
    }

    private long readPoint() {
      long expected = model.readPoint();
      assertThat(store.readPoint()).isEqualTo(expected);
      return expected;
    }

    private void commit() {
      long readPoint = Math.max(random.nextInt(4) == 0 ? anyTime() : readPoint(), validatable);
      Commit.Builder commit = Commit.at(readPoint);
      for (int i = random.nextInt(3); i > 0; i--) {
        commit.read(key());
      }
      for (int i = random.nextInt(2); i > 0; i--) {
        commit.read(range());
      }
      List<byte[]> keys = new ArrayList<>();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        byte[] key = key();
        if (keys.stream().noneMatch(other -> Arrays.equals(other, key))) {
          keys.add(key);
          commit.write(write(key, readPoint));
        }
      }
      Commit built = commit.build();
      Object result = outcome(store, s -> describe(s.commit(built)));
      assertThat(result).isEqualTo(outcome(model, s -> describe(s.commit(built))));
      if (result instanceof Long time) {
        times.add(time);
      }
    }

    private Write write(byte[] key, long readPoint) {
      byte[] value = new byte[8 + random.nextInt(8)];
      random.nextBytes(value);
      long past = Math.min(anyTime(), readPoint);
      return switch (random.nextInt(editsHistory ? 16 : 13)) {
        case 13 -> Write.putAt(key, value, past);
        case 14 -> Write.deleteAt(key, past);
        case 15 -> Write.eraseAt(key, past);
        case 3 ->
            Write.put(
                Arrays.copyOf(key, key.length + 8),
                List.of(Stamp.descending(key.length)),
                value,
                List.of(Stamp.ascending(0)));
        case 4, 5, 6 -> Write.delete(key);
        default -> Write.put(key, value);
      };
    }

    private static Object describe(CommitResult result) {
      return switch (result) {
        case Committed committed -> committed.time();
        // Which of several conflicts is found first is no promise.
        case Conflict conflict -> "conflict";
      };
    }

    private void get() {
      byte[] key = key();
      long at = anyTime();
      same(
          at,
          reader -> {
            Version version = reader.get(key);
            return version == null ? "none" : version.time() + "=" + hex(version.value());
          });
    }

    private void scan() {
      KeyRange range = range();
      Direction direction = Direction.values()[random.nextInt(2)];
      long at = anyTime();
      int limit = 1 + random.nextInt(30);
      byte[] target = random.nextBoolean() ? key() : null;
      same(
          at,
          reader -> {
            StringBuilder found = new StringBuilder();
            try (Cursor cursor = reader.scan(range, direction, limit)) {
              describe(cursor, limit, found);
              if (target != null) {
                cursor.seek(target);
                describe(cursor, limit, found.append("seek "));
              }
            }
            return found.toString();
          });
    }

    private static void describe(Cursor cursor, int limit, StringBuilder found) {
      for (int i = 0; i < limit && cursor.next(); i++) {
        found.append(hex(cursor.key())).append('@').append(cursor.time());
        found.append('=').append(hex(cursor.value())).append(' ');
      }
    }

    /**
     * When history is edited, what is garbage before the floor may be found only by the next pass.
     */
    private long versionsFrom() {
      return editsHistory ? Math.max(anyTime(), highestFloor + 1) : anyTime();
    }

    private void versionsOfKey() {
      byte[] key = key();
      Direction direction = Direction.values()[random.nextInt(2)];
      long from = versionsFrom();
      long to = anyTime() + random.nextInt(3);
      same(anyTime(), reader -> describe(reader.versions(key, from, to, direction)));
    }

    private void versionsOfRange() {
      KeyRange range = range();
      long from = versionsFrom();
      long to = anyTime() + random.nextInt(3);
      same(anyTime(), reader -> describe(reader.versions(range, from, to)));
    }

    private static String describe(VersionCursor versions) {
      StringBuilder found = new StringBuilder();
      try (versions) {
        while (versions.next()) {
          found.append(hex(versions.key())).append('@').append(versions.time()).append('=');
          found.append(versions.value() == null ? "deleted" : hex(versions.value())).append(' ');
        }
      }
      return found.toString();
    }

    private void same(long at, Function<Reader, String> question) {
      assertThat(outcome(store, s -> ask(s, at, question)))
          .isEqualTo(outcome(model, s -> ask(s, at, question)));
    }

    private static String ask(Store store, long at, Function<Reader, String> question) {
      try (Reader reader = store.reader(at)) {
        return question.apply(reader);
      }
    }

    /** The answer, or the refusal. */
    private static Object outcome(Store store, Function<Store, Object> question) {
      try {
        return question.apply(store);
      } catch (StorageException.Pruned e) {
        return "pruned before " + e.floor();
      }
    }

    private void follow() throws InterruptedException {
      for (int i = random.nextInt(6); i > 0; i--) {
        Change expected = modelChanges.next(Duration.ZERO);
        Change actual = changes.next(Duration.ZERO);
        // The feed is filled just after a commit is answered.
        for (int wait = 0;
            expected != null && actual == null && wait < 100 && !editsHistory;
            wait++) {
          actual = changes.next(Duration.ofMillis(100));
        }
        if (!editsHistory) {
          assertThat(describe(actual)).isEqualTo(describe(expected));
        }
      }
    }

    private static String describe(Change change) {
      if (change == null) {
        return "none";
      }
      StringBuilder text = new StringBuilder().append(change.time());
      for (Change.Entry entry : change.entries()) {
        text.append(' ').append(hex(entry.key())).append('@').append(entry.time());
        text.append('=').append(entry.isDeletion() ? "deleted" : hex(entry.value()));
      }
      return text.toString();
    }

    private void subscribe() {
      subscribed = random.nextBoolean() ? KeyRange.all() : range();
      long from = readPoint();
      changes = store.changes(subscribed, from);
      modelChanges = model.changes(subscribed, from);
    }

    /** Prunes some range at some time no later than where the subscribers are. */
    private void prune() {
      KeyRange range = random.nextBoolean() ? KeyRange.all() : range();
      if (range.isEmpty()) {
        return;
      }
      long floor = Math.min(anyTime(), modelChanges.position());
      if (random.nextInt(4) == 0) {
        store.forgetChanges(floor);
        model.forgetChanges(floor);
        validatable = Math.max(validatable, floor);
        return;
      }
      store.prune(range, floor);
      model.prune(range, floor);
      highestFloor = Math.max(highestFloor, floor);
      if (range.contains(KeyRange.all())) {
        validatable = Math.max(validatable, floor);
      }
    }

    private void restart() {
      changes.close();
      modelChanges.close();
      store.close();
      store = open();
      validatable = readPoint();
      subscribe();
    }

    private long anyTime() {
      return times.get(times.size() - 1 - (int) (times.size() * Math.pow(random.nextDouble(), 3)));
    }

    private byte[] key() {
      byte[] key = new byte[random.nextInt(4)];
      for (int i = 0; i < key.length; i++) {
        key[i] = ALPHABET[random.nextInt(ALPHABET.length)];
      }
      return key;
    }

    private KeyRange range() {
      return switch (random.nextInt(4)) {
        case 0 -> KeyRange.prefix(key());
        case 1 -> KeyRange.of(key(), null);
        case 2 -> KeyRange.single(key());
        default -> KeyRange.of(key(), key());
      };
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
      changes.close();
      modelChanges.close();
      store.close();
      model.close();
    }
  }
}
