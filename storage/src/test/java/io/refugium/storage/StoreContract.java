package io.refugium.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine promises. Subclasses say which engine. */
public abstract class StoreContract {
  private static final Duration SOON = Duration.ofSeconds(10);

  protected final AtomicLong clock = new AtomicLong(1_000_000);
  protected Store store;

  /** A new, empty store on the given clock. */
  protected abstract Store open(LongSupplier clock) throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = open(clock::get);
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  protected static byte[] b(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  protected static String s(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** A blind commit of {@code key=value} pairs; a key alone is deleted. */
  protected static long put(Store store, String... pairs) {
    Commit.Builder commit = Commit.at(store.readPoint());
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        commit.delete(b(pair));
      } else {
        commit.put(b(pair.substring(0, equals)), b(pair.substring(equals + 1)));
      }
    }
    return ((Committed) store.commit(commit.build())).time();
  }

  protected static String get(Store store, String key, long at) {
    try (Reader reader = store.reader(at)) {
      Version version = reader.get(b(key));
      return version == null ? null : s(version.value());
    }
  }

  protected static List<String> scan(Store store, KeyRange range, long at, Direction direction) {
    try (Reader reader = store.reader(at)) {
      return drain(reader.scan(range, direction, 0));
    }
  }

  private static List<String> drain(Cursor cursor) {
    List<String> entries = new ArrayList<>();
    while (cursor.next()) {
      entries.add(s(cursor.key()) + "=" + s(cursor.value()) + "@" + cursor.time());
    }
    return entries;
  }

  private static KeyRange range(String from, String to) {
    return KeyRange.of(b(from), b(to));
  }

  @Test
  void findsTheVersionOfItsTime() {
    long one = put(store, "k=1");
    long two = put(store, "k=2");
    long gone = put(store, "k");
    long three = put(store, "k=3");

    assertThat(get(store, "k", one - 1)).isNull();
    assertThat(get(store, "k", one)).isEqualTo("1");
    assertThat(get(store, "k", two)).isEqualTo("2");
    assertThat(get(store, "k", gone)).isNull();
    assertThat(get(store, "k", three)).isEqualTo("3");
    assertThat(get(store, "K", three)).isNull();
    assertThat(get(store, "kk", three)).isNull();
    assertThat(get(store, "", three)).isNull();
    try (Reader reader = store.reader(gone - 1)) {
      assertThat(reader.get(b("k")).time()).isEqualTo(two);
    }
  }

  @Test
  void keepsEmptyKeysAndValues() {
    long time = put(store, "=", "a=");
    assertThat(scan(store, KeyRange.all(), time, Direction.ASCENDING))
        .containsExactly("=@" + time, "a=@" + time);
  }

  @Test
  void ordersKeysByUnsignedBytesAlsoWhenOneStartsAnother() {
    List<String> keys =
        List.of(
            "",
            "\0",
            "\0\0",
            "\0\1",
            "\0\u00ff",
            "\1",
            "a",
            "a\0",
            "a\0\0b",
            "a\0\1",
            "a\1",
            "ab",
            "b\u007f",
            "b\u0080",
            "b\u00ff",
            "\u00ff",
            "\u00ff\u00ff");
    Commit.Builder commit = Commit.at(store.readPoint());
    keys.forEach(key -> commit.put(b(key), b("v")));
    store.commit(commit.build());
    long at = store.readPoint();

    for (String from : keys) {
      for (String to : keys) {
        List<String> expected =
            keys.stream().filter(key -> range(from, to).contains(b(key))).toList();
        assertThat(keysOf(range(from, to), at, Direction.ASCENDING)).isEqualTo(expected);
        assertThat(keysOf(range(from, to), at, Direction.DESCENDING))
            .isEqualTo(expected.reversed());
      }
    }
    assertThat(keysOf(KeyRange.all(), at, Direction.DESCENDING)).isEqualTo(keys.reversed());
    assertThat(keysOf(KeyRange.prefix(b("a\0")), at, Direction.ASCENDING))
        .containsExactly("a\0", "a\0\0b", "a\0\1");
    assertThat(keysOf(KeyRange.single(b("a")), at, Direction.ASCENDING)).containsExactly("a");
    for (String key : keys) {
      assertThat(get(store, key, at)).isEqualTo("v");
    }
  }

  private List<String> keysOf(KeyRange range, long at, Direction direction) {
    List<String> keys = new ArrayList<>();
    try (Reader reader = store.reader(at)) {
      for (Cursor cursor = reader.scan(range, direction, 0); cursor.next(); ) {
        keys.add(s(cursor.key()));
      }
    }
    return keys;
  }

  @Test
  void scansPassOverManyVersionsAndDeletions() {
    long first = put(store, "a=0", "b=0", "c=0", "d=0");
    long thirtieth = first;
    for (int i = 1; i <= 30; i++) {
      thirtieth = put(store, "b=" + i, i % 2 == 0 ? "c" : "c=" + i);
    }
    long last = store.readPoint();

    for (Direction direction : Direction.values()) {
      List<String> old = scan(store, KeyRange.all(), first, direction);
      List<String> now = scan(store, KeyRange.all(), last, direction);
      assertThat(direction == Direction.ASCENDING ? old : old.reversed())
          .containsExactly("a=0@" + first, "b=0@" + first, "c=0@" + first, "d=0@" + first);
      assertThat(direction == Direction.ASCENDING ? now : now.reversed())
          .containsExactly("a=0@" + first, "b=30@" + thirtieth, "d=0@" + first);
    }
  }

  @Test
  void cursorsSeekWithinTheirRangeInBothDirections() {
    put(store, "a=1", "c=1", "e=1", "g=1");
    try (Reader reader = store.reader()) {
      Cursor up = reader.scan(range("b", "g"), Direction.ASCENDING, 0);
      up.seek(b("d"));
      assertThat(up.next()).isTrue();
      assertThat(s(up.key())).isEqualTo("e");
      assertThat(up.next()).isFalse();
      up.seek(b("a"));
      assertThat(up.next()).isTrue();
      assertThat(s(up.key())).isEqualTo("c");
      up.seek(b("c"));
      assertThat(up.next()).isTrue();
      assertThat(s(up.key())).isEqualTo("c");

      Cursor down = reader.scan(range("b", "g"), Direction.DESCENDING, 0);
      down.seek(b("e"));
      assertThat(down.next()).isTrue();
      assertThat(s(down.key())).isEqualTo("e");
      down.seek(b("d"));
      assertThat(down.next()).isTrue();
      assertThat(s(down.key())).isEqualTo("c");
      assertThat(down.next()).isFalse();
      down.seek(b("z"));
      assertThat(down.next()).isTrue();
      assertThat(s(down.key())).isEqualTo("e");
    }
  }

  @Test
  void listsVersionsWithDeletions() {
    long one = put(store, "k=1", "k\0=x");
    long two = put(store, "k");
    long three = put(store, "k=3");
    put(store, "j=x", "l=x");

    assertThat(versions("k", 0, Long.MAX_VALUE, Direction.DESCENDING))
        .containsExactly("3@" + three, "null@" + two, "1@" + one);
    assertThat(versions("k", 0, Long.MAX_VALUE, Direction.ASCENDING))
        .containsExactly("1@" + one, "null@" + two, "3@" + three);
    assertThat(versions("k", two, three, Direction.ASCENDING)).containsExactly("null@" + two);
    assertThat(versions("k", one + 1, three + 1, Direction.DESCENDING))
        .containsExactly("3@" + three, "null@" + two);
    assertThat(versions("k", three + 1, Long.MAX_VALUE, Direction.ASCENDING)).isEmpty();
    assertThat(versions("m", 0, Long.MAX_VALUE, Direction.DESCENDING)).isEmpty();
  }

  private List<String> versions(String key, long from, long to, Direction direction) {
    List<String> versions = new ArrayList<>();
    try (Reader reader = store.reader();
        VersionCursor cursor = reader.versions(b(key), from, to, direction)) {
      while (cursor.next()) {
        versions.add(s(cursor.value()) + "@" + cursor.time());
      }
      assertThat(cursor.next()).isFalse();
    }
    return versions;
  }

  @Test
  void readersStayAtTheirTime() {
    put(store, "a=1", "b=1");
    try (Reader reader = store.reader()) {
      Cursor cursor = reader.scan(KeyRange.all(), Direction.ASCENDING, 0);
      assertThat(cursor.next()).isTrue();
      put(store, "a=2", "b", "c=2");
      assertThat(s(cursor.value())).isEqualTo("1");
      assertThat(cursor.next()).isTrue();
      assertThat(s(cursor.key())).isEqualTo("b");
      assertThat(cursor.next()).isFalse();
      assertThat(s(reader.get(b("b")).value())).isEqualTo("1");
      assertThat(reader.get(b("c"))).isNull();
    }
  }

  @Test
  void refusesToReadTheFuture() {
    long future = store.readPoint() + 1;
    assertThatThrownBy(() -> store.reader(future)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commitTimesAndReadPointsNeverGoBack() {
    long one = put(store, "a=1");
    clock.addAndGet(-500_000);
    long two = put(store, "a=2");
    assertThat(two).isGreaterThan(one);
    assertThat(store.readPoint()).isEqualTo(two + 1);
    clock.addAndGet(5_000_000);
    long idle = store.readPoint();
    assertThat(idle).isEqualTo(clock.get() - 1);
    clock.addAndGet(-5_000_000);
    assertThat(store.readPoint()).isEqualTo(idle);
    assertThat(put(store, "a=3")).isGreaterThan(idle);
    assertThat(get(store, "a", idle)).isEqualTo("2");
  }

  @Test
  void refusesACommitWhoseKeyWasWrittenSince() {
    put(store, "a=1", "b=1");
    long start = store.readPoint();
    put(store, "a=2");

    assertConflict(Commit.at(start).read(b("a")).put(b("x"), b("1")), Reason.KEY);
    assertThat(get(store, "x", store.readPoint())).isNull();
    assertCommitted(Commit.at(start).read(b("b")).put(b("b"), b("2")));
    assertConflict(Commit.at(start).read(b("b")).delete(b("b")), Reason.KEY);
    assertCommitted(Commit.at(store.readPoint()).read(b("a")).put(b("a"), b("3")));
    assertCommitted(Commit.at(start).put(b("a"), b("blind")));
  }

  @Test
  void refusesPhantoms() {
    put(store, "b=1");
    long start = store.readPoint();
    put(store, "d=new");
    put(store, "b");

    assertConflict(Commit.at(start).read(range("c", "e")).put(b("x"), b("1")), Reason.RANGE);
    assertConflict(Commit.at(start).read(range("a", "c")).put(b("x"), b("1")), Reason.RANGE);
    assertConflict(Commit.at(start).read(KeyRange.all()).put(b("x"), b("1")), Reason.RANGE);
    assertCommitted(Commit.at(start).read(range("e", "f")).put(b("x"), b("1")));
    assertCommitted(Commit.at(start).read(range("c", "d")).put(b("x"), b("1")));
    assertCommitted(Commit.at(start).read(range("d", "d")).put(b("x"), b("1")));
  }

  @Test
  void refusesPhantomsAmongManyOlderWritesOfTheRange() {
    for (int i = 0; i < 200; i++) {
      put(store, "r" + (char) i + "=1");
    }
    long start = store.readPoint();
    assertCommitted(Commit.at(start).read(KeyRange.prefix(b("r"))).put(b("x"), b("1")));
    put(store, "r\u00f0=1");
    assertConflict(
        Commit.at(start).read(KeyRange.prefix(b("r"))).put(b("x"), b("1")), Reason.RANGE);
  }

  @Test
  void anEmptyCommitSucceedsAtItsReadPoint() {
    long start = store.readPoint();
    put(store, "a=1");
    assertThat(store.commit(Commit.at(start).read(b("a")).build())).isEqualTo(new Committed(start));
  }

  private void assertConflict(Commit.Builder commit, Reason reason) {
    assertThat(store.commit(commit.build()))
        .isInstanceOfSatisfying(
            Conflict.class, conflict -> assertThat(conflict.reason()).isEqualTo(reason));
  }

  private void assertCommitted(Commit.Builder commit) {
    assertThat(store.commit(commit.build())).isInstanceOf(Committed.class);
  }

  @Test
  void stampsKeysAndValuesWithTheCommitTime() {
    byte[] ascending = ByteBuffer.allocate(12).put(b("up/")).array();
    byte[] descending = ByteBuffer.allocate(12).put(b("dn/")).array();
    long start = store.readPoint();
    long time =
        ((Committed)
                store.commit(
                    Commit.at(start)
                        .write(
                            Write.put(
                                ascending,
                                List.of(Stamp.ascending(3)),
                                new byte[16],
                                List.of(Stamp.ascending(0), new Stamp(8, Long.MIN_VALUE))))
                        .write(
                            Write.put(descending, List.of(Stamp.descending(3)), b("v"), List.of()))
                        .build()))
            .time();

    byte[] up = ByteBuffer.allocate(12).put(b("up/")).putLong(time).array();
    byte[] down = ByteBuffer.allocate(12).put(b("dn/")).putLong(~time).array();
    try (Reader reader = store.reader()) {
      ByteBuffer value = ByteBuffer.wrap(reader.get(up).value());
      assertThat(value.getLong()).isEqualTo(time);
      assertThat(value.getLong()).isEqualTo(time ^ Long.MIN_VALUE);
      assertThat(s(reader.get(down).value())).isEqualTo("v");
    }
    assertThat(ascending).endsWith(new byte[9]);
    assertConflict(Commit.at(start).read(up).put(b("x"), b("1")), Reason.KEY);
    assertConflict(
        Commit.at(start).read(KeyRange.prefix(b("dn/"))).put(b("x"), b("1")), Reason.RANGE);
    assertThatThrownBy(() -> Write.put(b("short"), List.of(Stamp.ascending(0)), b(""), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatExceedsALimit() {
    Commit.Builder longKey = Commit.at(0).delete(new byte[StorageLimits.MAX_KEY_BYTES + 1]);
    assertThatThrownBy(longKey::build).isInstanceOf(StorageException.TooLarge.class);
    Commit.Builder longValue =
        Commit.at(0).put(b("k"), new byte[StorageLimits.MAX_VALUE_BYTES + 1]);
    assertThatThrownBy(longValue::build).isInstanceOf(StorageException.TooLarge.class);
    byte[] half = new byte[(int) (StorageLimits.MAX_COMMIT_BYTES / 3 + 1)];
    Commit.Builder large = Commit.at(0).put(b("a"), half).put(b("b"), half).put(b("c"), half);
    assertThatThrownBy(large::build).isInstanceOf(StorageException.TooLarge.class);
    Commit.Builder many = Commit.at(0);
    for (int i = 0; i <= StorageLimits.MAX_COMMIT_WRITES; i++) {
      many.delete(ByteBuffer.allocate(4).putInt(i).array());
    }
    assertThatThrownBy(many::build).isInstanceOf(StorageException.TooLarge.class);
    Commit.Builder twice = Commit.at(0).put(b("k"), b("1")).delete(b("k"));
    assertThatThrownBy(twice::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void acceptsTheLargestKey() {
    byte[] key = new byte[StorageLimits.MAX_KEY_BYTES];
    long time = ((Committed) store.commit(Commit.at(0).put(key, b("v")).build())).time();
    try (Reader reader = store.reader(time);
        Cursor cursor = reader.scan(KeyRange.all(), Direction.ASCENDING, 1)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(key);
      assertThat(s(reader.get(key).value())).isEqualTo("v");
    }
  }

  @Test
  void subscriptionsSeePastAndComingCommitsOfTheirRange() throws Exception {
    long start = store.readPoint();
    long one = put(store, "a=1", "b=1", "c=1");
    put(store, "c=2");
    try (Subscription changes = store.changes(range("a", "c"), start)) {
      assertThat(take(changes)).isEqualTo(one + ":a=1,b=1");
      assertThat(changes.position()).isGreaterThanOrEqualTo(one);
      assertThat(changes.next(Duration.ZERO)).isNull();
      long three = put(store, "b", "x=1");
      assertThat(take(changes)).isEqualTo(three + ":b");
      long four = put(store, "x=2");
      assertThat(changes.next(Duration.ofMillis(20))).isNull();
      assertThat(changes.position()).isGreaterThanOrEqualTo(four);
    }
    try (Subscription resumed = store.changes(range("a", "c"), one)) {
      assertThat(take(resumed)).endsWith(":b");
      assertThat(resumed.next(Duration.ZERO)).isNull();
    }
  }

  @Test
  void aSubscriptionIsNotToldWhatItBeganAfter() throws Exception {
    for (int i = 0; i < 2_000; i++) {
      long before = put(store, "a=" + i);
      try (Subscription changes = store.changes(KeyRange.all(), store.readPoint())) {
        assertThat(changes.next(Duration.ZERO)).as("%d, commit %d", i, before).isNull();
        long after = put(store, "b=" + i);
        assertThat(take(changes)).isEqualTo(after + ":b=" + i);
      }
    }
  }

  @Test
  void aSlowSubscriberMissesNothing() throws Exception {
    try (Subscription changes = store.changes(KeyRange.all(), store.readPoint())) {
      assertThat(changes.next(Duration.ZERO)).isNull();
      int count = 3 * StorageLimits.MAX_SUBSCRIPTION_BACKLOG;
      for (int i = 0; i < count; i++) {
        put(store, "k=" + i);
      }
      for (int i = 0; i < count; i++) {
        assertThat(take(changes)).endsWith(":k=" + i);
      }
      assertThat(changes.next(Duration.ZERO)).isNull();
      put(store, "k=last");
      assertThat(take(changes)).endsWith(":k=last");
    }
  }

  @Test
  void closingWakesAWaitingSubscriber() throws Exception {
    Subscription changes = store.changes(KeyRange.all(), store.readPoint());
    Thread closer = Thread.startVirtualThread(changes::close);
    assertThat(changes.next(SOON)).isNull();
    closer.join();
    assertThat(changes.next(SOON)).isNull();
  }

  protected static String take(Subscription changes) throws InterruptedException {
    Change change = changes.next(SOON);
    assertThat(change).isNotNull();
    List<String> entries = new ArrayList<>();
    for (Change.Entry entry : change.entries()) {
      entries.add(s(entry.key()) + (entry.isDeletion() ? "" : "=" + s(entry.value())));
    }
    return change.time() + ":" + String.join(",", entries);
  }

  @Test
  void pruningKeepsWhatReadersAtOrAfterTheFloorSee() throws Exception {
    put(store, "a=1", "gone=1", "still=1", "back=1");
    put(store, "a=2", "gone", "back");
    long floor = put(store, "a=3");
    put(store, "a=4", "back=2");
    store.prune(floor);

    assertThat(get(store, "a", floor)).isEqualTo("3");
    assertThat(scan(store, KeyRange.all(), floor, Direction.ASCENDING)).hasSize(2);
    assertThat(scan(store, KeyRange.all(), store.readPoint(), Direction.DESCENDING)).hasSize(3);
    assertThat(versions("a", 0, Long.MAX_VALUE, Direction.DESCENDING)).hasSize(2);
    assertThat(versions("gone", 0, Long.MAX_VALUE, Direction.DESCENDING)).isEmpty();
    assertThat(versions("still", 0, Long.MAX_VALUE, Direction.DESCENDING)).hasSize(1);
    assertThat(versions("back", 0, Long.MAX_VALUE, Direction.DESCENDING)).hasSize(1);
    assertThatThrownBy(() -> get(store, "a", floor - 1))
        .isInstanceOf(StorageException.Pruned.class);
    assertThatThrownBy(() -> scan(store, KeyRange.all(), floor - 1, Direction.ASCENDING))
        .isInstanceOf(StorageException.Pruned.class);
    assertThatThrownBy(() -> store.changes(KeyRange.all(), floor - 1))
        .isInstanceOfSatisfying(
            StorageException.Pruned.class, e -> assertThat(e.floor()).isEqualTo(floor));
    try (Subscription changes = store.changes(KeyRange.all(), floor)) {
      assertThat(take(changes)).endsWith(":a=4,back=2");
    }
    long future = store.readPoint() + 1;
    assertThatThrownBy(() -> store.prune(future)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pruningARangeLeavesOthersAlone() {
    long one = put(store, "a=1", "b=1");
    long two = put(store, "a=2", "b=2");
    store.prune(KeyRange.prefix(b("a")), two);

    assertThat(get(store, "b", one)).isEqualTo("1");
    assertThat(get(store, "a", two)).isEqualTo("2");
    assertThatThrownBy(() -> get(store, "a", one)).isInstanceOf(StorageException.Pruned.class);
    assertThat(versions("a", 0, Long.MAX_VALUE, Direction.DESCENDING)).hasSize(1);
    store.prune(two);
    assertThat(versions("b", 0, Long.MAX_VALUE, Direction.DESCENDING)).hasSize(1);
    assertThatThrownBy(() -> get(store, "b", one)).isInstanceOf(StorageException.Pruned.class);
  }

  @Test
  void forgettingChangesLeavesVersionsThatCanStillBePruned() throws Exception {
    long one = put(store, "a=1", "b=1", "c=1", "d=1");
    long two = put(store, "a=2", "b", "c=2");
    long three = put(store, "c=3");
    store.forgetChanges(two);

    assertThat(get(store, "b", one)).isEqualTo("1");
    assertThatThrownBy(() -> store.changes(KeyRange.all(), one))
        .isInstanceOfSatisfying(
            StorageException.Pruned.class, e -> assertThat(e.floor()).isEqualTo(two));
    try (Subscription changes = store.changes(KeyRange.all(), two)) {
      assertThat(take(changes)).isEqualTo(three + ":c=3");
    }
    store.prune(range("a", "d"), two);
    assertThat(versions("a", 0, Long.MAX_VALUE, Direction.DESCENDING)).containsExactly("2@" + two);
    assertThat(versions("b", 0, Long.MAX_VALUE, Direction.DESCENDING)).isEmpty();
    assertThat(versions("c", 0, Long.MAX_VALUE, Direction.DESCENDING))
        .containsExactly("3@" + three, "2@" + two);
    assertThat(versions("d", 0, Long.MAX_VALUE, Direction.DESCENDING)).containsExactly("1@" + one);
    store.forgetChanges(three);
    assertThat(put(store, "e=1")).isGreaterThan(three);
  }

  @Test
  void pruningByKeyKeepsWhatEachKeysOwnFloorAsksFor() throws Exception {
    long one = put(store, "a=1", "b=1", "c=1", "d=1");
    long two = put(store, "a=2", "b=2", "c=2", "d");
    long three = put(store, "a=3", "b=3");
    store.prune(
        two,
        key ->
            switch (s(key)) {
              case "a", "d" -> Long.MAX_VALUE;
              case "b" -> one;
              default -> 0;
            });

    assertThat(versions("a", 0, Long.MAX_VALUE, Direction.ASCENDING))
        .containsExactly("2@" + two, "3@" + three);
    assertThat(versions("b", 0, Long.MAX_VALUE, Direction.ASCENDING)).hasSize(3);
    assertThat(versions("c", 0, Long.MAX_VALUE, Direction.ASCENDING)).hasSize(2);
    assertThat(versions("d", 0, Long.MAX_VALUE, Direction.ASCENDING)).isEmpty();
    assertThat(get(store, "c", one)).isEqualTo("1");
    assertThatThrownBy(() -> store.changes(KeyRange.all(), one))
        .isInstanceOf(StorageException.Pruned.class);
    try (Subscription changes = store.changes(KeyRange.all(), two)) {
      assertThat(take(changes)).isEqualTo(three + ":a=3,b=3");
    }
    store.prune(three, _ -> Long.MAX_VALUE);
    assertThat(versions("a", 0, Long.MAX_VALUE, Direction.ASCENDING)).containsExactly("3@" + three);
    long future = store.readPoint() + 1_000_000;
    assertThatThrownBy(() -> store.prune(future, _ -> 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesEverythingAfterClose() {
    Reader reader = store.reader();
    reader.close();
    assertThatThrownBy(() -> reader.get(b("a"))).isInstanceOf(StorageException.Closed.class);
    Commit commit = Commit.at(store.readPoint()).put(b("a"), b("1")).build();
    long at = store.readPoint();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.commit(commit)).isInstanceOf(StorageException.Closed.class);
    assertThatThrownBy(() -> store.reader(at)).isInstanceOf(StorageException.Closed.class);
    assertThatThrownBy(() -> store.changes(KeyRange.all(), at))
        .isInstanceOf(StorageException.Closed.class);
  }
}
