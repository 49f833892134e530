package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.DocumentScan;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The reference figures of http.md 10.3. */
class MetricsTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");

  @AfterEach
  void close() {
    db.close();
  }

  private Metrics of(Consumer<Transaction> body) {
    Metrics metrics = new Metrics();
    db.database.execute(
        TestDatabase.options(),
        metrics,
        t -> {
          body.accept(t);
          return null;
        });
    return metrics;
  }

  private long reads(Consumer<Transaction> body) {
    return of(body).readOps();
  }

  private long writes(Consumer<Transaction> body) {
    return of(body).writeOps();
  }

  @Test
  void aDocumentIsReadOnce() {
    db.at(t -> t.put(in(things, 1), data("a", 1)));
    assertThat(reads(t -> t.read(in(things, 1)))).isEqualTo(1);
    assertThat(reads(t -> t.read(in(things, 99)))).isEqualTo(1);
    assertThat(reads(t -> t.peek(in(things, 1)))).isZero();
    assertThat(
            reads(
                t -> {
                  t.read(in(things, 1));
                  t.read(in(things, 1));
                }))
        .isEqualTo(1);
    assertThat(
            reads(
                t -> {
                  t.put(in(things, 1), data("a", 2));
                  t.read(in(things, 1));
                }))
        .isZero();
    db.at(t -> t.put(in(things, 2), data("a", "x".repeat(9000))));
    assertThat(reads(t -> t.read(in(things, 2)))).isEqualTo(3);
  }

  @Test
  void aSetIsReadByThePage() {
    IndexDef index = db.index("by_a", things, false, List.of("a"), List.of());
    db.at(
        t -> {
          t.put(in(things, 1), data("a", 1));
          t.put(in(things, 2), data("a", 1));
        });
    assertThat(reads(t -> TestDatabase.ids(t, things, Transaction.NOW))).isEqualTo(8);
    assertThat(
            reads(
                t ->
                    t.sets()
                        .scan(Ref.ROOT, SystemCollections.KEY, Transaction.NOW, Direction.ASCENDING)
                        .next()))
        .isEqualTo(8);
    assertThat(reads(t -> TestDatabase.ids(t, index, Transaction.NOW, 1))).isEqualTo(1);
    assertThat(reads(t -> TestDatabase.ids(t, index, Transaction.NOW, 2))).isEqualTo(1);
    assertThat(reads(t -> t.sets().scan(index, values(1), Transaction.NOW, Direction.ASCENDING)))
        .isZero();
    assertThat(
            reads(
                t -> {
                  try (DocumentScan scan =
                      t.sets()
                          .scan(
                              Ref.ROOT, (int) things.id(), Transaction.NOW, Direction.ASCENDING)) {
                    while (scan.next()) {
                      scan.document();
                    }
                  }
                }))
        .isEqualTo(10);
  }

  @Test
  void aLargeSetCostsWhatItsEntriesDo() {
    for (int from = 0; from < 16_016; from += 2002) {
      int start = from;
      db.at(
          t -> {
            for (int i = start; i < start + 2002; i++) {
              t.put(in(things, i), data());
            }
          });
    }
    assertThat(reads(t -> TestDatabase.ids(t, things, Transaction.NOW))).isEqualTo(180);
  }

  @Test
  void writesAreCountedByDocumentAndSize() {
    assertThat(writes(t -> t.put(in(things, 1), data("a", 1)))).isEqualTo(1);
    assertThat(writes(t -> t.delete(in(things, 1)))).isEqualTo(1);
    assertThat(
            writes(
                t -> {
                  t.put(in(things, 1), data("a", 1));
                  t.put(in(things, 1), data("a", 2));
                  t.put(in(things, 2), data("a", "x".repeat(2000)));
                }))
        .isEqualTo(3);
    assertThat(
            writes(
                t ->
                    t.create(
                        t.newRef(Ref.ROOT, SystemCollections.COLLECTION),
                        object(
                            "name",
                            "C",
                            "indexes",
                            object("i", object("terms", new Object[] {object("field", ".a")}))))))
        .isEqualTo(2);
    assertThat(of(t -> t.read(in(things, 1))).writeOps()).isZero();
  }

  @Test
  void aSourceFileCountsWithWhatItReplaces() {
    Ref[] file = new Ref[1];
    String text = "x".repeat(1_000);
    long first =
        writes(
            t -> {
              file[0] = t.newRef(Ref.ROOT, SystemCollections.SCHEMA_SOURCE);
              t.put(file[0], object("content", text));
            });
    long second = writes(t -> t.put(file[0], object("content", text + "y")));

    assertThat(first).isEqualTo(2);
    assertThat(second).isEqualTo(3);
    assertThat(writes(t -> t.put(file[0], object("content", "")))).isEqualTo(2);
  }
}
