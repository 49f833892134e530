package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.DocumentChanges.Committed;
import io.refugium.model.Ref;
import io.refugium.storage.Durability;
import io.refugium.storage.Store;
import io.refugium.storage.memory.MemoryStore;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever has seen a commit also finds it among the changes, however little time has passed. */
class DocumentChangesTest {
  enum Engine {
    MEMORY,
    ROCKS
  }

  @TempDir private Path directory;

  private TestDatabase open(Engine engine) {
    Store store =
        switch (engine) {
          case MEMORY -> new MemoryStore();
          case ROCKS ->
              RocksStore.open(
                  directory, RocksSettings.defaults().withDurability(Durability.RELAXED));
        };
    return new TestDatabase(store, Hooks.NONE);
  }

  private static long soon() {
    return System.nanoTime() + Duration.ofSeconds(30).toNanos();
  }

  /** Everything up to the present, as a feed reads it. */
  private static List<Long> upToNow(TestDatabase db, Ref things, long after) throws Exception {
    List<Long> times = new ArrayList<>();
    long now = db.database.now();
    try (DocumentChanges changes = db.database.changes(things.scope(), (int) things.id(), after)) {
      Committed commit = changes.nextUpTo(now, soon());
      while (commit != null) {
        assertThat(commit.time()).isLessThanOrEqualTo(now);
        times.add(commit.time());
        commit = changes.nextUpTo(now, soon());
      }
      assertThat(changes.position()).isGreaterThanOrEqualTo(now);
    }
    return times;
  }

  /** Commits that no reader of another collection sees. */
  private static void putOften(TestDatabase db, Ref collection, int times) {
    for (int i = 0; i < times; i++) {
      int n = i;
      db.at(t -> t.put(in(collection, 1), data("n", n)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCommitIsMissedThatHasJustBecomeVisible(Engine engine) throws Exception {
    try (TestDatabase db = open(engine)) {
      Ref things = db.collection("things");
      Ref others = db.collection("others");
      CompletableFuture<Void> noise = CompletableFuture.runAsync(() -> putOften(db, others, 500));
      long start = db.database.now();
      for (int i = 0; i < 500; i++) {
        int n = i;
        long time = db.at(t -> t.put(in(things, 1), data("n", n)));
        assertThat(upToNow(db, things, start)).containsExactly(time);
        start = time;
      }
      noise.join();
      assertThat(upToNow(db, things, start)).isEmpty();
    }
  }

  /** The log is searched in steps; a step without a find is not the end of it. */
  @ParameterizedTest
  @EnumSource
  void noCommitIsMissedThatLiesBehindThousandsOfOthers(Engine engine) throws Exception {
    try (TestDatabase db = open(engine)) {
      Ref things = db.collection("things");
      Ref others = db.collection("others");
      long start = db.database.now();
      putOften(db, others, 2_500);
      long time = db.at(t -> t.put(in(things, 1), data("n", 1)));
      assertThat(upToNow(db, things, start)).containsExactly(time);
      assertThat(upToNow(db, things, time)).isEmpty();
    }
  }

  /** Or a feed would say that there is more when it has just found that there is not. */
  @ParameterizedTest
  @EnumSource
  void thePositionNeverGoesBack(Engine engine) throws Exception {
    try (TestDatabase db = open(engine)) {
      Ref things = db.collection("things");
      Ref others = db.collection("others");
      CompletableFuture<Void> noise = CompletableFuture.runAsync(() -> putOften(db, others, 2_000));
      try (DocumentChanges changes =
          db.database.changes(things.scope(), (int) things.id(), db.database.now())) {
        assertThat(changes.next(Duration.ZERO)).isNull();
        long last = changes.position();
        while (!noise.isDone()) {
          long position = changes.position();
          assertThat(position).isGreaterThanOrEqualTo(last);
          last = position;
        }
      }
      noise.join();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatComesLaterIsNotWaitedFor(Engine engine) throws Exception {
    try (TestDatabase db = open(engine)) {
      Ref things = db.collection("things");
      long start = db.database.now();
      long first = db.at(t -> t.put(in(things, 1), data("n", 1)));
      db.at(t -> t.put(in(things, 1), data("n", 2)));
      try (DocumentChanges changes =
          db.database.changes(things.scope(), (int) things.id(), start)) {
        assertThat(changes.nextUpTo(first, soon()).time()).isEqualTo(first);
        assertThat(changes.nextUpTo(first, soon())).isNull();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void nobodyWaitsOnceItIsClosed(Engine engine) throws Exception {
    try (TestDatabase db = open(engine)) {
      Ref things = db.collection("things");
      DocumentChanges changes =
          db.database.changes(things.scope(), (int) things.id(), db.database.now());
      changes.close();
      assertThat(changes.nextUpTo(Long.MAX_VALUE, soon())).isNull();
    }
  }
}
