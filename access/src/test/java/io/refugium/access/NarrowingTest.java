package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EntryCursor;
import io.refugium.database.sets.SetPlan;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever indexes there are, a list under a role is what looking at every document gives. */
class NarrowingTest {
  private static final int ROUNDS = 60;
  private static final int IDS = 40;

  private final World world = new World();
  private final AtomicInteger asked = new AtomicInteger();
  private final SetPlan all = new SetPlan.Documents(world.app, world.todos);

  NarrowingTest() {
    world.predicates.put(
        "mine", when("owner", session -> session.identity(), (a, b) -> a.equals(b)));
    world.predicates.put("shared", when("to", _ -> new StringValue("all"), (a, b) -> a.equals(b)));
  }

  /** A predicate that tells what it asks of a field. */
  private Predicate when(
      String field,
      FieldEquality.Source source,
      java.util.function.BiPredicate<Value, Value> equal) {
    return Predicate.knowing(
        new FieldEquality(field, source, false),
        (session, input) -> {
          asked.incrementAndGet();
          Document document =
              session.v4().get(((Operation.Read) input).target(), Transaction.NOW).orNull();
          Value value = document == null ? null : document.data().get(field);
          Value wanted = source.in(session);
          return World.returned(
              World.value(value != null && wanted != null && equal.test(value, wanted)));
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  private void index(String field) {
    ObjectValue term =
        object("field", new ArrayValue(List.of(new StringValue("data"), new StringValue(field))));
    world.create(
        SystemCollections.INDEX,
        object("name", "by_" + field)
            .with("source", world.collection(world.todos))
            .with("terms", ArrayValue.of(term))
            .with("active", World.value(true)));
  }

  private void role(String name, String predicate) {
    world.roleOf(
        name,
        World.membership(world.collection(world.users)),
        privilege(
            world.collection(world.todos),
            "read",
            World.v10(predicate),
            "create",
            true,
            "create_with_id",
            true,
            "write",
            true,
            "delete",
            true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "owner", "to", "owner to"})
  void listsAreTheSameWithAndWithoutIndexes(String indexed) {
    for (String field : indexed.split(" ")) {
      if (!field.isEmpty()) {
        index(field);
      }
    }
    role("Mine", "mine");
    role("Shared", "shared");
    String alice = world.token(world.alice);
    Random random = new Random(indexed.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      world.admin(session -> change(session, random));
      world.as(
          alice,
          session -> {
            compare(session, random);
            change(session, random);
            compare(session, random);
            return null;
          });
    }
  }

  private void change(Session session, Random random) {
    for (int i = 0; i < 3; i++) {
      Ref ref = new Ref(world.app, world.todos, random.nextInt(IDS));
      ObjectValue fields = object("data", data(random));
      if (session.peek(ref) == null) {
        session.v4().createWithId(ref, fields, Preparation.of(fields), null);
      } else if (random.nextInt(4) == 0) {
        session.v4().delete(ref);
      } else {
        session.v4().write(ref, _ -> Change.exactly(fields, Preparation.of(fields)), null);
      }
    }
  }

  private ObjectValue data(Random random) {
    List<Value> owners =
        List.of(
            world.alice,
            world.bob,
            ArrayValue.of(world.alice, world.bob),
            new StringValue("alice"),
            NullValue.NULL);
    List<Value> audiences =
        List.of(new StringValue("all"), new StringValue("ALL"), World.value(true), NullValue.NULL);
    ObjectValue data = ObjectValue.EMPTY;
    Value owner = owners.get(random.nextInt(owners.size()));
    Value audience = audiences.get(random.nextInt(audiences.size()));
    data = owner == NullValue.NULL ? data : data.with("owner", owner);
    return audience == NullValue.NULL ? data : data.with("to", audience);
  }

  private void compare(Session session, Random random) {
    List<Ref> expected = new ArrayList<>();
    try (DocumentScan every =
        session
            .transaction()
            .sets()
            .scan(world.app, world.todos, Transaction.NOW, Direction.ASCENDING)) {
      while (every.next()) {
        if (session.mayRead(every.ref())) {
          expected.add(every.ref());
        }
      }
    }
    for (Direction direction : Direction.values()) {
      List<Ref> ordered = direction == Direction.ASCENDING ? expected : expected.reversed();
      assertThat(v10(session, direction, null)).isEqualTo(ordered);
      long from = random.nextInt(IDS + 2) - 1L;
      assertThat(v10(session, direction, from))
          .isEqualTo(
              ordered.stream()
                  .filter(
                      ref -> direction == Direction.ASCENDING ? ref.id() >= from : ref.id() <= from)
                  .toList());
      assertThat(v4(session, all, direction)).isEqualTo(ordered);
      assertThat(v4(session, new SetPlan.Reverse(all), direction)).isEqualTo(ordered.reversed());
    }
    Ref bound = new Ref(world.app, world.todos, random.nextInt(IDS));
    assertThat(v4(session, new SetPlan.Range(all, List.of(bound), List.of()), Direction.ASCENDING))
        .isEqualTo(expected.stream().filter(ref -> ref.id() >= bound.id()).toList());
    Set<Ref> seen = new HashSet<>();
    // A filter sees all elements, those too that will not be shown.
    SetPlan filtered = new SetPlan.Filter(all, (_, entry) -> seen.add(entry.ref()) || true);
    assertThat(v4(session, filtered, Direction.ASCENDING)).isEqualTo(expected);
    assertThat(seen).hasSizeGreaterThanOrEqualTo(expected.size());
    assertThat(seen).hasSize(count(session));
  }

  private int count(Session session) {
    int count = 0;
    try (DocumentScan every =
        session
            .transaction()
            .sets()
            .scan(world.app, world.todos, Transaction.NOW, Direction.ASCENDING)) {
      while (every.next()) {
        count++;
      }
    }
    return count;
  }

  private List<Ref> v10(Session session, Direction direction, Long from) {
    List<Ref> found = new ArrayList<>();
    try (DocumentScan scan = session.v10().scan(world.todos, ReadTime.NOW, direction)) {
      if (from != null) {
        scan.seek(from);
      }
      while (scan.next()) {
        found.add(scan.ref());
        assertThat(scan.document()).isEqualTo(session.peek(scan.ref()));
      }
    }
    return found;
  }

  private static List<Ref> v4(Session session, SetPlan set, Direction direction) {
    List<Ref> found = new ArrayList<>();
    try (EntryCursor cursor = session.v4().sets().open(set, Transaction.NOW, direction)) {
      while (cursor.next()) {
        Entry entry = cursor.entry();
        assertThat(entry.values()).isEmpty();
        found.add(entry.ref());
      }
    }
    return found;
  }

  @Test
  void onlyTheOwnDocumentsAreLookedAt() {
    index("owner");
    role("Mine", "mine");
    fillWithBobs();
    String alice = world.token(world.alice);
    asked.set(0);
    assertThat(list(alice, session -> v10(session, Direction.ASCENDING, null))).hasSize(1);
    assertThat(list(alice, session -> v4(session, all, Direction.DESCENDING))).hasSize(1);
    assertThat(asked).hasValue(2);
  }

  @Test
  void nothingIsLookedAtWithoutAnyRight() {
    world.role("Other", privilege(world.collection(world.todos), "write", true));
    role("Mine", "mine");
    fillWithBobs();
    String key = world.key("Other");
    assertThat(list(key, session -> v10(session, Direction.ASCENDING, null))).isEmpty();
    int reads =
        world.as(
            key,
            session -> {
              v10(session, Direction.ASCENDING, null);
              return Narrowing.of(session, world.todos).size();
            });
    assertThat(reads).isZero();
  }

  @Test
  void aKeyHasNoIdentityToBeFoundBy() {
    index("owner");
    world.role("Mine", privilege(world.collection(world.todos), "read", World.v10("mine")));
    boolean known =
        world.as(world.key("Mine"), session -> Narrowing.of(session, world.todos) != null);
    assertThat(known).isFalse();
  }

  @Test
  void anIdentityThatIsGoneEqualsNullAndIsNotLookedUp() {
    index("owner");
    role("Mine", "mine");
    world.roleOf(
        "Users",
        World.membership(world.collection(world.users)),
        privilege(world.collection(world.users), "delete", true));
    boolean known =
        world.as(
            world.token(world.alice),
            session -> {
              assertThat(Narrowing.of(session, world.todos)).hasSize(1);
              session.v4().delete(world.alice);
              return Narrowing.of(session, world.todos) != null;
            });
    assertThat(known).isFalse();
  }

  @Test
  void whoMayReadEverythingLooksAtEverything() {
    index("owner");
    role("Mine", "mine");
    world.roleOf(
        "All",
        World.membership(world.collection(world.users)),
        privilege(world.collection(world.todos), "read", true));
    boolean known = world.as(world.token(world.alice), s -> Narrowing.of(s, world.todos) != null);
    assertThat(known).isFalse();
    boolean knownOfAdmin = world.adminGet(s -> Narrowing.of(s, world.todos) != null);
    assertThat(knownOfAdmin).isFalse();
    boolean knownOfLegacy =
        world.as(world.token(world.alice), s -> Narrowing.of(s, world.posts) != null);
    assertThat(knownOfLegacy).isFalse();
  }

  private void fillWithBobs() {
    world.admin(
        session -> {
          for (int i = 100; i < 200; i++) {
            World.put(session, new Ref(world.app, world.todos, i), object("owner", world.bob));
          }
        });
  }

  private List<Ref> list(String secret, Function<Session, List<Ref>> body) {
    return world.as(secret, body::apply);
  }
}
