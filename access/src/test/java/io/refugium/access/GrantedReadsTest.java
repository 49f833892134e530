package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static io.refugium.access.World.returned;
import static io.refugium.access.World.v10;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.Transaction;
import io.refugium.database.document.Document;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a predicate has granted is remembered for as long as it would say the same, no longer. */
class GrantedReadsTest {
  private final World world = new World();
  private final AtomicInteger asked = new AtomicInteger();

  @BeforeEach
  void predicates() {
    Predicate mine = world.predicates.get("mine");
    world.predicates.put(
        "counted",
        (session, input) -> {
          asked.incrementAndGet();
          return mine.evaluate(session, input);
        });
    // Everything is readable while todo 11 is not done.
    world.predicates.put(
        "open",
        (session, _) -> {
          asked.incrementAndGet();
          Document switched = session.v4().get(world.todo11, Transaction.NOW).orNull();
          return returned(
              BooleanValue.of(
                  switched == null || switched.data().get("done") != BooleanValue.TRUE));
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  private static void store(Session session, Ref ref, ObjectValue data) {
    ObjectValue fields = ObjectValue.of("data", data);
    session.v4().write(ref, _ -> Change.exactly(fields, Preparation.of(fields)), null);
  }

  private static ObjectValue todo(Ref owner, Value done) {
    return object("owner", owner).with("done", done);
  }

  @Test
  void aListAndTheReadsThatFollowAskOnce() {
    String secret = world.aliceWith("read", v10("counted"));
    List<Ref> listed =
        world.as(
            secret,
            session -> {
              List<Ref> found = new ArrayList<>();
              var all = session.v10().scan(world.todos, ReadTime.NOW, Direction.ASCENDING);
              while (all.next()) {
                found.add(all.ref());
              }
              assertThat(asked).hasValue(2); // about each to-do
              for (Ref ref : found) {
                assertThat(session.v10().read(ref, ReadTime.NOW).orNull()).isNotNull();
                assertThat(session.v4().get(ref, Transaction.NOW).orNull()).isNotNull();
              }
              return found;
            });
    assertThat(listed).containsExactly(world.todo10);
    assertThat(asked).hasValue(2);
  }

  @Test
  void aRememberedDecisionExplainsItself() {
    String secret = world.aliceWith("read", v10("counted"));
    world.as(
        secret,
        session -> {
          Decision first = session.decide(new Operation.Read(world.todo10));
          assertThat(first.evaluations()).hasSize(1);
          assertThat(session.decide(new Operation.Read(world.todo10))).isEqualTo(first);
          return null;
        });
  }

  @Test
  void refusalsAreNotRemembered() {
    String secret = world.aliceWith("read", v10("counted"));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo11)).isFalse();
          assertThat(session.mayRead(world.todo11)).isFalse();
          return null;
        });
    assertThat(asked).hasValue(2);
  }

  @Test
  void whoGivesADocumentAwayReadsItNoMore() {
    String secret = world.aliceWith("read", v10("counted"), "write", true);
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          store(session, world.todo10, todo(world.bob, BooleanValue.FALSE));
          assertThat(session.mayRead(world.todo10)).isFalse();
          store(session, world.todo10, todo(world.alice, BooleanValue.FALSE));
          assertThat(session.mayRead(world.todo10)).isTrue();
          store(session, world.todo10, todo(world.bob, BooleanValue.FALSE));
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
  }

  @Test
  void aWriteOfAnotherDocumentCounts() {
    world.update(world.todo11, "data", todo(world.bob, BooleanValue.FALSE));
    String secret = world.aliceWith("read", v10("open"), "write", true);
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          store(session, world.todo11, todo(world.bob, BooleanValue.TRUE));
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
  }

  @Test
  void aWriteByCodeWithOtherRightsCounts() {
    String secret = world.aliceWith("read", v10("counted"));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          store(
              session.with(PermissionSet.BuiltIn.ADMIN),
              world.todo10,
              todo(world.bob, BooleanValue.FALSE));
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
  }

  @Test
  void deletingAndRewritingHistoryCount() {
    String secret =
        world.aliceWith(
            "read", v10("counted"), "write", true, "delete", true, "history_write", true);
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          session.v4().delete(world.todo10);
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
    world.admin(session -> World.put(session, world.todo10, todo(world.alice, BooleanValue.FALSE)));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          ObjectValue fields = ObjectValue.of("data", todo(world.bob, BooleanValue.FALSE));
          session
              .v4()
              .insert(
                  world.todo10,
                  session.snapshotTime(),
                  io.refugium.database.document.Version.Change.UPDATE,
                  fields,
                  Preparation.of(fields));
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
  }

  @Test
  void otherRightsAskAnew() {
    String secret = world.aliceWith("read", v10("counted"));
    Ref other = world.role("other", privilege(world.collection(world.posts), "read", true));
    Ref bare = world.role("bare", privilege(world.collection(world.todos), "read", v10("counted")));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          assertThat(session.with(new PermissionSet.Roles(Set.of(other))).mayRead(world.todo10))
              .isFalse();
          // The same predicate, which may not know there who is asking.
          assertThat(session.with(new PermissionSet.Roles(Set.of(bare))).mayRead(world.todo10))
              .isFalse();
          assertThat(session.withoutRights().mayRead(world.todo10)).isFalse();
          assertThat(session.mayRead(world.todo10)).isTrue();
          return null;
        });
    assertThat(asked).hasValue(2);
  }

  @Test
  void otherActionsAskAnew() {
    String secret =
        world.aliceWith(
            "read", v10("counted"), "history_read", v10("false"), "delete", v10("false"));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          assertThat(session.may(new Operation.HistoryRead(world.todo10))).isFalse();
          assertThat(session.may(new Operation.Delete(world.todo10))).isFalse();
          assertThat(session.v10().read(world.todo10, ReadTime.at(1)))
              .isInstanceOf(Lookup.Denied.class);
          return null;
        });
  }

  @Test
  void aVersionThatIsNotTheCurrentOneIsAskedAbout() {
    List<Ref> owners = new ArrayList<>();
    world.predicates.put(
        "shown",
        (_, input) -> {
          Document version = ((Operation.Read) input).version();
          Ref owner = version == null ? world.alice : (Ref) version.data().get("owner");
          owners.add(owner);
          return returned(BooleanValue.of(owner.equals(world.alice)));
        });
    String secret = world.aliceWith("read", v10("shown"));
    Document before =
        new Document(world.todo10, 1, ObjectValue.of("data", todo(world.bob, BooleanValue.FALSE)));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          assertThat(session.may(Operation.Read.of(before))).isFalse();
          assertThat(session.mayRead(world.todo10)).isTrue();
          return null;
        });
    assertThat(owners).containsExactly(world.alice, world.bob);
  }

  @Test
  void thePastIsAskedAboutByItself() {
    world.update(world.todo10, "data", todo(world.bob, BooleanValue.FALSE));
    long earlier = world.adminGet(Session::snapshotTime);
    world.update(world.todo10, "data", todo(world.alice, BooleanValue.FALSE));
    String secret = world.aliceWith("read", v10("counted"));
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          assertThat(session.<Boolean>asOf(earlier, past -> past.mayRead(world.todo10))).isFalse();
          return null;
        });
  }

  @Test
  void theNextRequestAsksAnew() {
    String secret = world.aliceWith("read", v10("counted"));
    assertThat(world.<Boolean>as(secret, session -> session.mayRead(world.todo10))).isTrue();
    world.update(world.todo10, "data", todo(world.bob, BooleanValue.FALSE));
    assertThat(world.<Boolean>as(secret, session -> session.mayRead(world.todo10))).isFalse();
  }

  @Test
  void onlySoManyAreRemembered() {
    world.predicates.put(
        "everything",
        (_, _) -> {
          asked.incrementAndGet();
          return returned(BooleanValue.TRUE);
        });
    String secret = world.aliceWith("read", v10("everything"));
    world.as(
        secret,
        session -> {
          for (int id = 0; id <= AccessLimits.REMEMBERED_READS; id++) {
            assertThat(session.mayRead(new Ref(world.app, world.todos, id))).isTrue();
          }
          asked.set(0);
          assertThat(session.mayRead(new Ref(world.app, world.todos, 0))).isTrue();
          assertThat(asked).hasValue(0);
          Ref beyond = new Ref(world.app, world.todos, AccessLimits.REMEMBERED_READS);
          assertThat(session.mayRead(beyond)).isTrue();
          assertThat(asked).hasValue(1);
          return null;
        });
  }
}
