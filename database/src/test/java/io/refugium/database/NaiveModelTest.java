package io.refugium.database;

import static io.refugium.database.TestDatabase.in;
import static io.refugium.database.TestDatabase.object;
import static io.refugium.database.TestDatabase.value;
import static io.refugium.database.TestDatabase.values;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import io.refugium.storage.Direction;
import io.refugium.storage.Durability;
import io.refugium.storage.Store;
import io.refugium.storage.memory.MemoryStore;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random transactions against a model that keeps the complete state after every commit in a map:
 * documents, index entries and history must agree at every time, inside and outside of
 * transactions.
 */
class NaiveModelTest {
  private static final int DOCUMENTS = 6;
  private static final Object[] SCALARS = {0, 1, 1.0, 2, "a", "A", "b", true, null};

  /** An entry as a reader sees it. */
  private record Entry(Value value, long id) {}

  private final TreeMap<Long, Map<Long, ObjectValue>> states = new TreeMap<>();
  private Random random;
  private TestDatabase db;
  private Ref things;
  private IndexDef byTerm;
  private IndexDef byValue;

  @Property(tries = 150)
  void agreesInMemory(@ForAll long seed) {
    agrees(seed, new MemoryStore());
  }

  @Property(tries = 8)
  void agreesOnDisk(@ForAll long seed) throws IOException {
    Path directory = Files.createTempDirectory("refugium-test");
    agrees(
        seed,
        RocksStore.open(
            directory.resolve("data"),
            RocksSettings.defaults().withDurability(Durability.RELAXED)));
    MoreFiles.deleteAll(directory);
  }

  private void agrees(long seed, Store store) {
    random = new Random(seed);
    states.clear();
    byTerm = null;
    byValue = null;
    try (TestDatabase opened = new TestDatabase(store, Hooks.NONE)) {
      db = opened;
      things = db.collection("things");
      boolean indexFirst = random.nextBoolean();
      if (indexFirst) {
        createIndexes();
      }
      states.put(db.database.now(), Map.of());
      for (int i = 0; i < 12; i++) {
        transact();
      }
      if (!indexFirst) {
        createIndexes();
      }
      states.forEach((time, state) -> db.run(t -> check(t, time, state)));
      db.run(t -> check(t, Transaction.NOW, states.lastEntry().getValue()));
      db.run(this::checkHistories);
    }
  }

  private void createIndexes() {
    byTerm = db.index("by_a", things, false, List.of("a"), List.of());
    db.run(
        t ->
            t.create(
                t.newRef(Ref.ROOT, SystemCollections.INDEX),
                object(
                    "name",
                    "b_desc",
                    "source",
                    things,
                    "values",
                    object("field", ArrayValue.of(value("data"), value("b")), "reverse", true))));
    byValue = db.run(t -> t.catalog(Ref.ROOT).index("b_desc"));
  }

  private void transact() {
    if (states.size() > 2 && random.nextInt(5) == 0) {
      editHistory();
      return;
    }
    Map<Long, ObjectValue> state = new TreeMap<>(states.lastEntry().getValue());
    boolean[] wrote = {false};
    long time =
        db.at(
            t -> {
              state.clear();
              state.putAll(states.lastEntry().getValue());
              for (int i = random.nextInt(4); i >= 0; i--) {
                wrote[0] |= write(t, state);
              }
              check(t, Transaction.NOW, state);
            });
    if (wrote[0]) {
      states.put(time, state);
    }
  }

  private boolean write(Transaction t, Map<Long, ObjectValue> state) {
    long id = random.nextInt(DOCUMENTS);
    if (random.nextInt(3) > 0) {
      ObjectValue fields = randomFields();
      t.put(in(things, id), fields);
      state.put(id, fields);
      return true;
    }
    if (state.remove(id) != null) {
      t.delete(in(things, id));
      return true;
    }
    return false;
  }

  /**
   * Changes the past of a document as far as the next version of it, in the store and in all states
   * of the model in between.
   */
  private void editHistory() {
    List<Long> times = new ArrayList<>(states.keySet());
    long time = times.get(1 + random.nextInt(times.size() - 1));
    long id = random.nextInt(DOCUMENTS);
    ObjectValue fields = random.nextInt(4) == 0 ? null : randomFields();
    List<Long> versions = db.run(t -> times(t, id));
    long next =
        versions.stream()
            .filter(version -> version > time)
            .min(Comparator.naturalOrder())
            .orElse(Long.MAX_VALUE);
    db.at(t -> t.insertVersion(in(things, id), time, fields));
    for (long changed : times) {
      if (changed >= time && changed < next) {
        Map<Long, ObjectValue> state = new TreeMap<>(states.get(changed));
        if (fields == null) {
          state.remove(id);
        } else {
          state.put(id, fields);
        }
        states.put(changed, state);
      }
    }
  }

  private List<Long> times(Transaction t, long id) {
    List<Long> times = new ArrayList<>();
    t.versions(in(things, id), 0, Transaction.NOW, Direction.ASCENDING)
        .forEachRemaining(version -> times.add(version.ts()));
    return times;
  }

  private ObjectValue randomFields() {
    ObjectValue.Builder data = ObjectValue.builder();
    for (String name : List.of("a", "b")) {
      if (random.nextInt(4) > 0) {
        data.put(name, randomValue());
      }
    }
    return object("data", data.build());
  }

  private Value randomValue() {
    if (random.nextInt(3) > 0) {
      return value(SCALARS[random.nextInt(SCALARS.length - 1)]);
    }
    Object[] elements = new Object[random.nextInt(4)];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = SCALARS[random.nextInt(SCALARS.length)];
    }
    return value(elements);
  }

  // ---------------------------------------------------------------- comparison

  private Void check(Transaction t, long at, Map<Long, ObjectValue> state) {
    for (long id = 0; id < DOCUMENTS; id++) {
      Document document = t.read(in(things, id), at);
      assertThat((Object) (document == null ? null : document.fields())).isEqualTo(state.get(id));
    }
    assertThat(TestDatabase.ids(t, things, at)).containsExactlyElementsOf(state.keySet());
    if (byTerm == null) {
      return null;
    }
    for (Object term : SCALARS) {
      assertThat(TestDatabase.ids(t, byTerm, at, term))
          .as("documents with %s at %s in %s", term, at, state)
          .isEqualTo(matching(state, value(term)));
    }
    List<Entry> expected = entries(state);
    assertThat(scan(t, at, Direction.ASCENDING, null)).isEqualTo(expected);
    assertThat(scan(t, at, Direction.DESCENDING, null)).isEqualTo(expected.reversed());
    Value bound = value(SCALARS[random.nextInt(SCALARS.length)]);
    checkSeek(t, at, expected, Position.before(List.of(bound), null), bound, false);
    checkSeek(t, at, expected, Position.after(List.of(bound), null), bound, true);
    return null;
  }

  private void checkSeek(
      Transaction t,
      long at,
      List<Entry> entries,
      Position position,
      Value bound,
      boolean afterEqual) {
    List<Entry> ahead = new ArrayList<>();
    List<Entry> behind = new ArrayList<>();
    for (Entry entry : entries) {
      int order = -ValueOrder.INSTANCE.compare(entry.value(), bound);
      boolean isBehind = order < 0 || (order == 0 && afterEqual);
      (isBehind ? behind : ahead).add(entry);
    }
    assertThat(scan(t, at, Direction.ASCENDING, position)).isEqualTo(ahead);
    assertThat(scan(t, at, Direction.DESCENDING, position)).isEqualTo(behind.reversed());
  }

  private List<Entry> scan(Transaction t, long at, Direction direction, Position from) {
    List<Entry> found = new ArrayList<>();
    try (IndexScan scan = t.sets().scan(byValue, values(), at, direction)) {
      if (from != null) {
        scan.seek(from);
      }
      while (scan.next()) {
        found.add(new Entry(scan.values().getFirst(), scan.ref().id()));
      }
    }
    return found;
  }

  private static List<Long> matching(Map<Long, ObjectValue> state, Value term) {
    if (term == NullValue.NULL) {
      return List.of();
    }
    return state.entrySet().stream()
        .filter(document -> alternatives(document.getValue(), "a").contains(term))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<Entry> entries(Map<Long, ObjectValue> state) {
    List<Entry> entries = new ArrayList<>();
    state.forEach(
        (id, fields) ->
            alternatives(fields, "b").stream()
                .filter(value -> value != NullValue.NULL)
                .forEach(value -> entries.add(new Entry(value, id))));
    // a document with two numbers that tie, such as 1 and 1.0, has both; the integer first
    entries.sort(
        Comparator.comparing(Entry::value, ValueOrder.INSTANCE.reversed())
            .thenComparing(Entry::id)
            .thenComparing(entry -> entry.value() instanceof io.refugium.model.DoubleValue));
    return entries;
  }

  private static Set<Value> alternatives(ObjectValue fields, String name) {
    Value found = ((ObjectValue) fields.get("data")).get(name);
    Set<Value> alternatives = new LinkedHashSet<>();
    if (found instanceof ArrayValue array) {
      alternatives.addAll(array.values());
    } else if (found != null) {
      alternatives.add(found);
    }
    return alternatives;
  }

  /** Following the versions of each document gives the states of the model. */
  private Void checkHistories(Transaction t) {
    for (long id = 0; id < DOCUMENTS; id++) {
      TreeMap<Long, Version> versions = new TreeMap<>();
      ObjectValue before = null;
      var iterator = t.versions(in(things, id), 0, Transaction.NOW, Direction.ASCENDING);
      while (iterator.hasNext()) {
        Version version = iterator.next();
        assertThat((Object) version.before()).isEqualTo(before);
        before = version.fields();
        versions.put(version.ts(), version);
      }
      long document = id;
      states.forEach(
          (time, state) -> {
            Map.Entry<Long, Version> version = versions.floorEntry(time);
            ObjectValue fields = version == null ? null : version.getValue().fields();
            assertThat((Object) fields).isEqualTo(state.get(document));
          });
    }
    return null;
  }
}
