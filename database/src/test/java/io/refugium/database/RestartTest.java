package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.IndexDef;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Store;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  @TempDir Path directory;

  private Store store() {
    return RocksStore.open(directory.resolve("data"), RocksSettings.defaults());
  }

  @Test
  void everythingIsThereAfterARestart() {
    Ref things;
    long time;
    IndexDef index;
    try (TestDatabase db = new TestDatabase(store(), Hooks.NONE)) {
      things = db.collection("things");
      index = db.index("by_a", things, false, List.of("a"), List.of("b"));
      Ref ref = things;
      time = db.at(t -> t.create(in(ref, 1), data("a", 1, "b", "x")));
      db.at(t -> t.put(in(ref, 1), data("a", 2, "b", "x")));
    }
    try (TestDatabase db = new TestDatabase(store(), Hooks.NONE)) {
      Ref ref = things;
      assertThat(db.read(in(ref, 1)).data()).isEqualTo(object("a", 2, "b", "x"));
      assertThat(db.ids(index, 2)).containsExactly(1L);
      assertThat(db.<List<Long>>run(t -> TestDatabase.ids(t, index, time, 1))).containsExactly(1L);
      assertThat(db.collection("others").id()).isEqualTo(things.id() + 1);
    }
  }

  @Test
  void aStoreKeepsItsSecret() {
    byte[] made;
    try (Store store = store()) {
      made = StoreSecret.of(store);
      assertThat(StoreSecret.of(store)).isEqualTo(made).hasSize(StoreSecret.BYTES);
    }
    try (Store store = store()) {
      store.prune(store.readPoint());
      assertThat(StoreSecret.of(store)).isEqualTo(made);
    }
    try (Store other = RocksStore.open(directory.resolve("other"), RocksSettings.defaults())) {
      assertThat(StoreSecret.of(other)).isNotEqualTo(made);
    }
  }

  @Test
  void anIndexThatWasBeingBuiltIsFinished() {
    Ref things;
    Ref index;
    try (TestDatabase db = new TestDatabase(store(), Hooks.NONE)) {
      things = db.collection("things");
      Ref ref = things;
      for (int step = 0; step < 5; step++) {
        int from = step * 1000;
        db.at(
            t -> {
              for (int i = from; i < from + 1000; i++) {
                t.put(in(ref, i), data("a", i % 10));
              }
            });
      }
      index =
          db.run(
              t ->
                  t.create(
                          t.newRef(Ref.ROOT, SystemCollections.INDEX),
                          object(
                              "name",
                              "ix",
                              "source",
                              ref,
                              "terms",
                              TestDatabase.paths(List.of("a"))))
                      .ref());
    }
    try (TestDatabase db = new TestDatabase(store(), Hooks.NONE)) {
      db.database.awaitBuilds();
      IndexDef built = db.run(t -> t.catalog(Ref.ROOT).index((int) index.id()));
      assertThat(built.isActive()).isTrue();
      assertThat(db.ids(built, 3)).hasSize(500);
    }
  }
}
