package io.refugium.database.sets;

import static io.refugium.database.sets.SetEvent.Action.ADD;
import static io.refugium.database.sets.SetEvent.Action.REMOVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.EntryEvent;
import io.refugium.database.Transaction;
import io.refugium.database.document.Version;
import io.refugium.database.document.Version.Change;
import io.refugium.database.sets.SetPlan.Difference;
import io.refugium.database.sets.SetPlan.Distinct;
import io.refugium.database.sets.SetPlan.Intersection;
import io.refugium.database.sets.SetPlan.Match;
import io.refugium.database.sets.SetPlan.Singleton;
import io.refugium.database.sets.SetPlan.Union;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventPageTest {
  private static final Ref A = new Ref(0, 7, 40_000);
  private static final Ref B = new Ref(0, 7, 40_001);
  private static final Ref VALUED = new Ref(0, 7, 40_002);
  private static final SetPlan IN_A = new Match(A, List.of());
  private static final SetPlan IN_B = new Match(B, List.of());

  private final MemorySets database = new MemorySets();
  private final ReadContext context = ReadContext.of(database, Transaction.NOW);

  @BeforeEach
  void fill() {
    database.index(A, Shape.DOCUMENTS, List.of());
    database.index(B, Shape.DOCUMENTS, List.of());
    database.index(VALUED, Shape.ascending(1), List.of());
  }

  @Test
  void eventsOfADocumentAreItsVersions() {
    database.versions(document(1), versions(Change.CREATE, Change.UPDATE, Change.DELETE));
    assertThat(text(new EventsPlan.OfDocument(document(1))))
        .containsExactly("1 CREATE 1", "2 UPDATE 1", "3 DELETE 1");
    assertThat(text(new EventsPlan.OfSet(new SetPlan.OneDocument(document(1))))).hasSize(3);
  }

  @Test
  void singletonsComeAndGoButDoNotChange() {
    database.versions(
        document(1), versions(Change.CREATE, Change.UPDATE, Change.DELETE, Change.CREATE));
    assertThat(textOf(new Singleton(document(1))))
        .containsExactly("1 ADD 1", "3 REMOVE 1", "4 ADD 1");
  }

  @Test
  void unionsMergeByTheNextEventOfEachAndDropEqualOnes() {
    database.events(A, List.of(add(1, 1), add(2, 2), remove(5, 1), add(5, 3)));
    database.events(B, List.of(add(1, 1), add(3, 9), add(5, 4)));
    assertThat(textOf(new Union(List.of(IN_A, IN_B))))
        .containsExactly("1 ADD 1", "2 ADD 2", "3 ADD 9", "5 ADD 4", "5 REMOVE 1", "5 ADD 3");
  }

  @Test
  void intersectionsTellWhenMembershipFlips() {
    database.events(A, List.of(add(1, 1), remove(4, 1)));
    database.events(B, List.of(add(2, 1), remove(3, 1), add(4, 1)));
    assertThat(textOf(new Intersection(List.of(IN_A, IN_B))))
        .containsExactly("2 ADD 1", "3 REMOVE 1", "4 ADD 1", "4 REMOVE 1");
  }

  @Test
  void differencesTellWhenMembershipFlips() {
    database.events(A, List.of(add(1, 1), add(1, 2)));
    database.events(B, List.of(add(1, 2), add(2, 1), remove(3, 1)));
    assertThat(textOf(new Difference(List.of(IN_A, IN_B))))
        .containsExactly("1 ADD 1", "1 ADD 2", "1 REMOVE 2", "2 REMOVE 1", "3 ADD 1");
  }

  @Test
  void whatHappenedBeforeTheCursorStillDecidesAboutMembership() {
    database.events(A, List.of(add(1, 1)));
    database.events(B, List.of(add(2, 1), remove(3, 1)));
    EventsPlan plan = new EventsPlan.OfSet(new Intersection(List.of(IN_A, IN_B)));
    assertThat(text(EventPage.after(plan, context, EventBound.at(3), 9)))
        .containsExactly("3 REMOVE 1");
  }

  @Test
  void historiesThatShareNothingWithTheirOperandsAreRefused() {
    assertThat(EventsPlan.hasHistory(new Distinct(IN_A))).isTrue();
    assertThat(EventsPlan.hasHistory(new SetPlan.Permitted(IN_A, (_, _) -> true))).isTrue();
    assertThat(EventsPlan.hasHistory(new SetPlan.Reverse(IN_A))).isFalse();
    assertThat(EventsPlan.hasHistory(new SetPlan.Range(IN_A, List.of(), List.of()))).isFalse();
    assertThat(
            EventsPlan.hasHistory(
                new Union(List.of(IN_A, new SetPlan.Filter(IN_B, (_, _) -> true)))))
        .isFalse();
  }

  @Test
  void whatMayNotBeSeenIsNotInTheHistory() {
    database.events(A, List.of(add(1, 1), add(2, 2)));
    SetPlan even = new SetPlan.Permitted(IN_A, (_, entry) -> entry.ref().id() % 2 == 0);
    assertThat(textOf(even)).containsExactly("2 ADD 2");
  }

  @Test
  void pagesFollowOneAnother() {
    database.events(A, List.of(add(1, 1), add(1, 2), remove(3, 1), add(3, 3), add(4, 4)));
    assertPagesFollow(new EventsPlan.OfSet(IN_A));
  }

  @Test
  void eventsThatAlternateAtOneTimeAreListedOnceEachAndPagesFollowOneAnother() {
    database.events(A, List.of(remove(5, 1), add(5, 2), add(5, 4)));
    database.events(B, List.of(remove(5, 3), add(5, 2), add(5, 5)));
    SetPlan union = new Union(List.of(IN_A, IN_B));
    assertThat(textOf(union))
        .containsExactly("5 REMOVE 1", "5 ADD 2", "5 ADD 4", "5 REMOVE 3", "5 ADD 5");
    assertPagesFollow(new EventsPlan.OfSet(union));
  }

  @Test
  void whoComesTwiceAtOneTimeComesOnce() {
    Ref third = new Ref(0, 7, 40_003);
    database.index(third, Shape.DOCUMENTS, List.of());
    database.events(A, List.of(add(1, 1)));
    database.events(B, List.of(add(1, 1), remove(2, 1), add(2, 1)));
    database.events(third, List.of(add(1, 1), remove(2, 1), add(2, 1), remove(3, 1)));
    SetPlan common = new Intersection(List.of(IN_A, IN_B, new Match(third, List.of())));
    assertThat(textOf(common)).doesNotHaveDuplicates().endsWith("3 REMOVE 1");
    assertPagesFollow(new EventsPlan.OfSet(common));
  }

  private void assertPagesFollow(EventsPlan plan) {
    List<String> all = text(plan);
    for (int size = 1; size < 7; size++) {
      List<String> forwards = new ArrayList<>();
      EventPage page = EventPage.first(plan, context, size);
      forwards.addAll(text(page));
      while (page.next() != null) {
        page = EventPage.after(plan, context, EventBound.of(page.next()), size);
        forwards.addAll(text(page));
      }
      assertThat(forwards).isEqualTo(all);

      List<String> backwards = new ArrayList<>();
      page = EventPage.before(plan, context, EventBound.at(Long.MAX_VALUE), size);
      backwards.addAll(0, text(page));
      while (page.hasPrevious()) {
        page = EventPage.before(plan, context, EventBound.of(page.events().getFirst()), size);
        backwards.addAll(0, text(page));
      }
      assertThat(backwards).isEqualTo(all);
    }
  }

  @Test
  void incompleteCursorsLieWhereTheyShould() {
    database.events(A, List.of(remove(3, 1), add(3, 2), add(3, 3), add(4, 4)));
    EventsPlan plan = new EventsPlan.OfSet(IN_A);
    assertThat(text(EventPage.after(plan, context, EventBound.at(3), 1)))
        .containsExactly("3 REMOVE 1");
    assertThat(text(EventPage.after(plan, context, new EventBound(3, REMOVE, null, null), 1)))
        .containsExactly("3 ADD 2");
    assertThat(text(EventPage.after(plan, context, new EventBound(3, ADD, null, null), 1)))
        .containsExactly("4 ADD 4");
    assertThat(text(EventPage.after(plan, context, new EventBound(3, ADD, document(3), null), 1)))
        .containsExactly("3 ADD 3");
    assertThat(EventPage.first(plan, context, 0).events()).isEmpty();

    database.events(
        VALUED,
        List.of(new EntryEvent(3, true, List.of(new LongValue(1)), document(1)), add(4, 2)));
    EventsPlan valued = new EventsPlan.OfSet(new Match(VALUED, List.of()));
    assertThat(text(EventPage.after(valued, context, new EventBound(3, ADD, document(1), null), 1)))
        .containsExactly("4 ADD 2");
  }

  @Test
  void aReadInThePastDoesNotSeeWhatCameLater() {
    database.events(A, List.of(add(1, 1), add(2, 2), add(3, 3)));
    EventsPlan plan = new EventsPlan.OfSet(IN_A);
    ReadContext past = ReadContext.of(database, 2);
    assertThat(text(EventPage.first(plan, past, 9))).containsExactly("1 ADD 1", "2 ADD 2");
    assertThat(text(EventPage.before(plan, past, EventBound.at(Long.MAX_VALUE), 9))).hasSize(2);
  }

  @Test
  void eventSetsCanBeCombined() {
    database.events(A, List.of(add(1, 1), add(2, 2)));
    database.events(B, List.of(add(2, 2), add(3, 3)));
    List<EventsPlan> both = List.of(new EventsPlan.OfSet(IN_A), new EventsPlan.OfSet(IN_B));
    assertThat(text(new EventsPlan.Union(both))).containsExactly("1 ADD 1", "2 ADD 2", "3 ADD 3");
    assertThat(text(new EventsPlan.Intersection(both))).containsExactly("2 ADD 2");
    assertThat(text(new EventsPlan.Difference(both))).containsExactly("1 ADD 1");
  }

  private List<String> textOf(SetPlan set) {
    return text(new EventsPlan.OfSet(set));
  }

  private List<String> text(EventsPlan plan) {
    return text(EventPage.first(plan, context, 100));
  }

  private static List<String> text(EventPage page) {
    return page.events().stream()
        .map(event -> event.ts() + " " + event.action() + " " + event.document().id())
        .toList();
  }

  private static EntryEvent add(long ts, long id) {
    return new EntryEvent(ts, true, List.<Value>of(), document(id));
  }

  private static EntryEvent remove(long ts, long id) {
    return new EntryEvent(ts, false, List.<Value>of(), document(id));
  }

  private static List<Version> versions(Change... changes) {
    List<Version> versions = new ArrayList<>();
    for (int i = 0; i < changes.length; i++) {
      ObjectValue fields = changes[i] == Change.DELETE ? null : ObjectValue.EMPTY;
      versions.add(new Version(document(1), i + 1L, changes[i], null, fields));
    }
    return versions;
  }

  private static Ref document(long id) {
    return new Ref(0, 1024, id);
  }
}
