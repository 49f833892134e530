package io.refugium.database.sets;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.Transaction;
import io.refugium.database.document.Version;
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
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A page looks at no more entries than its size explains, however large the set is: counted for
 * pages at the start, in the middle, before a cursor and at the end.
 */
class PageCostTest {
  private static final int SIZE = 64;

  /** Entries that a page may look at: its own, as many passed over, and some at each seek. */
  private static final int MOST_STEPS = 8 * SIZE;

  private static final int COLLECTION = 1024;
  private static final Ref ALL = new Ref(0, 7, 40_000);
  private static final Ref THIRDS = new Ref(0, 7, 40_001);
  private static final Ref RARE = new Ref(0, 7, 40_002);
  private static final Ref SAME = new Ref(0, 7, 40_003);
  private static final Ref OTHER = new Ref(0, 7, 40_004);
  private static final Ref TWINS = new Ref(0, 7, 40_005);
  private static final SetPlan SAME_PLAN = match(SAME);

  private record Case(String name, SetPlan plan) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> plans() {
    return Stream.of(
        new Case("match", match(ALL)),
        new Case("documents", new Documents(0, COLLECTION)),
        new Case("union", new Union(List.of(match(ALL), match(THIRDS)))),
        new Case("union of values", new Union(List.of(match(SAME), match(OTHER)))),
        new Case("intersection", new Intersection(List.of(match(ALL), match(THIRDS)))),
        new Case("rare intersection", new Intersection(List.of(match(ALL), match(RARE)))),
        new Case("difference", new Difference(List.of(match(ALL), match(RARE)))),
        new Case("difference of values", new Difference(List.of(match(SAME), match(OTHER)))),
        new Case("distinct", new Distinct(match(TWINS))),
        new Case("distinct of one value", new Distinct(match(SAME))),
        new Case("range", new Range(match(ALL), List.of(document(100)), List.of())),
        new Case("reverse", new Reverse(match(ALL))),
        new Case("reverse of values", new Reverse(SAME_PLAN)),
        new Case("reverse of distinct", new Reverse(new Distinct(SAME_PLAN))),
        new Case("join", new Join(match(RARE), new JoinTarget.Index(TWINS))),
        new Case(
            "nested",
            new Distinct(
                new Union(
                    List.of(
                        new Difference(List.of(match(ALL), match(RARE))),
                        new Reverse(new Reverse(match(THIRDS))))))));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void aPageCostsAPage(Case each) {
    for (int entries : new int[] {1_000, 100_000}) {
      MemorySets database = database(entries);
      ReadContext context = ReadContext.of(database, Transaction.NOW);
      SetPage first = SetPage.first(each.plan, context, SIZE);
      assertCheap(database, each, "the first");
      if (first.next() == null) {
        continue;
      }
      List<Value> middle = middle(each.plan, entries);
      SetPage.after(each.plan, context, middle, SIZE);
      assertCheap(database, each, "one after a cursor");
      SetPage.before(each.plan, context, middle, SIZE);
      assertCheap(database, each, "one before a cursor");
      SetPage.before(each.plan, context, List.of(new LongValue(Long.MAX_VALUE), BEYOND), SIZE);
      assertCheap(database, each, "the last");
    }
  }

  private static final Ref BEYOND = new Ref(0, COLLECTION, Long.MAX_VALUE);

  /** A cursor to the middle: of a set without values a document, of others among equal values. */
  private static List<Value> middle(SetPlan plan, int entries) {
    MemorySets small = database(1);
    int values = plan.shape(ReadContext.of(small, Transaction.NOW)).values();
    Ref document = document(entries / 2);
    return values == 0 ? List.of(document) : List.of(new LongValue(7), document);
  }

  private static void assertCheap(MemorySets database, Case each, String page) {
    assertThat(database.steps).as(each + ", " + page).isLessThan(MOST_STEPS);
    database.steps = 0;
  }

  @Test
  void aPageOfAHistoryOfADocumentCostsAPage() {
    MemorySets database = new MemorySets();
    List<Version> versions = new ArrayList<>();
    for (int ts = 1; ts <= 100_000; ts++) {
      Version.Change change = ts == 1 ? Version.Change.CREATE : Version.Change.UPDATE;
      versions.add(new Version(document(1), ts, change, ObjectValue.EMPTY, ObjectValue.EMPTY));
    }
    database.versions(document(1), versions);
    ReadContext context = ReadContext.of(database, Transaction.NOW);
    EventsPlan plan = new EventsPlan.OfDocument(document(1));
    EventPage after = EventPage.after(plan, context, EventBound.at(50_000), SIZE);
    assertThat(after.events()).hasSize(SIZE).first().matches(event -> event.ts() == 50_000);
    assertThat(after.next().ts()).isEqualTo(50_000 + SIZE);
    EventPage before = EventPage.before(plan, context, EventBound.of(after.next()), SIZE);
    assertThat(before.events()).isEqualTo(after.events());
    assertThat(before.hasPrevious()).isTrue();
    assertThat(database.steps).isLessThan(MOST_STEPS);
  }

  private static MemorySets database(int entries) {
    MemorySets database = new MemorySets();
    List<MemorySets.Row> all = new ArrayList<>();
    List<MemorySets.Row> thirds = new ArrayList<>();
    List<MemorySets.Row> rare = new ArrayList<>();
    List<MemorySets.Row> same = new ArrayList<>();
    List<MemorySets.Row> other = new ArrayList<>();
    List<MemorySets.Row> twins = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      Ref ref = document(i);
      database.document(ref);
      all.add(row(ref));
      same.add(row(ref, 7));
      other.add(row(ref, 8));
      twins.add(row(ref, i / 2));
      if (i % 3 == 0) {
        thirds.add(row(ref));
      }
      if (i % 500 == 0) {
        rare.add(row(ref));
      }
    }
    database.index(ALL, Shape.DOCUMENTS, all);
    database.index(THIRDS, Shape.DOCUMENTS, thirds);
    database.index(RARE, Shape.DOCUMENTS, rare);
    database.index(SAME, Shape.ascending(1), same);
    database.index(OTHER, Shape.ascending(1), other);
    database.index(TWINS, Shape.ascending(1), twins);
    return database;
  }

  private static MemorySets.Row row(Ref ref) {
    return new MemorySets.Row(List.of(), List.of(), ref);
  }

  private static MemorySets.Row row(Ref ref, long value) {
    return new MemorySets.Row(List.of(), List.of(new LongValue(value)), ref);
  }

  private static SetPlan match(Ref index) {
    return new Match(index, List.of());
  }

  private static Ref document(long id) {
    return new Ref(0, COLLECTION, id);
  }
}
