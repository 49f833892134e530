package io.refugium.database;

import static io.refugium.database.TestDatabase.data;
import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EntryCursor;
import io.refugium.database.sets.EventPage;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.ReadContext;
import io.refugium.database.sets.SetEvent;
import io.refugium.database.sets.SetPage;
import io.refugium.database.sets.SetPlan;
import io.refugium.database.sets.SetPlan.Difference;
import io.refugium.database.sets.SetPlan.Distinct;
import io.refugium.database.sets.SetPlan.Documents;
import io.refugium.database.sets.SetPlan.Intersection;
import io.refugium.database.sets.SetPlan.Join;
import io.refugium.database.sets.SetPlan.JoinTarget;
import io.refugium.database.sets.SetPlan.Match;
import io.refugium.database.sets.SetPlan.Range;
import io.refugium.database.sets.SetPlan.Reverse;
import io.refugium.database.sets.SetPlan.Union;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets over a real database: its indexes, its history, its own writes. */
class SetsTest {
  private final TestDatabase db = new TestDatabase();
  private final Ref things = db.collection("things");
  private final Ref byKind = ref(db.index("byKind", things, false, List.of("k"), List.of()));
  private final Ref byKindWithNumber =
      ref(db.index("byKindWithNumber", things, false, List.of("k"), List.of("n")));
  private final Ref numbers = ref(db.index("numbers", things, false, List.of(), List.of("n")));

  @AfterEach
  void close() {
    db.close();
  }

  private static Ref ref(IndexDef index) {
    return new Ref(index.scope(), SystemCollections.INDEX, index.id());
  }

  @Test
  void pagesOfAnIndexGoForwardsAndBackwards() {
    db.at(
        t -> {
          for (int i = 1; i <= 7; i++) {
            t.create(in(things, i), data("n", i));
          }
        });
    db.run(
        t -> {
          ReadContext now = ReadContext.of(t, Transaction.NOW);
          SetPlan plan = new Match(numbers, List.of());
          SetPage first = SetPage.first(plan, now, 3);
          assertThat(visible(first)).isEqualTo(values(1, 2, 3));
          assertThat(first.next().position()).isEqualTo(values(4, in(things, 4)));
          SetPage second = SetPage.after(plan, now, first.next().position(), 3);
          assertThat(visible(second)).isEqualTo(values(4, 5, 6));
          SetPage back = SetPage.before(plan, now, values(4, in(things, 4)), 2);
          assertThat(visible(back)).isEqualTo(values(2, 3));
          assertThat(back.hasPrevious()).isTrue();
          assertThat(visible(SetPage.after(plan, now, values(6), 9))).isEqualTo(values(6, 7));
          assertThat(visible(SetPage.before(plan, now, values(3), 9))).isEqualTo(values(1, 2));
          assertThat(visible(SetPage.first(new Reverse(plan), now, 2))).isEqualTo(values(7, 6));
          SetPlan range = new Range(new Reverse(plan), values(5), values(3));
          assertThat(visible(SetPage.first(range, now, 9))).isEqualTo(values(5, 4, 3));
          return null;
        });
  }

  @Test
  void nativeCollectionsAreSets() {
    db.run(
        t -> {
          ReadContext now = ReadContext.of(t, Transaction.NOW);
          SetPlan collections = new SetPlan.SystemDocuments(Ref.ROOT, SystemCollections.COLLECTION);
          assertThat(visible(SetPage.first(collections, now, 9))).containsExactly(things);
          SetPlan indexes = new SetPlan.SystemDocuments(Ref.ROOT, SystemCollections.INDEX);
          assertThat(visible(SetPage.first(indexes, now, 9)))
              .containsExactly(byKind, byKindWithNumber, numbers);
          return null;
        });
  }

  @Test
  void ownWritesAreSeenWhileWalking() {
    db.at(t -> t.create(in(things, 1), data("k", "a")));
    db.run(
        t -> {
          ReadContext now = ReadContext.of(t, Transaction.NOW);
          SetPlan plan = new Match(byKind, values("a"));
          t.create(in(things, 2), data("k", "a"));
          t.delete(in(things, 1));
          assertThat(visible(SetPage.first(plan, now, 9))).containsExactly(in(things, 2));
          ReadContext before = ReadContext.of(t, t.snapshotTime() - 1);
          assertThat(visible(SetPage.first(plan, before, 9))).containsExactly(in(things, 1));
          return null;
        });
  }

  @Test
  void documentsWithNegativeIdsExistButAreNotListed() {
    db.at(t -> t.create(in(things, -5), data("k", "a")));
    db.at(t -> t.create(in(things, 0), data("k", "a")));
    db.run(
        t -> {
          SetPlan documents = new Documents(Ref.ROOT, (int) things.id());
          assertSet(ReadContext.of(t, Transaction.NOW), documents, List.of(in(things, 0)));
          ReadContext now = ReadContext.of(t, Transaction.NOW);
          assertThat(SetPage.after(documents, now, List.of(in(things, -9)), 9).entries())
              .hasSize(1);
          assertThat(t.read(in(things, -5))).isNotNull();
          return null;
        });
  }

  @Test
  void aMissingIndexHasNoEntries() {
    db.run(
        t -> {
          SetPlan plan = new Match(new Ref(Ref.ROOT, SystemCollections.INDEX, 50_000), List.of());
          assertThat(SetPage.first(plan, ReadContext.of(t, Transaction.NOW), 9).entries())
              .isEmpty();
          return null;
        });
  }

  /** Random histories: sets at every time against lists, and their events against the sets. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void setsAndTheirHistoryAgreeWithThePlainestModel(long seed) {
    Random random = new Random(seed);
    Map<Long, ObjectValue> state = new TreeMap<>();
    Map<Long, Map<Long, ObjectValue>> states = new LinkedHashMap<>();
    for (int round = 0; round < 25; round++) {
      long time = db.at(t -> change(t, random, state));
      states.put(time, new TreeMap<>(state));
    }
    db.run(
        t -> {
          states.forEach((time, documents) -> check(ReadContext.of(t, time), documents));
          change(t, random, state);
          check(ReadContext.of(t, Transaction.NOW), state);
          return null;
        });
    db.run(
        t -> {
          states.forEach((time, documents) -> checkEvents(t, time));
          return null;
        });
  }

  private void change(Transaction t, Random random, Map<Long, ObjectValue> state) {
    for (int i = 0; i <= random.nextInt(3); i++) {
      long id = 1L + random.nextInt(6);
      Ref ref = in(things, id);
      if (random.nextInt(4) == 0) {
        if (state.remove(id) != null) {
          t.delete(ref);
        }
      } else {
        ObjectValue.Builder fields = ObjectValue.builder();
        if (random.nextInt(4) > 0) {
          fields.put("k", TestDatabase.value(random.nextBoolean() ? "a" : "b"));
        }
        if (random.nextInt(4) > 0) {
          fields.put("n", new LongValue(random.nextInt(3)));
        }
        ObjectValue content = fields.build();
        t.put(ref, object("data", content));
        state.put(id, content);
      }
    }
  }

  private void check(ReadContext context, Map<Long, ObjectValue> documents) {
    List<Value> a = refs(documents, "a");
    List<Value> b = refs(documents, "b");
    List<Value> all = new ArrayList<>(documents.keySet().stream().map(this::thing).toList());
    SetPlan inA = new Match(byKind, values("a"));
    SetPlan inB = new Match(byKind, values("b"));
    SetPlan documentsSet = new Documents(Ref.ROOT, (int) things.id());

    assertSet(context, inA, a);
    assertSet(context, documentsSet, all);
    assertSet(context, new Intersection(List.of(inA, inB)), List.of());
    assertSet(context, new Intersection(List.of(documentsSet, inB)), b);
    assertSet(
        context,
        new Union(List.of(inA, inB)),
        all.stream().filter(ref -> a.contains(ref) || b.contains(ref)).toList());
    assertSet(
        context,
        new Difference(List.of(documentsSet, inA)),
        all.stream().filter(ref -> !a.contains(ref)).toList());

    List<Value> n =
        documents.values().stream().map(d -> d.get("n")).filter(v -> v != null).toList();
    List<Value> sorted = n.stream().sorted(io.refugium.model.ValueOrder.INSTANCE).toList();
    SetPlan numbered = new Match(numbers, List.of());
    assertSet(context, numbered, sorted);
    assertSet(context, new Distinct(numbered), sorted.stream().distinct().toList());
    assertSet(
        context,
        new Range(numbered, values(1), values(2)),
        sorted.stream().filter(v -> ((LongValue) v).value() >= 1).toList());
    assertSet(
        context,
        new Join(new Range(numbered, values(0), values(0)), new JoinTarget.Index(numbers)),
        List.of());
    List<Value> kindsOfDocuments =
        documents.values().stream()
            .filter(d -> d.get("n") != null && TestDatabase.value("a").equals(d.get("k")))
            .map(d -> d.get("n"))
            .sorted(io.refugium.model.ValueOrder.INSTANCE)
            .toList();
    assertSet(context, new Match(byKindWithNumber, values("a")), kindsOfDocuments);
  }

  /** Replaying the events of a set up to a time gives the set at that time. */
  private void checkEvents(Transaction t, long time) {
    SetPlan inA = new Match(byKind, values("a"));
    SetPlan inB = new Match(byKind, values("b"));
    SetPlan documents = new Documents(Ref.ROOT, (int) things.id());
    for (SetPlan plan :
        List.of(
            inA,
            documents,
            new Match(byKindWithNumber, values("b")),
            new Intersection(List.of(documents, inB)),
            new Difference(List.of(documents, inA)))) {
      ReadContext context = ReadContext.of(t, time);
      Set<List<Value>> replayed = new HashSet<>();
      for (SetEvent event :
          EventPage.first(new EventsPlan.OfSet(plan), context, SetPage.MAX_SIZE).events()) {
        List<Value> entry = new ArrayList<>(event.values());
        entry.add(event.document());
        if (event.action() == SetEvent.Action.ADD) {
          replayed.add(entry);
        } else {
          replayed.remove(entry);
        }
      }
      Set<List<Value>> actual = new HashSet<>();
      walk(context, plan, Direction.ASCENDING).forEach(entry -> actual.add(entry.position()));
      assertThat(replayed).isEqualTo(actual);
    }
  }

  private List<Value> refs(Map<Long, ObjectValue> documents, String kind) {
    return documents.entrySet().stream()
        .filter(entry -> TestDatabase.value(kind).equals(entry.getValue().get("k")))
        .map(entry -> thing(entry.getKey()))
        .toList();
  }

  private Value thing(long id) {
    return in(things, id);
  }

  private static void assertSet(ReadContext context, SetPlan plan, List<Value> expected) {
    assertThat(walk(context, plan, Direction.ASCENDING).stream().map(Entry::visible).toList())
        .isEqualTo(expected);
    assertThat(walk(context, plan, Direction.DESCENDING).stream().map(Entry::visible).toList())
        .isEqualTo(expected.reversed());
  }

  private static List<Entry> walk(ReadContext context, SetPlan plan, Direction direction) {
    List<Entry> entries = new ArrayList<>();
    try (EntryCursor cursor = plan.open(context, direction)) {
      while (cursor.next()) {
        entries.add(cursor.entry());
      }
    }
    return entries;
  }

  private static List<Value> visible(SetPage page) {
    return page.entries().stream().map(Entry::visible).toList();
  }
}
