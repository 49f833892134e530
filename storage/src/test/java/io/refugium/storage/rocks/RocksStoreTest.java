package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.Durability;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.StorageException;
import io.refugium.storage.Store;
import io.refugium.storage.StoreContract;
import io.refugium.storage.StoreStats;
import io.refugium.storage.Subscription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends StoreContract {
  @TempDir Path temp;

  @Override
  protected Store open(LongSupplier clock) {
    return open(temp.resolve("data"));
  }

  private RocksStore open(Path path) {
    return RocksStore.open(
        path, RocksSettings.defaults().withDurability(Durability.RELAXED).withClock(clock::get));
  }

  private void reopen() {
    store.close();
    store = open(temp.resolve("data"));
  }

  @Test
  void keepsDataAndTimesOverARestartWithTheClockSetBack() {
    long one = put(store, "a=1");
    long two = put(store, "a=2");
    clock.set(5);
    reopen();
    assertThat(store.readPoint()).isEqualTo(two + 1);
    assertThat(get(store, "a", one)).isEqualTo("1");
    assertThat(get(store, "a", two)).isEqualTo("2");
    assertThat(put(store, "a=3")).isEqualTo(two + 2);
  }

  @Test
  void refusesToValidateWhatBeganBeforeTheRestart() {
    long start = put(store, "a=1") - 1;
    reopen();
    CommitResult result =
        store.commit(Commit.at(start).read(b("other")).put(b("x"), b("1")).build());
    assertThat(result).isEqualTo(new Conflict(Reason.TOO_OLD, null));
  }

  @Test
  void subscriptionsResumeOverARestart() throws Exception {
    long one = put(store, "a=1");
    put(store, "a=2", "b");
    reopen();
    try (Subscription changes = store.changes(KeyRange.all(), one)) {
      assertThat(take(changes)).endsWith(":a=2,b");
      put(store, "c=1");
      assertThat(take(changes)).endsWith(":c=1");
    }
  }

  @Test
  void floorsHoldOverARestart() {
    long one = put(store, "a=1", "b=1");
    long two = put(store, "a=2", "b=2");
    store.prune(KeyRange.prefix(b("a")), two);
    reopen();
    assertThatThrownBy(() -> get(store, "a", one)).isInstanceOf(StorageException.Pruned.class);
    assertThat(get(store, "b", one)).isEqualTo("1");
    store.prune(two);
    reopen();
    assertThatThrownBy(() -> get(store, "b", one)).isInstanceOf(StorageException.Pruned.class);
    assertThat(put(store, "c=1")).isGreaterThan(two);
  }

  @Test
  void forgottenChangesStayForgottenOverARestart() {
    long one = put(store, "a=1");
    long two = put(store, "a=2");
    store.forgetChanges(two);
    reopen();
    assertThatThrownBy(() -> store.changes(KeyRange.all(), one))
        .isInstanceOf(StorageException.Pruned.class);
    assertThat(get(store, "a", one)).isEqualTo("1");
    assertThat(put(store, "a=3")).isGreaterThan(two);
  }

  /**
   * Logs and data files are deleted piece by piece, in the background; what a stop leaves, a start.
   */
  @Test
  void filesThatAreDoneWithGoAway() throws Exception {
    store.close();
    Path data = temp.resolve("small");
    RocksSettings settings =
        RocksSettings.defaults()
            .withDurability(Durability.RELAXED)
            .withClock(clock::get)
            .withWriteBufferBytes(1 << 20);
    byte[] value = new byte[1 << 18];
    try (RocksStore small = RocksStore.open(data, settings)) {
      for (int i = 0; i < 64; i++) {
        new SplittableRandom(i).nextBytes(value);
        small.commit(Commit.at(small.readPoint()).put(b("key" + i % 4), value.clone()).build());
      }
    }
    try (RocksStore again = RocksStore.open(data, settings)) {
      assertThat(get(again, "key3", again.readPoint())).hasSizeGreaterThan(1000);
      long patience = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (trash(data) > 0 && System.nanoTime() < patience) {
        Thread.sleep(20);
      }
      assertThat(trash(data)).isZero();
    }
    store = open(temp.resolve("data"));
  }

  private static long trash(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(DataDirectory.rocksIn(directory))) {
      return files.filter(file -> file.toString().endsWith(".trash")).count();
    }
  }

  @Test
  void newDirectoriesAreTheOwnersAlone() throws IOException {
    Path copy = temp.resolve("copy");
    store.checkpoint(copy);
    for (Path directory : List.of(temp.resolve("data"), copy)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aCheckpointIsACompleteStoreOfItsOwn() {
    long one = put(store, "a=1");
    Path copy = temp.resolve("copy");
    store.checkpoint(copy);
    put(store, "a=2");
    try (Store opened = open(copy)) {
      assertThat(get(opened, "a", opened.readPoint())).isEqualTo("1");
      assertThat(get(opened, "a", one)).isEqualTo("1");
      put(opened, "a=other");
    }
    assertThat(get(store, "a", store.readPoint())).isEqualTo("2");
    assertThatThrownBy(() -> store.checkpoint(copy))
        .isInstanceOf(StorageException.Io.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void aDirectoryInUseIsRefused() {
    assertThatThrownBy(() -> open(temp.resolve("data")))
        .isInstanceOf(StorageException.Locked.class)
        .hasMessageContaining("in use by process " + ProcessHandle.current().pid());
    put(store, "a=1");
    reopen();
  }

  @Test
  void aDirectoryThatWasNotFinishedIsOnesOwn() throws IOException {
    Path unfinished = Files.createDirectories(temp.resolve("unfinished"));
    Files.createDirectory(unfinished.resolve("rocks"));
    Files.writeString(unfinished.resolve("FORMAT.partial"), "refug");
    try (RocksStore other = open(unfinished)) {
      put(other, "a=1");
    }
    assertThat(unfinished.resolve("FORMAT.partial")).doesNotExist();
    assertThat(unfinished.resolve("FORMAT")).hasContent("refugium-store 1");
  }

  @Test
  void aDirectoryOfSomethingElseIsRefused() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    Files.writeString(other.resolve("thesis.txt"), "precious");
    assertThatThrownBy(() -> open(other))
        .isInstanceOf(StorageException.Unsuitable.class)
        .hasMessageContaining("holds no Refugium data");
    assertThat(other).isDirectoryContaining("glob:**thesis.txt");
    assertThatThrownBy(() -> open(other.resolve("thesis.txt")))
        .isInstanceOf(StorageException.Unsuitable.class)
        .hasMessageContaining("not a directory");
  }

  @Test
  void anUnknownFormatIsRefused() throws IOException {
    store.close();
    Path format = temp.resolve("data").resolve("FORMAT");
    Files.writeString(format, "refugium-store 2\n");
    assertThatThrownBy(() -> open(temp.resolve("data")))
        .isInstanceOf(StorageException.Unsuitable.class)
        .hasMessageContaining("format");
    Files.writeString(format, "refugium-store 1\n");
    reopen();
  }

  @Test
  void missingFilesAreDamageAndNoReasonToStartAfresh() throws IOException {
    put(store, "a=1");
    store.close();
    Files.delete(temp.resolve("data/rocks/CURRENT"));
    assertThatThrownBy(() -> open(temp.resolve("data")))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("restore");
    assertThat(temp.resolve("data/rocks/CURRENT")).doesNotExist();
  }

  @Test
  void damagedDataFilesAreReported() throws IOException {
    byte[] value = new byte[1000];
    for (int i = 0; i < 100; i++) {
      store.commit(Commit.at(0).put(b("k" + i), value).build());
    }
    store.close();
    for (Path file : dataFiles()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int i = 0; i < bytes.length; i += 7) {
        bytes[i] ^= 0x55;
      }
      Files.write(file, bytes);
    }
    assertThatThrownBy(
            () -> {
              store = open(temp.resolve("data"));
              get(store, "k1", store.readPoint());
            })
        .isInstanceOf(StorageException.Corrupt.class);
  }

  private List<Path> dataFiles() throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve("data/rocks"))) {
      return files.filter(file -> file.toString().endsWith(".sst")).toList();
    }
  }

  @Test
  void countsWhatItDoes() {
    StoreStats before = store.stats();
    long start = store.readPoint();
    put(store, "a=1");
    store.commit(Commit.at(start).read(b("a")).put(b("a"), b("2")).build());
    try (Reader reader = store.reader();
        Subscription changes = store.changes(KeyRange.all(), start)) {
      assertThat(reader.get(b("a"))).isNotNull();
      assertThat(changes.position()).isEqualTo(start);
      StoreStats stats = store.stats();
      assertThat(stats.commits()).isEqualTo(before.commits() + 1);
      assertThat(stats.conflicts()).isEqualTo(before.conflicts() + 1);
      assertThat(stats.readers()).isEqualTo(1);
      assertThat(stats.subscriptions()).isEqualTo(1);
      assertThat(stats.remembered()).isEqualTo(1);
      assertThat(stats.memoryBytes()).isPositive();
    }
    assertThat(store.stats().readers()).isZero();
  }

  @Test
  void closeWaitsForReaders() throws Exception {
    put(store, "a=1");
    Reader reader = store.reader();
    Thread closer = Thread.startVirtualThread(store::close);
    assertThat(closer.join(Duration.ofMillis(50))).isFalse();
    assertThat(reader.get(b("a"))).isNotNull();
    reader.close();
    closer.join();
  }
}
