package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.merged;
import static io.refugium.database.TestDatabase.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.keys.Keyspace;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.VersionCursor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");
  private final Ref kept =
      db.run(t -> TestDatabase.createCollection(t, Ref.ROOT, "kept", object("history_days", 1L)));

  @AfterEach
  void close() {
    db.close();
  }

  private int versions(KeyRange range) {
    int count = 0;
    try (Reader reader = db.store.reader();
        VersionCursor versions = reader.versions(range, 0, Long.MAX_VALUE)) {
      while (versions.next()) {
        count++;
      }
    }
    return count;
  }

  private static KeyRange documents(Ref collection) {
    return Keyspace.documents(collection.scope(), (int) collection.id());
  }

  /** Half an hour ago, as far as maintenance is concerned, was a moment ago. */
  private void pruneAll() {
    db.database.prune(db.database.now() + History.GRACE_MICROS);
  }

  @Test
  void versionsGoWhenNobodyCanReadThem() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    for (int i = 0; i < 5; i++) {
      int a = i;
      db.at(
          t -> {
            t.put(in(things, 1), data("a", a));
            t.put(in(kept, 1), data("a", a));
          });
    }
    db.at(t -> t.put(in(things, 2), data("a", 1)));
    db.at(t -> t.delete(in(things, 2)));
    pruneAll();
    assertThat(versions(documents(things))).isEqualTo(1);
    assertThat(versions(EntryKeys.all(Ref.ROOT, index.id()))).isEqualTo(1);
    assertThat(versions(documents(kept))).isEqualTo(5);
    assertThat(db.read(in(things, 1)).data()).isEqualTo(object("a", 4));
    assertThat(db.ids(index, 4)).containsExactly(1L);
  }

  @Test
  void changesAreToldFromHistoryWhenTheirRecordIsGone() throws InterruptedException {
    long start = db.database.now();
    long first = db.at(t -> t.put(in(kept, 1), data("a", 1)));
    long second =
        db.at(
            t -> {
              t.put(in(kept, 1), data("a", 2));
              t.put(in(kept, 2), data());
            });
    pruneAll();
    try (DocumentChanges changes = db.database.changes(Ref.ROOT, (int) kept.id(), start)) {
      assertThat(changes.position()).isEqualTo(start);
      assertThat(changes.next(Duration.ZERO))
          .isEqualTo(new DocumentChanges.Committed(first, List.of(in(kept, 1)), List.of()));
      assertThat(changes.next(Duration.ZERO))
          .isEqualTo(
              new DocumentChanges.Committed(second, List.of(in(kept, 1), in(kept, 2)), List.of()));
      long third = db.at(t -> t.delete(in(kept, 2)));
      DocumentChanges.Committed live = changes.next(Duration.ofSeconds(5));
      assertThat(live.time()).isEqualTo(third);
      assertThat(live.documents()).containsExactly(in(kept, 2));
      assertThat(changes.position()).isGreaterThanOrEqualTo(third);
    }
  }

  @Test
  void expiredDocumentsGoWithoutATrace() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    TimeValue old = TimeValue.ofMicros(db.database.now() - 3_600_000_000L);
    TimeValue recent = TimeValue.ofMicros(db.database.now());
    db.at(
        t -> {
          t.put(in(things, 1), merged(data("a", 1), object("ttl", old)));
          t.put(in(things, 2), merged(data("a", 1), object("ttl", recent)));
          t.put(in(kept, 1), merged(data("a", 1), object("ttl", old)));
        });
    pruneAll();
    assertThat(versions(documents(things))).isEqualTo(1);
    assertThat(versions(EntryKeys.all(Ref.ROOT, index.id()))).isEqualTo(1);
    assertThat(versions(documents(kept))).isEqualTo(1);
    assertThat(db.read(in(things, 1)) == null).isTrue();
  }

  @Test
  void whatWasDeletedWithItsCollectionGoes() {
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    db.at(t -> t.delete(things));
    pruneAll();
    pruneAll();
    assertThat(versions(documents(things))).isZero();
  }

  @Test
  void whatWasDeletedWithItsDatabaseGoes() {
    Ref database =
        db.run(
            t ->
                t.create(t.newRef(Ref.ROOT, SystemCollections.DATABASE), object("name", "d"))
                    .ref());
    long scope = Transaction.scopeOf(database);
    Ref inside = db.run(t -> TestDatabase.createCollection(t, scope, "C", object()));
    Ref key =
        db.run(
            t -> t.create(t.newRef(scope, SystemCollections.KEY), object("role", "admin")).ref());
    db.at(t -> t.put(in(inside, 1), data("a", 1)));
    db.at(t -> t.delete(database));
    pruneAll();
    pruneAll();
    for (KeyRange range : Keyspace.database(scope)) {
      assertThat(versions(range)).isZero();
    }
    assertThat(versions(KeyRange.single(Keyspace.keyScope(key.id())))).isZero();
  }

  @Test
  void theIdOfAKeyStaysWithWhoeverTakesItAfterItsDatabaseIsGone() {
    Ref doomed =
        db.run(t -> t.create(new Ref(Ref.ROOT, SystemCollections.DATABASE, 7), object("name", "d")))
            .ref();
    Ref key = new Ref(Transaction.scopeOf(doomed), SystemCollections.KEY, 77);
    db.at(t -> t.create(key, object("role", "admin")));
    db.at(t -> t.delete(doomed));
    Ref taken = new Ref(Ref.ROOT, SystemCollections.KEY, 77);
    db.at(t -> t.create(taken, object("role", "client")));
    pruneAll();
    pruneAll();
    assertThat(db.<Ref>run(t -> t.identities().key(77))).isEqualTo(taken);
  }
}
