package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.LongValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.CommitResult;
import io.refugium.storage.Direction;
import io.refugium.storage.Store;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConcurrencyTest {
  private static final int THREADS = 4;

  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");

  @AfterEach
  void close() {
    db.close();
  }

  private static TransactionOptions patient() {
    return new TransactionOptions(
        Limits.MAX_ATTEMPTS, System.nanoTime() + Duration.ofMinutes(1).toNanos(), 0, false);
  }

  /** Runs the same thing on several threads at once and returns the results. */
  private static <T> List<T> together(Callable<T> task)
      throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        futures.add(executor.submit(task));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    }
  }

  private <T> T untilItWins(Database.Body<T> body) {
    while (true) {
      try {
        return db.database.execute(patient(), body).value();
      } catch (DatabaseException.Contended e) {
        assertThat(e.attempts()).isEqualTo(Limits.MAX_ATTEMPTS);
      }
    }
  }

  @Test
  void noUpdateIsLost() throws Exception {
    db.at(t -> t.put(in(things, 1), data("n", 0)));
    together(
        () -> {
          for (int i = 0; i < 200; i++) {
            untilItWins(
                t -> {
                  long n = ((LongValue) t.read(in(things, 1)).data().get("n")).value();
                  return t.put(in(things, 1), data("n", n + 1));
                });
          }
          return null;
        });
    assertThat(db.read(in(things, 1)).data()).isEqualTo(object("n", THREADS * 200));
  }

  @Test
  void nobodySlipsPastAUniqueIndex() throws Exception {
    IndexDef index = db.index("unique_a", things, true, List.of("a"), List.of());
    for (int round = 0; round < 100; round++) {
      int a = round;
      List<Boolean> winners =
          together(
              () -> {
                try {
                  untilItWins(t -> t.create(t.newRef(Ref.ROOT, (int) things.id()), data("a", a)));
                  return true;
                } catch (DatabaseException.NotUnique e) {
                  return false;
                }
              });
      assertThat(winners).containsOnlyOnce(true);
      assertThat(db.ids(index, a)).hasSize(1);
    }
  }

  @Test
  void writesDoNotSkew() throws Exception {
    IndexDef onDuty = db.index("on_duty", things, false, List.of("duty"), List.of());
    for (int round = 0; round < 100; round++) {
      db.at(
          t -> {
            t.put(in(things, 1), data("duty", true));
            t.put(in(things, 2), data("duty", true));
          });
      AtomicInteger next = new AtomicInteger(1);
      together(
          () -> {
            long mine = next.getAndIncrement();
            if (mine <= 2) {
              untilItWins(
                  t -> {
                    IndexDef known = t.catalog(Ref.ROOT).index(onDuty.id());
                    if (TestDatabase.ids(t, known, Transaction.NOW, true).size() > 1) {
                      t.put(in(things, mine), data("duty", false));
                    }
                    return null;
                  });
            }
            return null;
          });
      assertThat(db.ids(onDuty, true)).hasSize(1);
    }
  }

  @Test
  void newDocumentsConflictWithNothing() {
    int[] attempts = {0};
    db.at(
        t -> {
          attempts[0]++;
          t.create(t.newRef(Ref.ROOT, (int) things.id()), data("a", 1));
          db.at(other -> other.create(other.newRef(Ref.ROOT, (int) things.id()), data("a", 2)));
        });
    assertThat(attempts[0]).isEqualTo(1);
    assertThat(db.idsOf(things)).hasSize(2);
  }

  @Test
  void theDocumentToBlameIsNamed() {
    assertThatThrownBy(
            () ->
                db.database.execute(
                    new TransactionOptions(2, patient().deadline(), 0, false),
                    t -> {
                      t.read(in(things, 7));
                      t.put(in(things, 8), data());
                      return db.at(other -> other.put(in(things, 7), data("n", t.attempt())));
                    }))
        .isInstanceOfSatisfying(
            DatabaseException.Contended.class,
            e -> {
              assertThat(e.document()).isEqualTo(in(things, 7));
              assertThat(e.attempts()).isEqualTo(2);
            });
  }

  @Test
  void onlyWhatWasConsumedIsValidated() {
    db.at(
        t -> {
          for (int i = 0; i < 10; i++) {
            t.put(in(things, i * 10L), data());
          }
        });
    assertThat(attemptsWhenInserted(15)).isEqualTo(2);
    assertThat(attemptsWhenInserted(55)).isEqualTo(1);
  }

  /** Reads the first three documents while somebody inserts another. */
  private int attemptsWhenInserted(long id) {
    int[] attempts = {0};
    db.at(
        t -> {
          attempts[0]++;
          try (DocumentScan scan =
              t.sets().scan(Ref.ROOT, (int) things.id(), Transaction.NOW, Direction.ASCENDING)) {
            for (int i = 0; i < 3; i++) {
              scan.next();
            }
          }
          t.put(in(things, 1000), data());
          if (attempts[0] == 1) {
            db.at(other -> other.put(in(things, id), data()));
          }
        });
    return attempts[0];
  }

  @Test
  void readsOfUnserializedIndexesAreNotValidated() {
    Ref ref =
        db.run(
            t ->
                t.create(
                        t.newRef(Ref.ROOT, SystemCollections.INDEX),
                        object(
                            "name",
                            "loose",
                            "source",
                            things,
                            "terms",
                            TestDatabase.paths(List.of("a")),
                            "serialized",
                            false))
                    .ref());
    int[] attempts = {0};
    db.at(
        t -> {
          attempts[0]++;
          TestDatabase.ids(t, t.catalog(Ref.ROOT).index((int) ref.id()), Transaction.NOW, 1);
          t.put(in(things, 1000), data());
          if (attempts[0] == 1) {
            db.at(other -> other.put(in(things, 1), data("a", 1)));
          }
        });
    assertThat(attempts[0]).isEqualTo(1);
  }

  @Test
  void readersCommitNothing() {
    TransactionResult<Document> result =
        db.database.execute(TestDatabase.options(), t -> t.read(in(things, 1)));
    assertThat(result.wrote()).isFalse();
    assertThat(db.store.stats().commits()).isEqualTo(1);
  }

  @Test
  void timeRunsOut() {
    assertThatThrownBy(
            () ->
                db.database.execute(
                    new TransactionOptions(1, System.nanoTime() - 1, 0, false),
                    t -> {
                      t.checkDeadline();
                      return null;
                    }))
        .isInstanceOf(DatabaseException.DeadlineExceeded.class);
    assertThatThrownBy(
            () ->
                db.database.execute(
                    new TransactionOptions(
                        1, System.nanoTime() + 20_000_000, Long.MAX_VALUE, false),
                    t -> null))
        .isInstanceOf(DatabaseException.DeadlineExceeded.class);
  }

  /** However it loses: with attempts left, and no time for them. */
  @Test
  void timeRunsOutBetweenAttempts() {
    for (CommitResult.Reason reason : CommitResult.Reason.values()) {
      TransactionOptions options = TransactionOptions.within(Duration.ofMillis(50).toNanos());
      try (var losing = new TestDatabase(losing(reason, options.deadline()), Hooks.NONE)) {
        assertThatThrownBy(
                () -> losing.database.execute(options, t -> t.put(in(things, 1), data())))
            .isInstanceOf(DatabaseException.DeadlineExceeded.class);
      }
    }
  }

  /** A store in which every commit loses, but not before a time. */
  private Store losing(CommitResult.Reason reason, long nanoTime) {
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (_, method, arguments) -> {
              if (method.getName().equals("close")) {
                return null;
              }
              if (!method.getName().equals("commit")) {
                return method.invoke(db.store, arguments);
              }
              while (System.nanoTime() - nanoTime <= 0) {
                Thread.sleep(1);
              }
              return new CommitResult.Conflict(reason, new byte[] {1});
            });
  }

  @Test
  void anIndexIsBuiltWhileOthersWrite() throws Exception {
    db.at(
        t -> {
          for (int i = 0; i < 2000; i++) {
            t.put(in(things, i), data("a", 0));
          }
        });
    AtomicInteger creator = new AtomicInteger();
    together(
        () -> {
          if (creator.getAndIncrement() == 0) {
            db.run(
                t ->
                    t.create(
                        t.newRef(Ref.ROOT, SystemCollections.INDEX),
                        object(
                            "name",
                            "ix",
                            "source",
                            things,
                            "terms",
                            TestDatabase.paths(List.of("a")))));
          }
          for (int i = 0; i < 300; i++) {
            int n = i * 7 % 2000;
            untilItWins(t -> t.put(in(things, n), data("a", n % 5)));
          }
          return null;
        });
    db.database.awaitBuilds();
    IndexDef index = db.run(t -> t.catalog(Ref.ROOT).index("ix"));
    assertThat(index.isActive()).isTrue();
    for (int a = 0; a < 5; a++) {
      long wanted = a;
      List<Long> expected =
          db.idsOf(things).stream()
              .filter(id -> db.read(in(things, id)).data().get("a").equals(new LongValue(wanted)))
              .toList();
      assertThat(db.ids(index, a)).isEqualTo(expected);
    }
  }

  /** Who works in one database is not disturbed by others being made and dropped beside it. */
  @Test
  void databasesSideBySideDoNotContend() {
    TransactionOptions once =
        new TransactionOptions(1, System.nanoTime() + Duration.ofMinutes(1).toNanos(), 0, false);
    Ref database = createDatabase("one");
    Ref key = db.run(t -> t.create(t.newRef(Ref.ROOT, SystemCollections.KEY), object()).ref());
    long scope = Transaction.scopeOf(database);
    db.database.execute(
        once,
        t -> {
          // As a request does that comes in by a key or by name.
          assertThat(t.peek(key)).isNotNull();
          assertThat(t.database(Ref.ROOT).isRoot()).isTrue();
          assertThat(t.resolve(Ref.ROOT, List.of("one")).scope()).isEqualTo(scope);
          Ref other = createDatabase("two");
          db.run(u -> u.delete(other));
          return TestDatabase.createCollection(t, scope, "things", object());
        });
    assertThat(db.<Object>run(t -> t.catalog(scope).collection("things"))).isNotNull();
  }

  /** Who reads what lies in a database conflicts with that one being dropped. */
  @Test
  void readingWhatADroppedDatabaseHeldConflicts() {
    TransactionOptions once =
        new TransactionOptions(1, System.nanoTime() + Duration.ofMinutes(1).toNanos(), 0, false);
    Ref database = createDatabase("one");
    Ref key =
        db.run(
            t ->
                t.create(t.newRef(Transaction.scopeOf(database), SystemCollections.KEY), object())
                    .ref());
    assertThatThrownBy(
            () ->
                db.database.execute(
                    once,
                    t -> {
                      assertThat(t.peek(key)).isNotNull();
                      db.run(u -> u.delete(database));
                      return t.put(in(things, 1), data());
                    }))
        .isInstanceOf(DatabaseException.Contended.class);
    assertThat(db.<Object>run(t -> t.peek(key))).isNull();
  }

  private Ref createDatabase(String name) {
    return db.run(
        t -> t.create(t.newRef(Ref.ROOT, SystemCollections.DATABASE), object("name", name)).ref());
  }
}
