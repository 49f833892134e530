package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.Explanation.Asked;
import io.refugium.access.Explanation.Step;
import io.refugium.access.Explanation.Subject;
import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why something is allowed or is not, for those who may know it. */
class ExplanationTest {
  private static final String AS_ALICE = World.ROOT + ":app:@doc/users/1";

  private final World world = new World();
  private final Explanation explanation = new Explanation();

  @AfterEach
  void close() {
    world.close();
  }

  private <T> T explained(String secret, Gate.Body<T> body) {
    return world
        .gate
        .explaining(explanation)
        .execute(
            Credentials.bearer(secret),
            TransactionOptions.within(60_000_000_000L),
            new Metrics(),
            body)
        .value();
  }

  private void memberWith(Object... actions) {
    world.roleOf(
        "member",
        World.membership(new StringValue("users")),
        privilege(new StringValue("todos"), actions));
  }

  private static boolean get(Session session, Ref ref) {
    return session.v4().get(ref, Transaction.NOW).orNull() != null;
  }

  @Test
  void tellsWhichRoleGrants() {
    memberWith("read", true);
    explained(AS_ALICE, session -> get(session, world.todo11));
    assertThat(explanation.steps())
        .containsExactly(
            new Step(
                "read",
                new Subject("todos", "11"),
                true,
                "role member grants it",
                List.of("member"),
                List.of()));
    assertThat(explanation.caller().identity()).isEqualTo(new Subject("users", "1"));
    assertThat(explanation.caller().rights()).containsExactly("member");
    assertThat(explanation.caller().secret()).isEqualTo("root secret");
  }

  @Test
  void tellsWhatEachPredicateSaid() {
    memberWith("read", "mine");
    world.roleOf(
        "broken",
        World.membership(new StringValue("users")),
        privilege(new StringValue("todos"), "read", "fails"));
    world.roleOf(
        "odd",
        World.membership(new StringValue("users")),
        privilege(new StringValue("todos"), "read", "one"));
    explained(AS_ALICE, session -> get(session, world.todo11));
    assertThat(explanation.steps()).hasSize(1);
    Step step = explanation.steps().getFirst();
    assertThat(step.granted()).isFalse();
    assertThat(step.because()).isEqualTo("no predicate was true");
    assertThat(step.predicates())
        .containsExactlyInAnyOrder(
            new Asked("member", "false"),
            new Asked("broken", "failed: on purpose"),
            new Asked("odd", "neither true nor false"));
  }

  @Test
  void tellsWhyARoleIsNotHeld() {
    memberWith("read", true);
    world.roleOf("vip", World.membership(new StringValue("users"), new StringValue("false")));
    world.roleOf("writers", World.membership(new StringValue("posts")));
    explained(AS_ALICE, session -> get(session, world.todo10));
    assertThat(explanation.caller().rights()).containsExactly("member");
    assertThat(explanation.caller().memberships())
        .containsExactlyInAnyOrder(
            new Asked("member", "all are members"), new Asked("vip", "false"));
  }

  /** The predicate {@code mine} reads the document, which is not the caller's doing. */
  @Test
  void leavesOutWhatPredicatesRead() {
    memberWith("read", "mine");
    explained(AS_ALICE, session -> get(session, world.todo10));
    assertThat(explanation.steps()).hasSize(1);
  }

  @Test
  void tellsThatNothingGrants() {
    assertThatThrownBy(() -> explained(AS_ALICE, this::createTodo))
        .isInstanceOf(AccessException.Denied.class);
    assertThat(explanation.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.action()).isEqualTo("create"))
        .satisfies(step -> assertThat(step.granted()).isFalse())
        .satisfies(step -> assertThat(step.because()).isEqualTo("nothing grants it"));
  }

  private Ref createTodo(Session session) {
    return session
        .v4()
        .create(
            world.todos, object("data", object("n", "1")), Preparation.of(object("n", "1")), null)
        .ref();
  }

  @Test
  void tellsWhyAListShowsNothing() {
    explained(
        AS_ALICE, session -> session.v10().hasSomeRead(session.catalog().collection("todos")));
    assertThat(explanation.steps())
        .singleElement()
        .satisfies(step -> assertThat(step.subject()).isEqualTo(new Subject("Collection", "todos")))
        .satisfies(step -> assertThat(step.because()).isEqualTo("nothing grants it"));
  }

  @Test
  void nothingThatIsWrittenStays() {
    Ref written = explained(World.ROOT + ":app:admin", this::createTodo);
    assertThat(explanation.steps().getLast().because())
        .isEqualTo("the built-in role admin allows it");
    boolean isThere = world.adminGet(session -> get(session, written));
    assertThat(isThere).isFalse();
  }

  @Test
  void eachDecisionIsToldOnce() {
    memberWith("read", true);
    explained(
        AS_ALICE,
        session -> {
          boolean first = get(session, world.todo10);
          return get(session, world.todo10) == first;
        });
    assertThat(explanation.steps()).hasSize(1);
  }

  @Test
  void tellsNoMoreThanTheLimitAndHowManyWereLeftOut() {
    memberWith("read", true);
    int more = 7;
    explained(
        AS_ALICE,
        session -> {
          for (int id = 0; id < AccessLimits.EXPLAINED_DECISIONS + more; id++) {
            get(session, new Ref(world.app, world.todos, id));
          }
          return null;
        });
    assertThat(explanation.steps()).hasSize(AccessLimits.EXPLAINED_DECISIONS);
    assertThat(explanation.omitted()).isEqualTo(more);
  }

  @Test
  void anAdminKeyIsEnough() {
    memberWith("read", true);
    String key = world.key("admin");
    boolean isRead = explained(key + ":@doc/users/1", session -> get(session, world.todo10));
    assertThat(isRead).isTrue();
    assertThat(explanation.caller().secret()).startsWith("key ");
  }

  @Test
  void anAdminKeyOfTheDatabaseAboveIsEnough() {
    memberWith("read", true);
    ObjectValue fields =
        ObjectValue.of("role", new StringValue("admin")).with("database", new StringValue("app"));
    String key = world.as(World.ROOT, session -> World.newKey(session, fields).getValue());
    boolean isRead = explained(key + ":@doc/users/1", session -> get(session, world.todo10));
    assertThat(isRead).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "server-readonly", "client", "member"})
  void otherKeysAreRefused(String role) {
    memberWith("read", true);
    refused(world.key(role));
  }

  /** It may act as a document, but not see why the document may do what it may. */
  @Test
  void aServerKeyThatActsAsADocumentIsRefused() {
    refused(world.key("server") + ":@doc/users/1");
  }

  @Test
  void tokensAreRefused() {
    memberWith("read", BooleanValue.TRUE);
    refused(world.token(world.alice));
  }

  private void refused(String secret) {
    assertThat(world.accepts(secret)).isTrue();
    assertThatThrownBy(() -> explained(secret, session -> get(session, world.todo10)))
        .isInstanceOf(AccessException.NotExplained.class);
    assertThat(explanation.caller()).isNull();
    assertThat(explanation.steps()).isEmpty();
  }

  @Test
  void namesSchemaDocumentsAndNativeKinds() {
    Ref role = world.role("R");
    explained(World.ROOT + ":app:admin", session -> get(session, role));
    explained(
        World.ROOT + ":app:admin",
        session ->
            session.mayRead(
                new Ref(world.app, SystemCollections.COLLECTION, SystemCollections.TOKEN)));
    assertThat(explanation.steps().getFirst().subject())
        .isEqualTo(new Subject("Collection", "Token"));
  }
}
