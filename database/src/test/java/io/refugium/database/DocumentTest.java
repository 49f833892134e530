package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.ids;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.merged;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.BytesValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.TimeValue;
import io.refugium.model.TransactionTime;
import io.refugium.storage.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");

  @AfterEach
  void close() {
    db.close();
  }

  @Test
  void isReadAsItWasWritten() {
    long time = db.at(t -> t.create(in(things, 1), data("a", 1)));
    assertThat(db.read(in(things, 1))).isEqualTo(new Document(in(things, 1), time, data("a", 1)));
    assertThat(db.read(in(things, 2))).isNull();
  }

  @Test
  void isSeenByItsTransactionAtOnce() {
    db.run(
        t -> {
          Ref ref = t.newRef(Ref.ROOT, (int) things.id());
          t.create(ref, data("a", 1));
          assertThat(t.read(ref).isUncommitted()).isTrue();
          assertThat(ids(t, things, Transaction.NOW)).containsExactly(ref.id());
          t.put(ref, data("a", 2));
          assertThat(t.read(ref).data()).isEqualTo(object("a", 2));
          t.delete(ref);
          assertThat(t.read(ref)).isNull();
          assertThat(ids(t, things, Transaction.NOW)).isEmpty();
          return null;
        });
  }

  @Test
  void leavesOneVersionPerTransaction() {
    db.at(
        t -> {
          t.create(in(things, 1), data("a", 1));
          t.put(in(things, 1), data("a", 2));
        });
    db.at(
        t -> {
          t.delete(in(things, 1));
          t.create(in(things, 1), data("b", 3));
        });
    db.at(
        t -> {
          t.create(in(things, 2), data("a", 1));
          t.delete(in(things, 2));
        });
    assertThat(changes(in(things, 1)))
        .containsExactly(Version.Change.CREATE, Version.Change.UPDATE);
    assertThat(changes(in(things, 2))).containsExactly(Version.Change.DELETE);
    Version update = db.run(t -> list(t, in(things, 1))).getLast();
    assertThat(update.diff()).isEqualTo(data("a", NullValue.NULL, "b", 3));
  }

  private List<Version.Change> changes(Ref ref) {
    return db.run(t -> list(t, ref)).stream().map(Version::change).toList();
  }

  private static List<Version> list(Transaction t, Ref ref) {
    List<Version> versions = new ArrayList<>();
    t.versions(ref, 0, Transaction.NOW, Direction.ASCENDING).forEachRemaining(versions::add);
    return versions;
  }

  @Test
  void cannotBeCreatedTwice() {
    db.at(t -> t.create(in(things, 1), data()));
    assertThatThrownBy(() -> db.at(t -> t.create(in(things, 1), data())))
        .isInstanceOf(DatabaseException.AlreadyExists.class);
    db.at(t -> t.delete(in(things, 1)));
    db.at(t -> t.create(in(things, 1), data()));
    assertThatThrownBy(() -> db.at(t -> t.delete(in(things, 7))))
        .isInstanceOf(DatabaseException.NotFound.class);
  }

  @Test
  void isReadAtAnEarlierTime() {
    long first = db.at(t -> t.create(in(things, 1), data("a", 1)));
    long second = db.at(t -> t.put(in(things, 1), data("a", 2)));
    db.at(t -> t.delete(in(things, 1)));
    db.run(
        t -> {
          assertThat(t.read(in(things, 1), first - 1)).isNull();
          assertThat(t.read(in(things, 1), first).data()).isEqualTo(object("a", 1));
          assertThat(t.read(in(things, 1), second - 1).data()).isEqualTo(object("a", 1));
          assertThat(t.read(in(things, 1), second).data()).isEqualTo(object("a", 2));
          assertThat(t.read(in(things, 1), Transaction.NOW)).isNull();
          assertThat(ids(t, things, first)).containsExactly(1L);
          assertThat(ids(t, things, first - 1)).isEmpty();
          return null;
        });
  }

  @Test
  void isNotReadBeforeTheRetainedHistory() {
    assertThatThrownBy(() -> db.run(t -> t.read(in(things, 1), 1_000_000L)))
        .isInstanceOf(DatabaseException.SnapshotTooOld.class)
        .hasMessageStartingWith(
            "Requested timestamp 1970-01-01T00:00:01Z less than minimum allowed timestamp ");
  }

  @Test
  void isInvisibleOnceItsTimeToLiveIsOver() {
    ObjectValue expired =
        merged(data("a", 1), object("ttl", TimeValue.ofMicros(db.database.now())));
    db.at(t -> t.create(in(things, 1), expired));
    assertThat(db.read(in(things, 1))).isNull();
    assertThat(db.idsOf(things)).isEmpty();
    db.at(t -> t.create(in(things, 1), data("a", 2)));
    assertThat(db.read(in(things, 1)).data()).isEqualTo(object("a", 2));
  }

  @Test
  void keepsTheTransactionTime() {
    long time =
        db.at(
            t ->
                t.create(
                    in(things, 1), data("t", TransactionTime.TIME, "m", TransactionTime.MICROS)));
    assertThat(db.read(in(things, 1)).data())
        .isEqualTo(object("t", TimeValue.ofMicros(time), "m", new LongValue(time)));
  }

  @Test
  void hasALimitedSize() {
    BytesValue large = new BytesValue(new byte[Limits.VERSION_BYTES]);
    assertThatThrownBy(() -> db.at(t -> t.create(in(things, 1), data("a", large))))
        .isInstanceOf(DatabaseException.TooLarge.class)
        .hasMessageMatching("Version bytes \\(\\d+\\) exceeds threshold \\(8388608\\)");
    BytesValue half = new BytesValue(new byte[Limits.VERSION_BYTES - 1000]);
    assertThatThrownBy(
            () ->
                db.at(
                    t -> {
                      for (int i = 0; i < 3; i++) {
                        t.create(in(things, i), data("a", half));
                      }
                    }))
        .isInstanceOf(DatabaseException.TooLarge.class)
        .hasMessageMatching("Transaction exceeded limit: got \\d+ bytes, limit 16777216 bytes");
  }

  @Test
  void belongsToACollection() {
    assertThatThrownBy(() -> db.at(t -> t.create(new Ref(Ref.ROOT, 5000, 1), data())))
        .isInstanceOf(DatabaseException.CollectionNotFound.class);
    db.at(t -> t.create(in(things, 1), data()));
    db.at(t -> t.delete(things));
    assertThat(db.read(in(things, 1))).isNull();
    Ref again = db.collection("things");
    assertThat(again.id()).isNotEqualTo(things.id());
    assertThat(db.idsOf(again)).isEmpty();
  }

  @Test
  void historyCanBeInsertedAndRemoved() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    long first = db.at(t -> t.create(in(things, 1), data("a", 1)));
    db.at(t -> t.put(in(things, 1), data("a", 3)));
    db.at(t -> t.insertVersion(in(things, 1), first + 1, data("a", 2)));
    db.run(
        t -> {
          IndexDef known = t.catalog(Ref.ROOT).index(index.id());
          assertThat(t.read(in(things, 1), first).data()).isEqualTo(object("a", 1));
          assertThat(t.read(in(things, 1), first + 1).data()).isEqualTo(object("a", 2));
          assertThat(t.read(in(things, 1)).data()).isEqualTo(object("a", 3));
          assertThat(ids(t, known, first, 1)).containsExactly(1L);
          assertThat(ids(t, known, first + 1, 1)).isEmpty();
          assertThat(ids(t, known, first + 1, 2)).containsExactly(1L);
          assertThat(ids(t, known, Transaction.NOW, 2)).isEmpty();
          assertThat(list(t, in(things, 1))).hasSize(3);
          return null;
        });
    db.at(t -> t.removeVersion(in(things, 1), first));
    db.run(
        t -> {
          IndexDef known = t.catalog(Ref.ROOT).index(index.id());
          assertThat(t.read(in(things, 1), first)).isNull();
          assertThat(ids(t, known, first, 1)).isEmpty();
          assertThat(list(t, in(things, 1)).getFirst().change()).isEqualTo(Version.Change.CREATE);
          return null;
        });
    db.at(
        t -> {
          t.insertVersion(in(things, 9), first, data("a", 9));
          assertThat(t.read(in(things, 9)).data()).isEqualTo(object("a", 9));
        });
    assertThat(db.ids(index, 9)).containsExactly(9L);
  }

  @Test
  void historyAndPresentCanBeWrittenTogether() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    long first = db.at(t -> t.create(in(things, 1), data("a", 1)));
    db.at(
        t -> {
          t.insertVersion(in(things, 1), first, data("a", 2));
          t.put(in(things, 1), data("a", 3));
          t.put(in(things, 2), data("a", 4));
          t.insertVersion(in(things, 2), first, data("a", 5));
        });
    for (int a : new int[] {1, 2, 5}) {
      assertThat(db.ids(index, a)).isEmpty();
    }
    assertThat(db.ids(index, 3)).containsExactly(1L);
    assertThat(db.ids(index, 4)).containsExactly(2L);
    db.run(
        t -> {
          assertThat(ids(t, index, first, 2)).containsExactly(1L);
          assertThat(ids(t, index, first, 5)).containsExactly(2L);
          assertThat(t.read(in(things, 2), first).data()).isEqualTo(object("a", 5));
          return null;
        });
  }

  @Test
  void isReadAtAPastSnapshot() {
    long time = db.at(t -> t.create(in(things, 1), data("a", 1)));
    db.at(t -> t.delete(in(things, 1)));
    assertThat(readAt(time, t -> t.read(in(things, 1)).data())).isEqualTo(object("a", 1));
    assertThatThrownBy(() -> readAt(time, t -> t.put(in(things, 1), data())))
        .isInstanceOf(DatabaseException.ReadOnly.class);
  }

  private Object readAt(long time, Database.Body<Object> body) {
    return db.database.readAt(time, TestDatabase.options(), new Metrics(), body);
  }

  @Test
  void changesAreToldInOrder() throws InterruptedException {
    long start = db.database.now();
    long first = db.at(t -> t.create(in(things, 1), data("a", 1)));
    long second =
        db.at(
            t -> {
              t.put(in(things, 1), data("a", 2));
              t.create(in(things, 2), data());
            });
    db.at(t -> t.insertVersion(in(things, 3), first, data()));
    try (DocumentChanges changes = db.database.changes(Ref.ROOT, (int) things.id(), start)) {
      DocumentChanges.Committed one = changes.next(Duration.ofSeconds(5));
      assertThat(one.time()).isEqualTo(first);
      assertThat(one.documents()).containsExactly(in(things, 1));
      DocumentChanges.Committed two = changes.next(Duration.ofSeconds(5));
      assertThat(two.time()).isEqualTo(second);
      assertThat(two.documents()).containsExactly(in(things, 1), in(things, 2));
      DocumentChanges.Committed three = changes.next(Duration.ofSeconds(5));
      assertThat(three.documents()).isEmpty();
      assertThat(three.edits()).containsExactly(new DocumentChanges.Edit(in(things, 3), first));
    }
  }

  @Test
  void mayHoldAnything() {
    ObjectValue fields = data("a", ArrayValue.of(value(1), NullValue.NULL, object("x", things)));
    db.at(t -> t.create(in(things, -3), fields));
    assertThat(db.read(in(things, -3)).fields()).isEqualTo(fields);
  }
}
