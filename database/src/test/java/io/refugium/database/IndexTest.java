package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.merged;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.value;
import static io.refugium.database.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IndexTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");

  @AfterEach
  void close() {
    db.close();
  }

  private void put(long id, Object... fields) {
    db.at(t -> t.put(in(things, id), data(fields)));
  }

  private List<Value> lone(IndexDef index, Object... terms) {
    return db.run(
        t -> {
          List<Value> found = new ArrayList<>();
          IndexDef known = t.catalog(Ref.ROOT).index(index.id());
          try (IndexScan scan =
              t.sets().scan(known, values(terms), Transaction.NOW, Direction.ASCENDING)) {
            while (scan.next()) {
              found.add(scan.values().getFirst());
            }
          }
          return found;
        });
  }

  private IndexDef create(Object... fields) {
    Ref ref =
        db.run(t -> t.create(t.newRef(Ref.ROOT, SystemCollections.INDEX), object(fields)).ref());
    return db.run(t -> t.catalog(Ref.ROOT).index((int) ref.id()));
  }

  /** The documents of fql4 18.10. */
  private void fill() {
    put(1, "a", 1, "b", 2);
    put(2, "b", 2);
    put(3);
    put(4, "a", new Object[] {});
    put(5, "a", new Object[] {1, 2, 2, new Object[] {3}}, "b", new Object[] {7, 8});
    put(6, "a", object("x", 1));
    put(7, "a", new Object[] {object("x", 1), 5});
    put(8, "a", "ÀB");
    put(9, "a", 1.0);
  }

  @Test
  void matchesTermsExactly() {
    fill();
    IndexDef index = db.index("ix_a", things, false, List.of("a"), List.of());
    assertThat(index.isActive()).isTrue();
    assertThat(db.ids(index, 1)).containsExactly(1L, 5L);
    assertThat(db.ids(index, 1.0)).containsExactly(9L);
    assertThat(db.ids(index, 3)).containsExactly(5L);
    assertThat(db.ids(index, (Object) null)).isEmpty();
    assertThat(db.ids(index, (Object) new Object[] {1, 2})).isEmpty();
    assertThat(db.ids(index)).isEmpty();
    assertThat(db.ids(index, 1, 2)).isEmpty();
  }

  @Test
  void holdsPartialNulls() {
    fill();
    IndexDef index = db.index("ix_ab", things, false, List.of("a", "b"), List.of());
    assertThat(db.ids(index, 1, 2)).containsExactly(1L);
    assertThat(db.ids(index, null, 2)).containsExactly(2L);
    assertThat(db.ids(index, 1, 8)).containsExactly(5L);
    assertThat(db.ids(index, 5, null)).containsExactly(7L);
    assertThat(db.ids(index, null, null)).isEmpty();
  }

  @Test
  void ordersValues() {
    fill();
    IndexDef index = db.index("ix_va", things, false, List.of(), List.of("a"));
    assertThat(lone(index)).containsExactlyElementsOf(values(1, 1, 1.0, 2, 3, 5, "ÀB"));
    put(1, "a", 4);
    assertThat(lone(index)).containsExactlyElementsOf(values(1, 1.0, 2, 3, 4, 5, "ÀB"));
    db.at(t -> t.delete(in(things, 5)));
    assertThat(lone(index)).containsExactlyElementsOf(values(1.0, 4, 5, "ÀB"));
  }

  @Test
  void takesWholeValuesWithoutMva() {
    fill();
    IndexDef index =
        create(
            "name",
            "ix_whole",
            "source",
            things,
            "terms",
            object("field", path("a"), "mva", false));
    assertThat(db.ids(index, (Object) new Object[] {1, 2, 2, new Object[] {3}}))
        .containsExactly(5L);
    assertThat(db.ids(index, (Object) new Object[] {})).containsExactly(4L);
    assertThat(db.ids(index, object("x", 1))).containsExactly(6L);
    assertThat(db.ids(index, 1)).containsExactly(1L);
  }

  @Test
  void foldsCase() {
    fill();
    IndexDef index =
        create(
            "name",
            "ix_fold",
            "source",
            things,
            "terms",
            object("field", path("a"), "transform", "casefold"));
    assertThat(db.ids(index, "àb")).containsExactly(8L);
    assertThat(db.ids(index, "ÀB")).isEmpty();
  }

  private static ArrayValue path(String field) {
    return ArrayValue.of(value("data"), value(field));
  }

  @Test
  void coversTheTransactionTime() {
    IndexDef index = create("name", "by_ts", "source", things, "values", object("field", "ts"));
    long first = db.at(t -> t.put(in(things, 1), data()));
    long second = db.at(t -> t.put(in(things, 2), data()));
    assertThat(lone(index)).containsExactly(new LongValue(first), new LongValue(second));
    long third =
        db.at(
            t -> {
              t.put(in(things, 1), data("a", 1));
              assertThat(TestDatabase.ids(t, index, Transaction.NOW)).containsExactly(2L, 1L);
            });
    assertThat(lone(index)).containsExactly(new LongValue(second), new LongValue(third));
  }

  @Test
  void isReversible() {
    IndexDef index =
        create(
            "name",
            "desc",
            "source",
            things,
            "values",
            object("field", path("a"), "reverse", true, "mva", false));
    put(1, "a", 1);
    put(2, "a", 2);
    put(3, "a", 2);
    assertThat(db.ids(index)).containsExactly(2L, 3L, 1L);
  }

  @Test
  void isSoughtInBothDirections() {
    IndexDef index = db.index("va", things, false, List.of(), List.of("a"));
    for (int i = 0; i < 10; i++) {
      put(i, "a", i / 2);
    }
    db.run(
        t -> {
          put(t, 20, 2);
          IndexDef known = t.catalog(Ref.ROOT).index(index.id());
          assertThat(from(t, known, Direction.ASCENDING, Position.before(values(2), null)))
              .containsExactly(4L, 5L, 20L, 6L, 7L, 8L, 9L);
          assertThat(from(t, known, Direction.ASCENDING, Position.after(values(2), null)))
              .containsExactly(6L, 7L, 8L, 9L);
          assertThat(from(t, known, Direction.DESCENDING, Position.before(values(2), null)))
              .containsExactly(3L, 2L, 1L, 0L);
          assertThat(from(t, known, Direction.DESCENDING, Position.after(values(2), null)))
              .containsExactly(20L, 5L, 4L, 3L, 2L, 1L, 0L);
          assertThat(from(t, known, Direction.ASCENDING, Position.before(values(2), in(things, 5))))
              .startsWith(5L, 20L);
          assertThat(from(t, known, Direction.ASCENDING, Position.after(values(2), in(things, 5))))
              .startsWith(20L, 6L);
          assertThat(
                  from(t, known, Direction.DESCENDING, Position.before(values(2), in(things, 5))))
              .startsWith(4L, 3L);
          assertThat(from(t, known, Direction.DESCENDING, Position.after(values(2), in(things, 5))))
              .startsWith(5L, 4L);
          assertThat(from(t, known, Direction.ASCENDING, Position.after(values(), null))).isEmpty();
          assertThat(from(t, known, Direction.DESCENDING, Position.after(values(), null)))
              .hasSize(11);
          return null;
        });
  }

  private void put(Transaction t, long id, Object a) {
    t.put(in(things, id), data("a", a));
  }

  private static List<Long> from(
      Transaction t, IndexDef index, Direction direction, Position position) {
    List<Long> ids = new ArrayList<>();
    try (IndexScan scan = t.sets().scan(index, List.of(), Transaction.NOW, direction)) {
      scan.next();
      scan.seek(position);
      while (scan.next()) {
        ids.add(scan.ref().id());
      }
    }
    return ids;
  }

  @Test
  void uniquenessIsThatOfLiveDocuments() {
    db.index("unique_a", things, true, List.of("a"), List.of());
    put(1, "a", 1);
    put(2);
    put(3);
    assertThatThrownBy(() -> put(4, "a", 1)).isInstanceOf(DatabaseException.NotUnique.class);
    put(4, "a", 1.0);
    put(1, "a", 1);
    db.at(
        t -> {
          t.delete(in(things, 1));
          t.create(in(things, 5), data("a", 1));
        });
    assertThatThrownBy(
            () ->
                db.at(
                    t -> {
                      t.create(in(things, 6), data("a", 7));
                      t.create(in(things, 7), data("a", 7));
                    }))
        .isInstanceOfSatisfying(
            DatabaseException.NotUnique.class,
            e -> assertThat(e.indexes()).extracting(IndexDef::name).containsExactly("unique_a"));
    TimeValue past = TimeValue.ofMicros(db.database.now());
    db.at(t -> t.put(in(things, 5), merged(data("a", 1), object("ttl", past))));
    put(8, "a", 1);
  }

  @Test
  void uniquenessComparesValuesExactly() {
    db.index("unique_v", things, true, List.of(), List.of("a"));
    put(1, "a", 1);
    put(2, "a", 1.0);
    assertThatThrownBy(() -> put(3, "a", 1)).isInstanceOf(DatabaseException.NotUnique.class);
  }

  @Test
  void existingDuplicatesDoNotPreventAUniqueIndex() {
    put(1, "a", 1);
    put(2, "a", 1);
    IndexDef index = db.index("unique_a", things, true, List.of("a"), List.of());
    assertThat(db.ids(index, 1)).containsExactly(1L, 2L);
    put(1, "a", 1, "b", 2);
    assertThatThrownBy(() -> put(3, "a", 1)).isInstanceOf(DatabaseException.NotUnique.class);
  }

  @Test
  void followsAnyCollectionWithTheWildcard() {
    put(1, "a", 1);
    IndexDef index = create("name", "all", "source", "_", "terms", object("field", path("a")));
    Ref others = db.collection("others");
    db.at(t -> t.put(in(others, 2), data("a", 1)));
    assertThat(db.ids(index, 1)).containsExactly(1L, 2L);
    db.at(t -> t.delete(things));
    assertThat(db.ids(index, 1)).containsExactly(2L);
  }

  @Test
  void goesWithItsOnlySource() {
    Ref others = db.collection("others");
    IndexDef sole = db.index("sole", things, false, List.of("a"), List.of());
    IndexDef both =
        create(
            "name",
            "both",
            "source",
            new Object[] {things, others},
            "terms",
            object("field", path("a")));
    db.at(t -> t.delete(things));
    db.run(
        t -> {
          assertThat(t.catalog(Ref.ROOT).index(sole.id())).isNull();
          assertThat(t.byName(Ref.ROOT, SystemCollections.INDEX, "sole")).isNull();
          assertThat(t.catalog(Ref.ROOT).index(both.id())).isNotNull();
          return null;
        });
  }

  @Test
  void isBuiltWithItsHistory() {
    long first = db.at(t -> t.put(in(things, 1), data("a", 1)));
    long second = db.at(t -> t.put(in(things, 1), data("a", 2)));
    db.at(t -> t.delete(in(things, 1)));
    IndexDef index = db.index("ix_a", things, false, List.of("a"), List.of());
    db.run(
        t -> {
          assertThat(TestDatabase.ids(t, index, first, 1)).containsExactly(1L);
          assertThat(TestDatabase.ids(t, index, second, 1)).isEmpty();
          assertThat(TestDatabase.ids(t, index, second, 2)).containsExactly(1L);
          assertThat(TestDatabase.ids(t, index, Transaction.NOW, 2)).isEmpty();
          assertThat(t.sets().events(index, values(2), 0, Transaction.NOW))
              .extracting(EntryEvent::added)
              .containsExactly(true, false);
          return null;
        });
  }

  @Test
  void isBuiltInTheBackgroundOverManyDocuments() {
    db.at(
        t -> {
          for (int i = 0; i < 1000; i++) {
            put(t, i, i % 10);
          }
        });
    Ref ref =
        db.run(
            t ->
                t.create(
                        t.newRef(Ref.ROOT, SystemCollections.INDEX),
                        object(
                            "name", "big", "source", things, "terms", object("field", path("a"))))
                    .ref());
    db.at(t -> put(t, 500, 3));
    db.database.awaitBuilds();
    Document document = db.read(ref);
    assertThat(document.get("active")).isEqualTo(BooleanValue.TRUE);
    IndexDef index = db.run(t -> t.catalog(Ref.ROOT).index((int) ref.id()));
    assertThat(db.ids(index, 3)).hasSize(101).contains(500L);
    assertThat(db.ids(index, 0)).hasSize(99).doesNotContain(500L);
  }

  @Test
  void isNotUsedBeforeItIsBuilt() {
    IndexDef index = db.index("ix_a", things, false, List.of("a"), List.of());
    IndexDef building =
        new IndexDef(
            index.scope(),
            index.id(),
            index.language(),
            index.name(),
            index.sources(),
            index.terms(),
            index.values(),
            false,
            true,
            IndexDef.Status.BUILDING,
            1,
            index.document());
    assertThatThrownBy(
            () ->
                db.run(
                    t -> t.sets().scan(building, values(1), Transaction.NOW, Direction.ASCENDING)))
        .isInstanceOf(DatabaseException.IndexNotActive.class);
  }

  @Test
  void leavesOutEntriesThatAreTooLarge() {
    IndexDef index = db.index("ix_a", things, false, List.of("a"), List.of());
    String large = "x".repeat(Limits.ENTRY_BYTES);
    put(1, "a", new Object[] {large, "small"});
    assertThat(db.ids(index, "small")).containsExactly(1L);
    assertThatThrownBy(() -> db.ids(index, large))
        .isInstanceOf(DatabaseException.TooLarge.class)
        .hasMessage("buf length 32788 exceeds 32767");
  }

  @Test
  void storesTheLargestEntriesThatFitWhateverTheirCollationKeys() {
    IndexDef index = db.index("ix_v", things, false, List.of(), List.of("a"));
    put(1, "a", "éÀ".repeat(8_180));
    put(2, "a", "éÀ".repeat(8_190));
    assertThat(db.ids(index)).containsExactly(1L);
  }

  @Test
  void refusesExplosions() {
    db.index("bomb", things, false, List.of("a", "b", "c"), List.of());
    Object[] many = new Object[1000];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    assertThatThrownBy(() -> put(1, "a", many, "b", many, "c", many))
        .isInstanceOf(DatabaseException.TooLarge.class)
        .hasMessageMatching(
            "Index entries for doc DocID\\(1,C1024\\) in scope ScopeID\\(0\\) and index IndexID\\(32768\\) have"
                + " estimated byte size \\d+ that exceeds limit 16777216");
  }

  @Test
  void collectionEventsAreAdditionsAndRemovals() {
    long created = db.at(t -> t.put(in(things, 1), data("a", 1)));
    db.at(t -> t.put(in(things, 1), data("a", 2)));
    long deleted = db.at(t -> t.delete(in(things, 1)));
    List<EntryEvent> events =
        db.run(
            t -> {
              t.put(in(things, 2), data());
              return t.sets().events(Ref.ROOT, (int) things.id(), 0, Transaction.NOW);
            });
    assertThat(events)
        .containsExactly(
            new EntryEvent(created, true, List.of(), in(things, 1)),
            new EntryEvent(deleted, false, List.of(), in(things, 1)),
            new EntryEvent(Document.UNCOMMITTED, true, List.of(), in(things, 2)));
  }
}
