package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.merged;
import static io.refugium.database.TestDatabase.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.RangeScan;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StagedSchemaTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");

  @AfterEach
  void close() {
    db.close();
  }

  private void stage(Consumer<Transaction> body) {
    db.at(
        t -> {
          t.staged(Ref.ROOT).begin();
          body.accept(t);
        });
  }

  private void commit() {
    db.at(t -> t.staged(Ref.ROOT).commit());
  }

  private void abandon() {
    db.at(t -> t.staged(Ref.ROOT).abandon());
  }

  private static void redefine(Transaction t, Ref collection, Object... fields) {
    t.put(collection, merged(t.peek(collection).fields(), object(fields)));
  }

  private static ObjectValue indexOn(String field) {
    return object("terms", new Object[] {object("field", field)});
  }

  private static ObjectValue unique(String field) {
    return object("unique", new Object[] {field});
  }

  private Catalog active() {
    return db.run(t -> t.catalog(Ref.ROOT));
  }

  private Catalog latest() {
    return db.run(t -> t.latestCatalog(Ref.ROOT));
  }

  private CollectionDef activeThings() {
    return active().collection((int) things.id());
  }

  private List<Long> found(String index, Object term) {
    return db.run(
        t ->
            TestDatabase.ids(
                t,
                t.catalog(Ref.ROOT)
                    .collection((int) things.id())
                    .namedIndexes()
                    .get(index)
                    .backing(),
                Transaction.NOW,
                term));
  }

  private List<Integer> indexes(CollectionDef collection) {
    return collection.indexes().stream().map(IndexDef::id).toList();
  }

  private boolean hasEntries(int index) {
    return db.run(
        t -> {
          try (RangeScan scan =
              t.view()
                  .scanCommitted(
                      EntryKeys.all(Ref.ROOT, index), Transaction.NOW, Direction.ASCENDING)) {
            return scan.next();
          }
        });
  }

  @Test
  void whatIsStagedIsInForceWhenItIsCommitted() {
    stage(
        t -> {
          redefine(t, things, "name", "objects", "indexes", object("byA", indexOn("a")));
          TestDatabase.createCollection(t, Ref.ROOT, "more", object());
        });
    assertThat(active().isPinned()).isTrue();
    assertThat(active().collection("objects")).isNull();
    assertThat(active().collection("more")).isNull();
    assertThat(activeThings().name()).isEqualTo("things");
    assertThat(activeThings().namedIndexes()).isEmpty();
    assertThat(latest().collection("objects").namedIndexes()).containsKey("byA");
    assertThat(
            db.<Boolean>run(t -> t.byName(Ref.ROOT, SystemCollections.COLLECTION, "more") != null))
        .isTrue();
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    commit();
    assertThat(active().isPinned()).isFalse();
    assertThat(activeThings().name()).isEqualTo("objects");
    assertThat(active().collection("more")).isNotNull();
    assertThat(found("byA", 1)).containsExactly(1L);
  }

  @Test
  void documentsCannotBeWrittenToWhatIsOnlyStaged() {
    Ref[] more = new Ref[1];
    stage(t -> more[0] = TestDatabase.createCollection(t, Ref.ROOT, "more", object()));
    assertThatThrownBy(() -> db.at(t -> t.put(in(more[0], 1), data())))
        .isInstanceOf(DatabaseException.CollectionNotFound.class);
  }

  @Test
  void aStagedUniqueConstraintBindsFromTheCommitOn() {
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    stage(t -> redefine(t, things, "constraints", new Object[] {unique("a")}));
    db.at(t -> t.put(in(things, 2), data("a", 1)));
    commit();
    assertThatThrownBy(() -> db.at(t -> t.put(in(things, 3), data("a", 1))))
        .isInstanceOf(DatabaseException.NotUnique.class);
  }

  @Test
  void indexesOfBothSchemasAreMaintained() {
    db.at(t -> redefine(t, things, "indexes", object("byA", indexOn("a"))));
    stage(t -> redefine(t, things, "indexes", object("byA", null, "byB", indexOn("b"))));
    db.at(
        t -> {
          t.put(in(things, 1), data("a", 1, "b", 1));
          t.put(in(things, 2), data("a", 1, "b", 1));
        });
    db.at(
        t -> {
          t.put(in(things, 1), data("a", 2, "b", 2));
          t.delete(in(things, 2));
        });
    assertThat(found("byA", 2)).containsExactly(1L);
    assertThat(found("byA", 1)).isEmpty();
    int dropped = indexes(activeThings()).getFirst();
    commit();
    assertThat(found("byB", 2)).containsExactly(1L);
    assertThat(found("byB", 1)).isEmpty();
    db.database.prune(db.database.now() + History.GRACE_MICROS);
    assertThat(hasEntries(dropped)).isFalse();
  }

  @Test
  void anIndexThatBothHaveIsNotBuiltAgain() {
    db.at(t -> redefine(t, things, "indexes", object("byA", indexOn("a"))));
    List<Integer> before = indexes(activeThings());
    stage(t -> redefine(t, things, "indexes", object("renamed", indexOn("a"))));
    assertThat(indexes(latest().collection("things"))).isEqualTo(before);
    commit();
    assertThat(indexes(activeThings())).isEqualTo(before);
  }

  @Test
  void anIndexOnFieldsThatAStagedMigrationChangesIsAnotherOne() {
    db.at(t -> redefine(t, things, "indexes", object("byA", indexOn("a"))));
    List<Integer> before = indexes(activeThings());
    stage(
        t -> {
          redefine(t, things, "data", object("note", "migrated"));
          t.migrate(things, steps("first"), Set.of("a"));
        });
    List<Integer> staged = indexes(latest().collection("things"));
    assertThat(staged).doesNotContainAnyElementsOf(before);
    assertThat(activeThings().migrations().size()).isZero();
    db.at(t -> t.migrate(things, steps("first"), Set.of("a")));
    assertThat(indexes(latest().collection("things"))).isEqualTo(staged);
    db.at(t -> t.migrate(things, steps("second"), Set.of("a")));
    assertThat(indexes(latest().collection("things"))).doesNotContainAnyElementsOf(staged);
    db.at(t -> t.migrate(things, steps(), Set.of()));
    assertThat(indexes(latest().collection("things"))).isEqualTo(before);
    db.at(t -> t.migrate(things, steps("third"), Set.of("a")));
    long committed = db.at(t -> t.staged(Ref.ROOT).commit());
    ObjectValue migration = (ObjectValue) activeThings().migrations().values().getFirst();
    assertThat(migration).isEqualTo(object("at", committed, "steps", steps("third")));
  }

  private static ArrayValue steps(Object... steps) {
    return (ArrayValue) TestDatabase.value(steps);
  }

  @Test
  void abandoningRestoresWhatWas() {
    Ref others = db.collection("others");
    Ref role = db.run(t -> t.newRef(Ref.ROOT, SystemCollections.ROLE));
    db.at(t -> t.create(role, object("name", "reader")));
    db.at(t -> redefine(t, things, "indexes", object("byA", indexOn("a"))));
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    List<Integer> before = indexes(activeThings());
    stage(
        t -> {
          redefine(
              t, things, "name", "others2", "indexes", object("byA", null, "byB", indexOn("b")));
          redefine(t, others, "name", "things");
          redefine(t, things, "name", "others");
          t.delete(role);
          TestDatabase.createCollection(t, Ref.ROOT, "more", object());
        });
    int thrownAway = indexes(latest().collection("others")).getFirst();
    db.at(t -> t.put(in(things, 2), data("a", 1, "b", 1)));
    abandon();
    assertThat(active().isPinned()).isFalse();
    assertThat(activeThings().name()).isEqualTo("things");
    assertThat(active().collection((int) others.id()).name()).isEqualTo("others");
    for (String name : List.of("things", "others")) {
      assertThat(db.<Ref>run(t -> t.byName(Ref.ROOT, SystemCollections.COLLECTION, name)))
          .isEqualTo(active().collection(name).document().ref());
    }
    assertThat(active().role("reader")).isNotNull();
    assertThat(active().collection("more")).isNull();
    assertThat(indexes(activeThings())).isEqualTo(before);
    assertThat(found("byA", 1)).containsExactly(1L, 2L);
    db.database.prune(db.database.now() + History.GRACE_MICROS);
    assertThat(hasEntries(thrownAway)).isFalse();
  }

  @Test
  void aCollectionThatIsStagedToGoIsThereUntilTheCommit() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    stage(t -> t.delete(things));
    assertThat(latest().collection("things")).isNull();
    assertThat(db.ids(index, 1)).containsExactly(1L);
    db.at(t -> t.put(in(things, 2), data("a", 1)));
    assertThat(db.idsOf(things)).containsExactly(1L, 2L);
    commit();
    assertThat(active().collection("things")).isNull();
    assertThat(active().index("by_a")).isNull();
    assertThat(db.idsOf(things)).isEmpty();
    assertThat(db.read(in(things, 1))).isNull();
  }

  @Test
  void aCollectionThatIsStagedToGoIsBackWhenThatIsAbandoned() {
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    stage(t -> t.delete(things));
    abandon();
    assertThat(db.idsOf(things)).containsExactly(1L);
    assertThat(db.read(things)).isNotNull();
  }

  @Test
  void historyIsKeptUntilItsEndIsCommitted() {
    Ref kept =
        db.run(t -> TestDatabase.createCollection(t, Ref.ROOT, "kept", object("history_days", 9L)));
    stage(t -> redefine(t, kept, "history_days", 0L));
    assertThat(active().collection("kept").historyDays()).isEqualTo(9);
    long floor = active().collection("kept").historyFloor();
    commit();
    assertThat(active().collection("kept").historyDays()).isZero();
    assertThat(active().collection("kept").historyFloor()).isGreaterThan(floor);
  }

  @Test
  void indexesOfBothAreBuiltInTheBackground() {
    for (int batch = 0; batch < 3; batch++) {
      int first = batch * 100;
      db.at(
          t -> {
            for (int i = first; i < first + 100; i++) {
              t.put(in(things, i), data("a", i, "b", i));
            }
          });
    }
    db.at(t -> redefine(t, things, "indexes", object("byA", indexOn("a"))));
    stage(t -> redefine(t, things, "indexes", object("byA", indexOn("a"), "byB", indexOn("b"))));
    db.database.awaitBuilds();
    assertThat(found("byA", 42)).containsExactly(42L);
    assertThat(activeThings().namedIndexes().get("byA").queryable()).isTrue();
    CollectionDef.NamedIndex staged = latest().collection("things").namedIndexes().get("byB");
    assertThat(staged.backing().status()).isEqualTo(IndexDef.Status.ACTIVE);
    assertThat(staged.queryable()).isTrue();
    db.at(t -> t.delete(in(things, 42)));
    commit();
    assertThat(found("byB", 42)).isEmpty();
    assertThat(found("byB", 43)).containsExactly(43L);
  }
}
