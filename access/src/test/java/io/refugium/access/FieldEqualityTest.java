package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static io.refugium.access.World.v10;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A predicate is not run where a look at the document tells that it is true, and only there. */
class FieldEqualityTest {
  private final World world = new World();
  private final AtomicInteger asked = new AtomicInteger();

  /** Says no, so that what is granted was granted without it. */
  @BeforeEach
  void predicates() {
    world.predicates.put("owned", denying(Session::identity, true));
    world.predicates.put("partly", denying(Session::identity, false));
    world.predicates.put("by text", denying(_ -> new StringValue("alice"), true));
  }

  private Predicate denying(FieldEquality.Source source, boolean sufficient) {
    return Predicate.knowing(
        new FieldEquality("owner", source, sufficient),
        (_, _) -> {
          asked.incrementAndGet();
          return World.returned(BooleanValue.FALSE);
        });
  }

  @AfterEach
  void close() {
    world.close();
  }

  private boolean mayRead(String secret, Ref document) {
    asked.set(0);
    return world.as(secret, session -> session.mayRead(document));
  }

  private void owner(Value owner) {
    world.update(world.todo10, "data", object("owner", owner));
  }

  @Test
  void theFieldAloneGrants() {
    String secret = world.aliceWith("read", v10("owned"));
    assertThat(mayRead(secret, world.todo10)).isTrue();
    assertThat(asked).hasValue(0);
    world.as(
        secret,
        session -> {
          Decision decision = session.decide(new Operation.Read(world.todo10));
          assertThat(decision.evaluations()).hasSize(1);
          assertThat(decision.evaluations().getFirst().outcome().isTrue()).isTrue();
          return null;
        });
  }

  @Test
  void whateverElseItHoldsDoesNot() {
    String secret = world.aliceWith("read", v10("owned"));
    Value[] others = {
      world.bob,
      ArrayValue.of(world.alice),
      ArrayValue.of(world.alice, world.bob),
      object("ref", world.alice),
      new StringValue(Long.toString(world.alice.id())),
      new Ref(world.app, world.posts, world.alice.id()),
      BooleanValue.TRUE,
    };
    for (Value other : others) {
      owner(other);
      assertThat(mayRead(secret, world.todo10)).as(other.toString()).isFalse();
      assertThat(asked).hasValue(1);
    }
    world.update(world.todo10, "data", object("other", world.alice));
    assertThat(mayRead(secret, world.todo10)).isFalse();
    world.update(world.todo10, "owner", world.alice);
    assertThat(mayRead(secret, world.todo10)).isFalse();
    world.delete(world.todo10);
    assertThat(mayRead(secret, world.todo10)).isFalse();
  }

  @Test
  void aConditionThatIsNotAllIsNotEnough() {
    assertThat(mayRead(world.aliceWith("read", v10("partly")), world.todo10)).isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void textsAreComparedToo() {
    String secret = world.aliceWith("read", v10("by text"));
    assertThat(mayRead(secret, world.todo10)).isFalse();
    owner(new StringValue("alice"));
    assertThat(mayRead(secret, world.todo10)).isTrue();
    owner(new StringValue("Alice"));
    assertThat(mayRead(secret, world.todo10)).isFalse();
  }

  @Test
  void aComputedFieldIsNotTheStoredOne() {
    String secret = world.aliceWith("read", v10("owned"));
    world.update(
        world.collection(world.todos),
        "computed_fields",
        object("owner", object("body", "(doc) => null")));
    assertThat(mayRead(secret, world.todo10)).isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void otherActionsAreAskedAbout() {
    String secret =
        world.aliceWith(
            "delete", v10("owned"),
            "write", v10("owned"),
            "create", v10("owned"),
            "history_read", v10("owned"));
    world.as(
        secret,
        session -> {
          ObjectValue data = object("data", object("owner", world.alice));
          assertThat(session.may(new Operation.Delete(world.todo10))).isFalse();
          assertThat(session.may(new Operation.Write(world.todo10, data, data, data))).isFalse();
          assertThat(session.may(new Operation.Create(world.todo10, data))).isFalse();
          assertThat(session.may(new Operation.HistoryRead(world.todo10))).isFalse();
          return null;
        });
    assertThat(asked).hasValue(4);
  }

  @Test
  void aVersionThatIsNotTheCurrentOneIsAskedAbout() {
    String secret = world.aliceWith("read", v10("owned"));
    Document before = new Document(world.todo10, 1, object("data", object("owner", world.bob)));
    assertThat(world.<Boolean>as(secret, session -> session.may(Operation.Read.of(before))))
        .isFalse();
    assertThat(asked).hasValue(1);
  }

  @Test
  void nobodyIsNotTheOwner() {
    Ref bare = world.role("bare", privilege(world.collection(world.todos), "read", v10("owned")));
    String secret = world.token(world.alice);
    world.as(
        secret,
        session -> {
          // The predicates of a bare role do not know who is asking.
          Session other = session.with(new PermissionSet.Roles(Set.of(bare)));
          assertThat(other.mayRead(world.todo10)).isFalse();
          return null;
        });
    world.update(world.todo10, "data", ObjectValue.EMPTY);
    assertThat(mayRead(world.key(bare), world.todo10)).isFalse();
  }

  @Test
  void theOwnWritesOfTheRequestCount() {
    String secret = world.aliceWith("read", v10("owned"), "write", true);
    world.as(
        secret,
        session -> {
          assertThat(session.mayRead(world.todo10)).isTrue();
          ObjectValue given = object("data", object("owner", world.bob));
          session.v4().write(world.todo10, _ -> Change.exactly(given, Preparation.of(given)), null);
          assertThat(session.mayRead(world.todo10)).isFalse();
          return null;
        });
  }
}
