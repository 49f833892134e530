package io.refugium.database.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.sets.SetPlan.Difference;
import io.refugium.database.sets.SetPlan.Distinct;
import io.refugium.database.sets.SetPlan.Documents;
import io.refugium.database.sets.SetPlan.Filter;
import io.refugium.database.sets.SetPlan.Intersection;
import io.refugium.database.sets.SetPlan.Join;
import io.refugium.database.sets.SetPlan.JoinTarget;
import io.refugium.database.sets.SetPlan.Match;
import io.refugium.database.sets.SetPlan.Range;
import io.refugium.database.sets.SetPlan.Reverse;
import io.refugium.database.sets.SetPlan.Singleton;
import io.refugium.database.sets.SetPlan.Union;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SetPlanTest {
  private static final int COLLECTION = 1024;
  private static final Ref BY_NONE = new Ref(0, 7, 40_000);
  private static final Ref BY_ONE = new Ref(0, 7, 40_001);
  private static final Ref BY_ONE_DESCENDING = new Ref(0, 7, 40_002);
  private static final Ref BY_TWO = new Ref(0, 7, 40_003);
  private static final List<Ref> INDEXES = List.of(BY_NONE, BY_ONE, BY_ONE_DESCENDING, BY_TWO);

  @Property(tries = 3_000)
  void cursorsWalkAsThePlanSays(@ForAll long seed) {
    Random random = new Random(seed);
    ReadContext context = ReadContext.of(database(random), 0);
    SetPlan plan = plan(random, 3, INDEXES.get(random.nextInt(INDEXES.size())));
    List<Entry> expected = new NaiveSets(context).entries(plan);

    assertSame(walk(plan, context, Direction.ASCENDING), expected);
    assertSame(walk(plan, context, Direction.DESCENDING), expected.reversed());
  }

  @Property(tries = 3_000)
  void cursorsSeekAnyGap(@ForAll long seed) {
    Random random = new Random(seed);
    ReadContext context = ReadContext.of(database(random), 0);
    SetPlan plan = plan(random, 3, INDEXES.get(random.nextInt(INDEXES.size())));
    List<Entry> all = new NaiveSets(context).entries(plan);
    Shape shape = plan.shape(context);
    try (EntryCursor forwards = plan.open(context, Direction.ASCENDING);
        EntryCursor backwards = plan.open(context, Direction.DESCENDING)) {
      for (int i = 0; i < 6; i++) {
        Bound bound = bound(random, shape.values());
        forwards.seek(bound);
        assertSame(rest(forwards), all.stream().filter(e -> shape.compare(e, bound) > 0).toList());
        backwards.seek(bound);
        assertSame(
            rest(backwards),
            all.reversed().stream().filter(e -> shape.compare(e, bound) < 0).toList());
      }
    }
  }

  @Property(tries = 1_000)
  void pagesCoverTheSetInBothDirections(@ForAll long seed) {
    Random random = new Random(seed);
    ReadContext context = ReadContext.of(database(random), 0);
    SetPlan plan = plan(random, 2, INDEXES.get(random.nextInt(INDEXES.size())));
    List<Entry> expected = new NaiveSets(context).entries(plan);
    int size = 1 + random.nextInt(4);

    List<Entry> forwards = new ArrayList<>();
    SetPage page = SetPage.first(plan, context, size);
    forwards.addAll(page.entries());
    while (page.next() != null) {
      page = SetPage.after(plan, context, page.next().position(), size);
      forwards.addAll(page.entries());
    }
    assertSame(forwards, expected);

    List<Entry> backwards = new ArrayList<>();
    page = SetPage.before(plan, context, endOf(plan, context), size);
    backwards.addAll(0, page.entries());
    while (page.hasPrevious()) {
      page = SetPage.before(plan, context, page.entries().getFirst().position(), size);
      backwards.addAll(0, page.entries());
    }
    assertSame(backwards, expected);
  }

  @Test
  void intersectionLeaps() {
    MemorySets database = new MemorySets();
    List<MemorySets.Row> common = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      common.add(new MemorySets.Row(List.of(), List.of(), document(i)));
    }
    database.index(BY_NONE, Shape.DOCUMENTS, common);
    database.index(
        BY_ONE,
        Shape.DOCUMENTS,
        List.of(new MemorySets.Row(List.of(), List.of(), document(9_000))));
    SetPlan plan =
        new Intersection(List.of(new Match(BY_NONE, List.of()), new Match(BY_ONE, List.of())));
    ReadContext context = ReadContext.of(database, 0);
    assertThat(walk(plan, context, Direction.ASCENDING)).hasSize(1);
    assertThat(database.steps).isLessThan(20);
  }

  @Test
  void pageOfADistinctSetDoesNotWalkOverRepetitions() {
    MemorySets database = new MemorySets();
    List<MemorySets.Row> rows = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      rows.add(new MemorySets.Row(List.of(), List.of(new LongValue(i % 3)), document(i)));
    }
    database.index(BY_ONE, Shape.ascending(1), rows);
    SetPlan plan = new Distinct(new Match(BY_ONE, List.of()));
    assertThat(walk(plan, ReadContext.of(database, 0), Direction.ASCENDING)).hasSize(3);
    assertThat(database.steps).isLessThan(20);
  }

  @Test
  void entriesKnowTheirSources() {
    MemorySets database = new MemorySets();
    List<MemorySets.Row> rows = List.of(new MemorySets.Row(List.of(), List.of(), document(1)));
    database.index(BY_NONE, Shape.DOCUMENTS, rows);
    database.document(document(1));
    database.document(document(2));
    SetPlan match = new Match(BY_NONE, List.of());
    SetPlan documents = new Documents(0, COLLECTION);
    List<Entry> entries =
        walk(
            new Union(List.of(match, documents)), ReadContext.of(database, 0), Direction.ASCENDING);
    assertThat(entries.get(0).sources()).containsExactlyInAnyOrder(match, documents);
    assertThat(entries.get(1).sources()).containsExactly(documents);
  }

  @Test
  void setsOfOppositeDirectionsAreNotCompatible() {
    ReadContext context = ReadContext.of(database(new Random(1)), 0);
    Match up = new Match(BY_ONE, List.of());
    Match down = new Match(BY_ONE_DESCENDING, List.of());
    assertThat(SetPlan.areCompatible(List.of(up, down), context)).isFalse();
    assertThat(SetPlan.areCompatible(List.of(up, new Reverse(up)), context)).isFalse();
    assertThat(SetPlan.areCompatible(List.of(up, new Documents(0, COLLECTION)), context)).isTrue();
    assertThat(SetPlan.areCompatible(List.of(up, new Match(BY_TWO, List.of())), context)).isFalse();
  }

  @Test
  void cursorsInThePlaceOfADocumentMayBeOtherValues() {
    MemorySets database = new MemorySets();
    database.document(document(1));
    database.document(document(2));
    ReadContext context = ReadContext.of(database, 0);
    SetPlan plan = new Documents(0, COLLECTION);
    Value zero = new LongValue(0);
    assertThat(SetPage.after(plan, context, List.of(zero), 9).entries()).hasSize(2);
    assertThat(SetPage.after(plan, context, List.of(NullValue.NULL), 9).entries()).isEmpty();
    assertThat(SetPage.before(plan, context, List.of(NullValue.NULL), 9).entries()).hasSize(2);
    assertThat(SetPage.before(plan, context, List.of(), 9).entries()).isEmpty();
    assertThat(SetPage.after(plan, context, List.of(), 0).entries()).isEmpty();
  }

  /** A few documents, and indexes over them with many ties. */
  private static MemorySets database(Random random) {
    MemorySets database = new MemorySets();
    for (int i = 0; i < random.nextInt(6); i++) {
      database.document(document(random.nextInt(8)));
    }
    database.index(BY_NONE, Shape.DOCUMENTS, rows(random, 0));
    database.index(BY_ONE, Shape.ascending(1), rows(random, 1));
    database.index(BY_ONE_DESCENDING, Shape.ofValues(List.of(true)), rows(random, 1));
    database.index(BY_TWO, Shape.ofValues(List.of(false, true)), rows(random, 2));
    return database;
  }

  private static List<MemorySets.Row> rows(Random random, int values) {
    List<MemorySets.Row> rows = new ArrayList<>();
    for (int i = 0; i < random.nextInt(14); i++) {
      List<Value> covered = new ArrayList<>();
      for (int j = 0; j < values; j++) {
        covered.add(value(random));
      }
      MemorySets.Row row =
          new MemorySets.Row(term(random), List.copyOf(covered), document(random.nextInt(8)));
      if (!rows.contains(row)) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<Value> term(Random random) {
    return random.nextBoolean() ? List.of() : List.of(value(random));
  }

  private static Value value(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> NullValue.NULL;
      case 1 -> new StringValue("a");
      default -> new LongValue(random.nextInt(3));
    };
  }

  private static Ref document(long id) {
    return new Ref(0, COLLECTION, id);
  }

  /** A plan of the shape of an index, so that everything in it can be merged. */
  private static SetPlan plan(Random random, int depth, Ref index) {
    if (depth == 0) {
      return leaf(random, index);
    }
    return switch (random.nextInt(10)) {
      case 0 -> new Union(operands(random, depth, index));
      case 1 -> new Intersection(operands(random, depth, index));
      case 2 -> new Difference(operands(random, depth, index));
      case 3 -> new Distinct(plan(random, depth - 1, index));
      case 4 ->
          new Range(plan(random, depth - 1, index), components(random, 3), components(random, 3));
      case 5 -> new Reverse(new Reverse(plan(random, depth - 1, index)));
      case 6 -> {
        int remainder = random.nextInt(2);
        yield new Filter(
            plan(random, depth - 1, index), (_, entry) -> entry.ref().id() % 2 == remainder);
      }
      case 7 -> new Join(plan(random, depth - 1, BY_ONE), new JoinTarget.Index(index));
      case 8 ->
          new Join(
              plan(random, depth - 1, BY_TWO),
              new JoinTarget.Function(
                  (_, entry) -> new Match(index, List.of(entry.values().getFirst())),
                  shapeOf(index)));
      default -> leaf(random, index);
    };
  }

  private static SetPlan leaf(Random random, Ref index) {
    if (index.equals(BY_NONE) && random.nextBoolean()) {
      return random.nextBoolean()
          ? new Documents(0, COLLECTION)
          : new Singleton(document(random.nextInt(8)));
    }
    return new Match(index, term(random));
  }

  private static Shape shapeOf(Ref index) {
    return database(new Random(0)).shapeOf(index);
  }

  private static List<SetPlan> operands(Random random, int depth, Ref index) {
    List<SetPlan> operands = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      operands.add(plan(random, depth - 1, index));
    }
    return operands;
  }

  private static Bound bound(Random random, int values) {
    return new Bound(
        components(random, values + 1),
        random.nextBoolean() ? Bound.Edge.BEFORE : Bound.Edge.AFTER);
  }

  private static List<Value> components(Random random, int most) {
    List<Value> components = new ArrayList<>();
    for (int i = 0; i < random.nextInt(most + 1); i++) {
      components.add(random.nextInt(3) == 0 ? document(random.nextInt(8)) : value(random));
    }
    return List.copyOf(components);
  }

  /** A cursor behind everything. */
  private static List<Value> endOf(SetPlan plan, ReadContext context) {
    Entry last = walk(plan, context, Direction.DESCENDING).stream().findFirst().orElse(null);
    if (last == null) {
      return Collections.nCopies(plan.shape(context).values() + 1, NullValue.NULL);
    }
    List<Value> components = new ArrayList<>(last.values());
    components.add(plan.shape(context).descending().getLast() ? new LongValue(0) : NullValue.NULL);
    return components;
  }

  private static List<Entry> walk(SetPlan plan, ReadContext context, Direction direction) {
    try (EntryCursor cursor = plan.open(context, direction)) {
      return rest(cursor);
    }
  }

  private static List<Entry> rest(EntryCursor cursor) {
    List<Entry> entries = new ArrayList<>();
    while (cursor.next()) {
      entries.add(cursor.entry());
    }
    return entries;
  }

  private static void assertSame(List<Entry> actual, List<Entry> expected) {
    assertThat(actual.stream().map(Entry::position).toList())
        .isEqualTo(expected.stream().map(Entry::position).toList());
  }
}
