package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static io.refugium.access.World.v10;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.Transaction;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.SetPlan;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Spec access 6.3 and 6.4. */
class V4SetsTest {
  private final World world = new World();
  private final Ref byOwner = index("todos_by_owner", "owner");
  private final Ref byDone = index("todos_by_done", "done");
  private final SetPlan ofAlice = new SetPlan.Match(byOwner, List.of(world.alice));
  private final SetPlan ofBob = new SetPlan.Match(byOwner, List.of(world.bob));
  private final SetPlan done = new SetPlan.Match(byDone, List.of(World.value(true)));
  private final SetPlan all = new SetPlan.Documents(world.app, world.todos);

  private Ref index(String name, String field) {
    ObjectValue term =
        object("field", new ArrayValue(List.of(new StringValue("data"), new StringValue(field))));
    return world.create(
        SystemCollections.INDEX,
        object("name", name)
            .with("source", world.collection(world.todos))
            .with("terms", ArrayValue.of(term))
            .with("active", World.value(true)));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void bothIndexAndCollectionAreNeeded() {
    world.role("Index", privilege(byOwner, "read", true));
    world.role("Todos", privilege(world.collection(world.todos), "read", true));
    world.role(
        "Both",
        privilege(byOwner, "read", true),
        privilege(world.collection(world.todos), "read", true));
    world.role("Unrestricted", privilege(byOwner, "unrestricted_read", true));
    assertThat(list("Index", ofAlice)).isEqualTo("[]");
    assertThat(list("Todos", ofAlice)).isEqualTo("denied");
    assertThat(list("Both", ofAlice)).isEqualTo("[10]");
    assertThat(list("Unrestricted", ofAlice)).isEqualTo("[10]");
    assertThat(list("client", ofAlice)).isEqualTo("denied");
    assertThat(list("server-readonly", ofAlice)).isEqualTo("[10]");
    boolean readable =
        world.as(world.key("Unrestricted"), s -> s.v4().exists(world.todo10, Transaction.NOW));
    assertThat(readable).isFalse();
  }

  @Test
  void predicatesOfAnIndexGetTheTerms() {
    world.predicates.put(
        "aboutAlice",
        (_, input) ->
            World.returned(
                World.value(((Operation.ReadIndex) input).terms().equals(List.of(world.alice)))));
    world.role(
        "R",
        privilege(byOwner, "read", v10("aboutAlice")),
        privilege(world.collection(world.todos), "read", true));
    assertThat(list("R", ofAlice)).isEqualTo("[10]");
    assertThat(list("R", ofBob)).isEqualTo("denied");
  }

  @Test
  void documentsAreFilteredNeverRefused() {
    world.role("Some", privilege(world.collection(world.todos), "read", v10("isDone")));
    world.role("Unrestricted", privilege(world.collection(world.todos), "unrestricted_read", true));
    world.role("No", privilege(world.collection(world.todos), "unrestricted_read", v10("false")));
    world.predicates.put(
        "isDone",
        (session, input) ->
            World.returned(
                session
                    .v4()
                    .get(((Operation) input).target(), Transaction.NOW)
                    .orNull()
                    .data()
                    .get("done")));
    assertThat(list("Some", all)).isEqualTo("[11]");
    assertThat(list("client", all)).isEqualTo("[]");
    assertThat(list("Unrestricted", all)).isEqualTo("[10, 11]");
    assertThat(list("No", all)).isEqualTo("[]");
    assertThat(list("server", all)).isEqualTo("[10, 11]");
  }

  @Test
  void nativeCollections() {
    SetPlan collections = new SetPlan.SystemDocuments(world.app, SystemCollections.COLLECTION);
    SetPlan keys = new SetPlan.SystemDocuments(world.app, SystemCollections.KEY);
    world.role("Lister", privilege(new StringValue("Collection"), "read", true));
    world.role("Keys", privilege(new StringValue("Key"), "read", true));
    assertThat(list("server", collections)).isNotEqualTo("denied");
    assertThat(list("server", keys)).isEqualTo("denied");
    assertThat(list("server-readonly", keys)).isEqualTo("denied");
    assertThat(list("client", keys)).isEqualTo("denied");
    assertThat(list("admin", keys)).isNotIn("denied", "[]");
    assertThat(list("Lister", collections)).isNotIn("denied", "[]");
    assertThat(list("Lister", keys)).isEqualTo("[]");
    assertThat(list("Keys", keys)).isEqualTo("denied");
    assertThat(list("client", new SetPlan.Documents(world.app, SystemCollections.KEY)))
        .isEqualTo("[]");
  }

  @Test
  void nativeCollectionsOfOtherDatabases() {
    SetPlan below = new SetPlan.SystemDocuments(world.kid, SystemCollections.COLLECTION);
    world.role("Lister", privilege(new StringValue("Collection"), "read", true));
    assertThat(list("admin", below)).isEqualTo("[]");
    assertThat(list("server", below)).isEqualTo("[]");
    assertThat(list("Lister", below)).isEqualTo("denied");
    assertThat(list("client", below)).isEqualTo("denied");
  }

  @Test
  void partsThatAreNotAdmissibleDropOut() {
    world.role(
        "R",
        privilege(byOwner, "read", true),
        privilege(world.collection(world.todos), "read", true));
    assertThat(list("R", new SetPlan.Union(List.of(ofAlice, done)))).isEqualTo("[10]");
    assertThat(list("R", new SetPlan.Union(List.of(done, done)))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Intersection(List.of(ofAlice, done)))).isEqualTo("[10]");
    assertThat(list("R", new SetPlan.Difference(List.of(ofBob, done)))).isEqualTo("[11]");
    assertThat(list("R", new SetPlan.Difference(List.of(done, ofBob)))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Distinct(done))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Reverse(done))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Range(done, List.of(), List.of()))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Filter(done, (_, _) -> true))).isEqualTo("denied");
    assertThat(list("admin", new SetPlan.Intersection(List.of(ofAlice, done)))).isEqualTo("[]");
    assertThat(list("admin", new SetPlan.Difference(List.of(ofBob, done)))).isEqualTo("[]");
  }

  @Test
  void anyCheckedPartChecksTheWhole() {
    world.role("R", privilege(byOwner, "read", true), privilege(byDone, "unrestricted_read", true));
    assertThat(list("R", done)).isEqualTo("[11]");
    assertThat(list("R", new SetPlan.Union(List.of(done, ofAlice)))).isEqualTo("[]");
  }

  @Test
  void joinsAreDecidedByTheirSourceTargetByTarget() {
    world.role("Source", privilege(byDone, "unrestricted_read", true));
    world.role(
        "Both",
        privilege(byDone, "unrestricted_read", true),
        privilege(byOwner, "read", v10("aboutAlice")));
    world.predicates.put(
        "aboutAlice",
        (_, input) ->
            World.returned(
                World.value(((Operation.ReadIndex) input).terms().equals(List.of(world.alice)))));
    SetPlan toAlice =
        new SetPlan.Join(done, new SetPlan.JoinTarget.Function((_, _) -> ofAlice, null));
    SetPlan toBob = new SetPlan.Join(done, new SetPlan.JoinTarget.Function((_, _) -> ofBob, null));
    assertThat(list("Source", toAlice)).isEqualTo("[]");
    assertThat(list("Both", toAlice)).isEqualTo("[10]");
    assertThat(list("Both", toBob)).isEqualTo("[]");
    SetPlan fromRefused =
        new SetPlan.Join(ofAlice, new SetPlan.JoinTarget.Function((_, _) -> done, null));
    assertThat(list("Source", fromRefused)).isEqualTo("denied");
  }

  @Test
  void joinsWithAnIndex() {
    Ref ofTodo = index("todos_by_todo", "todo");
    SetPlan join = new SetPlan.Join(done, new SetPlan.JoinTarget.Index(ofTodo));
    Ref child = new Ref(world.app, world.todos, 12);
    world.admin(session -> World.put(session, child, object("todo", world.todo11)));
    world.role("Source", privilege(byDone, "unrestricted_read", true));
    world.role(
        "Both", privilege(byDone, "unrestricted_read", true), privilege(ofTodo, "read", true));
    assertThat(list("admin", join)).isEqualTo("[12]");
    assertThat(list("Source", join)).isEqualTo("[]");
    assertThat(list("Both", join)).isEqualTo("[12]");
  }

  @Test
  void historyNeedsHistoryRead() {
    world.role("Reads", privilege(world.collection(world.todos), "read", true));
    world.role("History", privilege(world.collection(world.todos), "history_read", true));
    assertThat(list("Reads", new SetPlan.Singleton(world.todo10))).isEqualTo("denied");
    assertThat(list("History", new SetPlan.Singleton(world.todo10))).isEqualTo("[10]");
    assertThat(events("Reads", new EventsPlan.OfDocument(world.todo10))).isEqualTo("denied");
    assertThat(events("History", new EventsPlan.OfDocument(world.todo10))).isEqualTo("1");
    assertThat(events("History", new EventsPlan.OfSet(ofAlice))).isEqualTo("denied");
    assertThat(events("History", new EventsPlan.OfSet(all))).isEqualTo("0");
    assertThat(events("Reads", new EventsPlan.OfSet(all))).isEqualTo("2");
    EventsPlan both =
        new EventsPlan.Union(
            List.of(new EventsPlan.OfDocument(world.todo10), new EventsPlan.OfSet(ofAlice)));
    assertThat(events("History", both)).isEqualTo("1");
    assertThat(events("client", both)).isEqualTo("denied");
  }

  @Test
  void historiesLoseThePartsThatAreNotAdmissible() {
    world.role("History", privilege(world.collection(world.todos), "history_read", true));
    EventsPlan seen = new EventsPlan.OfDocument(world.todo10);
    EventsPlan refused = new EventsPlan.OfSet(ofAlice);
    EventsPlan foreign = new EventsPlan.OfDocument(world.alice);
    assertThat(events("History", new EventsPlan.Intersection(List.of(seen, refused))))
        .isEqualTo("1");
    assertThat(events("History", new EventsPlan.Intersection(List.of(refused, foreign))))
        .isEqualTo("denied");
    assertThat(events("History", new EventsPlan.Difference(List.of(seen, refused)))).isEqualTo("1");
    assertThat(events("History", new EventsPlan.Difference(List.of(refused, seen))))
        .isEqualTo("denied");
    assertThat(events("History", new EventsPlan.Difference(List.of(seen, seen)))).isEqualTo("0");
    assertThat(events("History", new EventsPlan.Union(List.of(refused, foreign))))
        .isEqualTo("denied");
    assertThat(events("History", new EventsPlan.Union(List.of()))).isEqualTo("denied");
    assertThat(events("History", new EventsPlan.Difference(List.of()))).isEqualTo("denied");
  }

  @Test
  void unrestrictedPartsOnlyAreNotChecked() {
    world.role(
        "R",
        privilege(byOwner, "unrestricted_read", true),
        privilege(byDone, "unrestricted_read", true));
    assertThat(list("R", new SetPlan.Union(List.of(ofAlice, ofBob)))).isEqualTo("[10, 11]");
    assertThat(list("R", new SetPlan.Intersection(List.of(ofBob, done)))).isEqualTo("[11]");
    assertThat(list("R", new SetPlan.Difference(List.of(ofAlice, done)))).isEqualTo("[10]");
    assertThat(list("R", new SetPlan.Difference(List.of()))).isEqualTo("denied");
    assertThat(list("R", new SetPlan.Intersection(List.of()))).isEqualTo("denied");
  }

  @Test
  void everyPageIsFiltered() {
    world.role("R", privilege(world.collection(world.todos), "read", v10("not11")));
    world.predicates.put(
        "not11",
        (_, input) ->
            World.returned(World.value(!((Operation) input).target().equals(world.todo11))));
    List<Long> after =
        world.as(
            world.key("R"),
            s ->
                ids(
                    s.v4()
                        .sets()
                        .pageAfter(all, Transaction.NOW, List.of(world.todo10), 64)
                        .entries()));
    List<Long> before =
        world.as(
            world.key("R"),
            s ->
                ids(
                    s.v4()
                        .sets()
                        .pageBefore(
                            all, Transaction.NOW, List.of(new Ref(world.app, world.todos, 99)), 64)
                        .entries()));
    assertThat(after).containsExactly(10L);
    assertThat(before).containsExactly(10L);
  }

  private static List<Long> ids(List<Entry> entries) {
    return entries.stream().map(entry -> entry.ref().id()).toList();
  }

  @Test
  void v10IndexesShowReadableDocumentsOnly() {
    world.role("Some", privilege(world.collection(world.todos), "read", v10("not10")));
    world.role("History", privilege(world.collection(world.todos), "history_read", true));
    world.predicates.put(
        "not10",
        (_, input) ->
            World.returned(World.value(!((Operation) input).target().equals(world.todo10))));
    assertThat(inV10("Some", world.alice)).isEqualTo("[]");
    assertThat(inV10("Some", world.bob)).isEqualTo("[11]");
    assertThat(inV10("admin", world.alice)).isEqualTo("[10]");
    assertThat(inV10("client", world.alice)).isEqualTo("denied");
    assertThat(inV10("History", world.alice)).isEqualTo("denied");
  }

  private String inV10(String role, Ref owner) {
    try {
      return world.as(
          world.key(role),
          s -> {
            List<Long> found = new ArrayList<>();
            try (var scan =
                s.v10()
                    .scan(
                        s.catalog().collection("todos"),
                        s.catalog().index((int) byOwner.id()),
                        List.of(owner),
                        ReadTime.NOW,
                        Direction.ASCENDING)) {
              while (scan.next()) {
                found.add(scan.ref().id());
              }
            }
            return found.toString();
          });
    } catch (AccessException.CollectionDenied denied) {
      return "denied";
    }
  }

  @Test
  void theFirstElementIsThatOfTheUnfilteredSet() {
    world.role("R", privilege(world.collection(world.todos), "read", v10("not10")));
    world.predicates.put(
        "not10",
        (_, input) ->
            World.returned(World.value(!((Operation) input).target().equals(world.todo10))));
    Entry first = world.as(world.key("R"), s -> s.v4().sets().first(all, Transaction.NOW));
    assertThat((Object) first.ref()).isEqualTo(world.todo10);
    boolean nonEmpty =
        world.as(world.key("R"), s -> s.v4().sets().isNonEmpty(all, Transaction.NOW));
    assertThat(nonEmpty).isFalse();
    assertThat(list("R", all)).isEqualTo("[11]");
  }

  @Test
  void predicatesSeeEverySetUnrestricted() {
    List<String> seen = new ArrayList<>();
    world.predicates.put(
        "looks",
        (session, _) -> {
          for (SetPlan set :
              List.of(
                  ofAlice,
                  done,
                  all,
                  new SetPlan.SystemDocuments(world.app, SystemCollections.COLLECTION))) {
            seen.add(String.valueOf(session.v4().sets().isNonEmpty(set, Transaction.NOW)));
          }
          try {
            session
                .v4()
                .sets()
                .first(
                    new SetPlan.SystemDocuments(world.app, SystemCollections.KEY), Transaction.NOW);
          } catch (AccessException.Denied denied) {
            seen.add("denied");
          }
          return World.returned(World.value(true));
        });
    world.role("R", privilege(world.collection(world.todos), "read", v10("looks")));
    boolean granted = world.as(world.key("R"), s -> s.mayRead(world.todo10));
    assertThat(granted).isTrue();
    assertThat(seen).containsExactly("true", "true", "true", "true", "denied");
  }

  @Test
  void v10FiltersByThePresentOrByHistory() {
    long before = world.adminGet(Session::snapshotTime);
    world.role("R", privilege(world.collection(world.todos), "read", true));
    world.role("H", privilege(world.collection(world.todos), "history_read", true));
    assertThat(countInV10("R", Transaction.NOW)).isEqualTo(2);
    assertThat(countInV10("R", before)).isEqualTo(0);
    assertThat(countInV10("H", Transaction.NOW)).isEqualTo(0);
    assertThat(countInV10("H", before)).isEqualTo(2);
  }

  private int countInV10(String role, long at) {
    return world.as(
        world.key(role),
        s -> {
          int count = 0;
          try (var scan = s.v10().scan(world.todos, ReadTime.at(at), Direction.ASCENDING)) {
            while (scan.next()) {
              count++;
            }
          }
          return count;
        });
  }

  private String list(String role, SetPlan set) {
    try {
      return world
          .as(
              world.key(role),
              s ->
                  s.v4().sets().page(set, Transaction.NOW, 64).entries().stream()
                      .map(entry -> entry.ref().id())
                      .toList())
          .toString();
    } catch (AccessException.Denied denied) {
      return "denied";
    }
  }

  private String events(String role, EventsPlan events) {
    try {
      return world.as(
          world.key(role),
          s ->
              String.valueOf(s.v4().sets().eventPage(events, Transaction.NOW, 64).events().size()));
    } catch (AccessException.Denied denied) {
      return "denied";
    }
  }

  @Test
  void refusingIsNotEmptiness() {
    Value nothing = World.value("nothing");
    assertThat(list("admin", new SetPlan.Match(byOwner, List.of(nothing)))).isEqualTo("[]");
    assertThatThrownBy(
            () ->
                world.as(
                    world.key("client"),
                    s -> s.v4().sets().open(ofAlice, Transaction.NOW, Direction.ASCENDING)))
        .isInstanceOf(AccessException.Denied.class);
  }
}
