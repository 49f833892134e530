package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.Durability;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.StorageLimits;
import io.refugium.storage.rocks.Backups.Backup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class BackupsTest {
  private static final OptionalInt ALL = OptionalInt.empty();

  @TempDir private Path temp;
  private final AtomicLong clock = new AtomicLong(1_700_000_000_000_000L);
  private RocksStore store;

  @BeforeEach
  void open() {
    store = open(data());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Path data() {
    return temp.resolve("data");
  }

  private RocksStore open(Path path) {
    return RocksStore.open(
        path,
        RocksSettings.defaults()
            .withDurability(Durability.RELAXED)
            .withClock(clock::incrementAndGet)
            .withWriteBufferBytes(1 << 20));
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private long put(int number, byte[] value) {
    Commit commit = Commit.at(store.readPoint()).put(key(number), value).build();
    return ((Committed) store.commit(commit)).time();
  }

  private static boolean has(RocksStore store, int number) {
    try (Reader reader = store.reader()) {
      return reader.get(key(number)) != null;
    }
  }

  private List<Path> inHome() throws IOException {
    try (Stream<Path> entries = Files.list(data().resolve("backups"))) {
      return entries.sorted().toList();
    }
  }

  @Test
  void hasEveryCommitUpToItsTimeAndNoneAfter() throws Exception {
    Map<Integer, Long> times = new ConcurrentHashMap<>();
    var stop = new AtomicBoolean();
    List<Backup> backups = new ArrayList<>();
    List<Long> acknowledgedBefore = new ArrayList<>();
    try (ExecutorService writers = Executors.newFixedThreadPool(4)) {
      List<Future<?>> writing = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        int first = writer;
        writing.add(
            writers.submit(
                () -> {
                  for (int n = first; !stop.get(); n += 4) {
                    times.put(n, put(n, new byte[500]));
                  }
                }));
      }
      for (int round = 1; round <= 3; round++) {
        while (times.size() < 2000 * round) {
          Thread.onSpinWait();
        }
        acknowledgedBefore.add(times.values().stream().mapToLong(time -> time).max().orElseThrow());
        backups.add(store.backups().make(ALL));
      }
      stop.set(true);
      for (Future<?> writer : writing) {
        writer.get();
      }
    }
    for (int round = 0; round < backups.size(); round++) {
      Backup backup = backups.get(round);
      assertThat(backup.lastCommit()).isGreaterThanOrEqualTo(acknowledgedBefore.get(round));
      try (RocksStore opened = open(backup.directory())) {
        times.forEach(
            (number, time) ->
                assertThat(has(opened, number))
                    .as("commit %d of %d", time, backup.lastCommit())
                    .isEqualTo(time <= backup.lastCommit()));
      }
    }
  }

  /** Files are shared; what becomes of those of the store is no business of the backup. */
  @Test
  void keepsWhatTheStoreGivesUp() throws Exception {
    var random = new SplittableRandom(1);
    byte[] value = new byte[1 << 18];
    for (int n = 0; n < 24; n++) {
      random.nextBytes(value);
      put(n, value.clone());
    }
    Backup backup = store.backups().make(ALL);
    assertThat(backup.bytes()).isGreaterThan(24 << 18);
    for (int round = 0; round < 3; round++) {
      for (int n = 0; n < 24; n++) {
        random.nextBytes(value);
        put(n, value.clone());
      }
      store.prune(store.readPoint());
    }
    while (sharedFiles(backup) > 0) {
      Thread.sleep(20); // files are deleted in the background
    }
    try (RocksStore opened = open(backup.directory());
        Reader reader = opened.reader()) {
      var again = new SplittableRandom(1);
      for (int n = 0; n < 24; n++) {
        again.nextBytes(value);
        assertThat(reader.get(key(n)).value()).isEqualTo(value);
      }
    }
  }

  /** How many large files of a backup the store still has, deleted ones included. */
  private long sharedFiles(Backup backup) throws IOException {
    try (Stream<Path> files = Files.list(DataDirectory.rocksIn(backup.directory()))) {
      return files
          .filter(file -> file.toString().endsWith(".sst") && file.toFile().length() > 1 << 20)
          .map(file -> DataDirectory.rocksIn(data()).resolve(file.getFileName()))
          .filter(file -> Files.exists(file) || Files.exists(Path.of(file + ".trash")))
          .count();
    }
  }

  @Test
  void aBackupIsTheOwnersAlone() throws IOException {
    Backup backup = store.backups().make(ALL);
    assertThat(backup.directory()).isAbsolute().hasParent(data().resolve("backups"));
    for (Path directory : List.of(backup.directory(), data().resolve("backups"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void keepsAsManyAsIsSaid() throws IOException {
    Path first = store.backups().make(ALL).directory();
    clock.addAndGet(-5_000_000); // must not make the next one the oldest
    close();
    open();
    Path second = store.backups().make(ALL).directory();
    Backup third = store.backups().make(OptionalInt.of(2));
    assertThat(third.removed()).containsExactly(first);
    assertThat(inHome()).containsExactly(second, third.directory());
    Backup only = store.backups().make(OptionalInt.of(1));
    assertThat(only.removed()).containsExactly(second, third.directory());
    assertThat(inHome()).containsExactly(only.directory());
    assertThatThrownBy(() -> store.backups().make(OptionalInt.of(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void neverRemovesWhatIsNoBackupOrHasBecomeADataDirectory() throws IOException {
    Path used = store.backups().make(ALL).directory();
    open(used).close();
    Path foreign = Files.createDirectory(data().resolve("backups/mine"));
    Path kept = store.backups().make(OptionalInt.of(1)).directory();
    assertThat(inHome()).containsExactlyInAnyOrder(used, foreign, kept);
  }

  @Test
  void whatWasNotFinishedIsGoneAtTheNextStart() throws IOException {
    Path complete = store.backups().make(ALL).directory();
    close();
    Path half = complete.resolveSibling("2030-01-01T00-00-00.000000Z.partial");
    Files.createDirectories(half.resolve("rocks"));
    Files.writeString(half.resolve("rocks/CURRENT"), "x");
    open();
    assertThat(inHome()).containsExactly(complete);
  }

  @Test
  void oneIsMadeAtATime() throws Exception {
    int asked = 8;
    int made = 0;
    try (ExecutorService all = Executors.newFixedThreadPool(asked)) {
      Callable<Backup> making = () -> store.backups().make(ALL);
      List<Future<Backup>> results = new ArrayList<>();
      for (int i = 0; i < asked; i++) {
        results.add(all.submit(making));
      }
      for (Future<Backup> result : results) {
        made += isMade(result) ? 1 : 0;
      }
    }
    assertThat(made).isPositive();
    assertThat(inHome()).hasSize(made);
  }

  private static boolean isMade(Future<Backup> result) throws InterruptedException {
    try {
      result.get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(StorageException.Busy.class);
      return false;
    }
  }

  @Test
  void thereIsALimitToHowManyAreKept() throws IOException {
    Path first = store.backups().make(ALL).directory();
    for (int i = 1; i < StorageLimits.MAX_BACKUPS; i++) {
      Path other = first.resolveSibling("2020-01-01T00-00-00.%06dZ".formatted(i));
      Files.createDirectory(other);
      Files.copy(first.resolve("FORMAT"), other.resolve("FORMAT"));
    }
    assertThatThrownBy(() -> store.backups().make(ALL))
        .isInstanceOf(StorageException.Full.class)
        .hasMessageContaining("100 backups");
    assertThat(inHome()).hasSize(StorageLimits.MAX_BACKUPS);
    Backup next = store.backups().make(OptionalInt.of(2));
    assertThat(inHome()).containsExactly(first, next.directory());
  }
}
