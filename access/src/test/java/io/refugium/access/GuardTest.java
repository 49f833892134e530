package io.refugium.access;

import static io.refugium.access.World.privilege;
import static io.refugium.access.World.v10;
import static io.refugium.access.World.v4;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.secret.Credentials;
import io.refugium.database.Metrics;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Version;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Spec access 3.2, 5 and 13.2. */
class GuardTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  // ---------------------------------------------------------------- M1-M4: built-in sets

  /** Rows of the matrix in spec access 3.2, columns admin, server, server-readonly, client. */
  @ParameterizedTest
  @CsvSource({
    "user, read, AAAD",
    "user, create, AADD",
    "user, create_with_id, AADD",
    "user, write, AADD",
    "user, delete, AADD",
    "user, history_read, AAAD",
    "user, history_write, AADD",
    "collection, read, AAAD",
    "collection, create, AADD",
    "collection, write, AADD",
    "collection, delete, AADD",
    "index, read, AAAD",
    "function, read, AAAD",
    "function, create, AADD",
    "credential, read, AAAD",
    "credential, write, AADD",
    "token, read, AAAD",
    "token, create, AADD",
    "token, delete, AADD",
    "key, read, ADDD",
    "key, create, ADDD",
    "key, delete, ADDD",
    "key, history_read, ADDD",
    "role, read, ADDD",
    "role, write, ADDD",
    "provider, read, ADDD",
    "provider, create, ADDD",
    "database, read, ADDD",
    "database, create, ADDD",
    "database, delete, ADDD",
    "useIndex, read, AAAD",
    "useIndex, unrestricted_read, DDDD",
    "list, unrestricted_read, DDDD",
    "callFunction, call, AADD",
  })
  void theMatrixOfBuiltInRoles(String resource, String action, String expected) {
    Operation operation = operation(resource, Action.named(action));
    String[] roles = {"admin", "server", "server-readonly", "client"};
    StringBuilder found = new StringBuilder();
    for (String role : roles) {
      found.append(world.as(world.key(role), s -> s.may(operation)) ? 'A' : 'D');
    }
    assertThat(found.toString()).isEqualTo(expected);
  }

  @Test
  void predicatesReadThePresentAndCallFunctions() {
    List<String> allowed = new ArrayList<>();
    world.admin(
        session -> {
          Session inside = session.forPredicate();
          for (String resource :
              List.of(
                  "user",
                  "collection",
                  "function",
                  "token",
                  "credential",
                  "key",
                  "role",
                  "provider",
                  "database")) {
            for (Action action :
                List.of(
                    Action.READ, Action.HISTORY_READ, Action.CREATE, Action.WRITE, Action.DELETE)) {
              if (inside.may(operation(resource, action))) {
                allowed.add(resource + " " + action.word());
              }
            }
          }
          for (String use :
              List.of(
                  "useIndex read",
                  "useIndex unrestricted_read",
                  "list unrestricted_read",
                  "callFunction call")) {
            String[] words = use.split(" ", 2);
            if (inside.may(operation(words[0], Action.named(words[1])))) {
              allowed.add(use);
            }
          }
          assertThat(inside.may(new Operation.Read(new Ref(world.kid, world.users, 1)))).isFalse();
        });
    assertThat(allowed)
        .containsExactly(
            "user read",
            "collection read",
            "function read",
            "token read",
            "credential read",
            "useIndex read",
            "useIndex unrestricted_read",
            "list unrestricted_read",
            "callFunction call");
  }

  @Test
  void readsReachDownTheTreeAndNothingElseDoes() {
    Operation below = new Operation.Read(new Ref(world.kid, world.users, 1));
    Operation belowKey = new Operation.Read(new Ref(world.kid, SystemCollections.KEY, 1));
    Operation above = new Operation.Read(new Ref(Ref.ROOT, SystemCollections.DATABASE, world.app));
    Operation writeBelow = new Operation.Delete(new Ref(world.kid, world.users, 1));
    Operation nowhere = new Operation.Read(new Ref(12345, world.users, 1));
    String admin = world.key("admin");
    String server = world.key("server");
    assertThat(may(admin, below)).isTrue();
    assertThat(may(admin, belowKey)).isTrue();
    assertThat(may(admin, above)).isFalse();
    assertThat(may(admin, nowhere)).isFalse();
    assertThat(may(admin, writeBelow)).isFalse();
    assertThat(may(server, below)).isTrue();
    assertThat(may(server, belowKey)).isFalse();
    assertThat(may(server, writeBelow)).isFalse();
    world.role("R", privilege(world.collection(world.users), "read", true));
    Decision foreign = world.as(world.key("R"), s -> s.decide(below));
    assertThat(foreign.granted()).isFalse();
    assertThat(foreign.reason()).isEqualTo(new Decision.ForeignDatabase());
  }

  // ---------------------------------------------------------------- M6: baseline

  @Test
  void anIdentityHasItsOwnTokensAndCredential() {
    String alice = world.token(world.alice);
    String bob = world.token(world.bob);
    world.password(world.alice, "pw1");
    Ref token = ((LoginSource.Token) world.as(alice, s -> s.principal().loginSource())).ref();
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    assertThat(may(alice, new Operation.Read(token))).isTrue();
    assertThat(may(alice, new Operation.Delete(token))).isTrue();
    assertThat(may(alice, new Operation.Read(credential))).isTrue();
    assertThat(may(alice, new Operation.Delete(credential))).isFalse();
    assertThat(may(alice, new Operation.HistoryRead(token))).isFalse();
    assertThat(may(alice, write(token))).isFalse();
    assertThat(may(alice, new Operation.Create(token, ObjectValue.EMPTY))).isFalse();
    assertThat(may(alice, new Operation.Read(world.alice))).isFalse();
    assertThat(may(bob, new Operation.Read(token))).isFalse();
    assertThat(may(bob, new Operation.Delete(token))).isFalse();
    assertThat(may(bob, new Operation.Read(credential))).isFalse();
    assertThat(may(world.key("server") + ":@doc/users/1", new Operation.Read(token))).isTrue();
    assertThat(may(alice, new Operation.Read(new Ref(world.app, SystemCollections.TOKEN, 99))))
        .isFalse();
  }

  // ---------------------------------------------------------------- M7: roles

  @Test
  void aRoleAllowsWhatItNamesAndNothingElse() {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    String secret = world.key("R");
    assertThat(may(secret, new Operation.Read(world.todo10))).isTrue();
    assertThat(may(secret, new Operation.Read(new Ref(world.app, world.todos, 99)))).isTrue();
    assertThat(may(secret, new Operation.Read(world.alice))).isFalse();
    for (Action action : Action.values()) {
      Operation operation = operation("user", action);
      if (action != Action.READ && operation != null) {
        assertThat(may(secret, operation)).as(action.word()).isFalse();
      }
    }
  }

  @Test
  void falseNeverOverridesTrue() {
    Ref no = world.role("No", privilege(world.collection(world.todos), "read", false));
    Ref yes = world.role("Yes", privilege(world.collection(world.todos), "read", true));
    assertThat(may(world.key(no), new Operation.Read(world.todo10))).isFalse();
    assertThat(may(world.key(ArrayValue.of(no, yes)), new Operation.Read(world.todo10))).isTrue();
  }

  @Test
  void onlyTrueItselfGrants() {
    for (String predicate : List.of("false", "one", "fails", "breaks", "writes")) {
      world.role(predicate, privilege(world.collection(world.todos), "read", v10(predicate)));
      Decision decision =
          world.as(world.key(predicate), s -> s.decide(new Operation.Read(world.todo10)));
      assertThat(decision.granted()).as(predicate).isFalse();
      assertThat(decision.evaluations()).hasSize(1);
    }
    world.role("yes", privilege(world.collection(world.todos), "read", v4("true")));
    assertThat(may(world.key("yes"), new Operation.Read(world.todo10))).isTrue();
  }

  @Test
  void aDecisionSaysWhichPredicatesItAsked() {
    Ref first = world.role("First", privilege(world.collection(world.todos), "read", v10("false")));
    Ref second = world.role("Second", privilege(world.collection(world.todos), "read", v4("true")));
    Decision decision =
        world.as(
            world.key(ArrayValue.of(first, second)),
            s -> s.decide(new Operation.Read(world.todo10)));
    assertThat(decision.reason())
        .isEqualTo(new Decision.Grant(second, world.collection(world.todos), Action.READ));
    assertThat(decision.evaluations().getLast().outcome().isTrue()).isTrue();
  }

  @Test
  void resourcesByName() {
    world.update(world.collection(world.todos), "alias", new StringValue("Tasks"));
    world.role("A", privilege(new StringValue("todos"), "read", true));
    world.role("B", privilege(new StringValue("Tasks"), "read", true));
    world.role(
        "C",
        privilege(new StringValue("nosuch"), "read", true),
        privilege(new StringValue("users"), "read", true));
    world.role("D", privilege(new StringValue("Credentials"), "read", true));
    world.role("E", privilege(new StringValue("Index"), "read", true));
    assertThat(may(world.key("A"), new Operation.Read(world.todo10))).isTrue();
    assertThat(may(world.key("B"), new Operation.Read(world.todo10))).isTrue();
    assertThat(may(world.key("C"), new Operation.Read(world.alice))).isTrue();
    assertThat(may(world.key("D"), operation("credential", Action.READ))).isTrue();
    assertThat(may(world.key("E"), operation("index", Action.READ))).isFalse();
  }

  @Test
  void systemNamesWinOverNamesThatUsersGave() {
    int mine = world.newCollection("Key");
    world.role("R", privilege(new StringValue("Key"), "read", true));
    assertThat(may(world.key("R"), operation("key", Action.READ))).isTrue();
    assertThat(may(world.key("R"), new Operation.Read(new Ref(world.app, mine, 1)))).isFalse();
  }

  @Test
  void aChangedRoleCountsAtTheNextRequest() {
    Ref role = world.role("R", privilege(world.collection(world.todos), "read", true));
    String secret = world.key("R");
    assertThat(may(secret, new Operation.Read(world.todo10))).isTrue();
    world.update(role, "privileges", ArrayValue.EMPTY);
    assertThat(may(secret, new Operation.Read(world.todo10))).isFalse();
    world.update(role, "privileges", privilege(world.collection(world.todos), "read", true));
    assertThat(may(secret, new Operation.Read(world.todo10))).isTrue();
    world.delete(role);
    assertThat(may(secret, new Operation.Read(world.todo10))).isFalse();
  }

  // ---------------------------------------------------------------- 5.4: membership

  @Test
  void membership() {
    Ref role =
        world.roleOf(
            "R",
            World.membership(world.collection(world.users)),
            privilege(world.collection(world.todos), "read", true));
    String alice = world.token(world.alice);
    assertThat(world.permissions(alice))
        .isEqualTo(new PermissionSet.Identity(world.alice, Set.of(role)));
    assertThat(may(alice, new Operation.Read(world.todo10))).isTrue();
    world.update(role, "membership", World.membership(new StringValue("users")));
    assertThat(may(alice, new Operation.Read(world.todo10))).isTrue();
    world.update(role, "membership", ArrayValue.EMPTY);
    assertThat(may(alice, new Operation.Read(world.todo10))).isFalse();
    world.update(role, "membership", World.membership(world.collection(world.posts)));
    assertThat(may(alice, new Operation.Read(world.todo10))).isFalse();
  }

  @Test
  void membershipByPredicate() {
    world.predicates.put(
        "isAlice",
        (session, input) -> {
          assertThat(session.permissions()).isEqualTo(PermissionSet.BuiltIn.PREDICATE);
          assertThat(session.identity()).isNotNull();
          return World.returned(
              World.value(((PredicateInput.Member) input).document().equals(world.alice)));
        });
    world.roleOf(
        "R",
        World.membership(world.collection(world.users), v4("isAlice")),
        privilege(world.collection(world.todos), "read", true));
    assertThat(may(world.token(world.alice), new Operation.Read(world.todo10))).isTrue();
    assertThat(may(world.token(world.bob), new Operation.Read(world.todo10))).isFalse();
    for (String predicate : List.of("false", "one", "fails", "breaks", "writes")) {
      Ref role =
          world.roleOf(
              predicate,
              World.membership(world.collection(world.users), v10(predicate)),
              privilege(world.collection(world.todos), "read", true));
      assertThat(may(world.token(world.bob), new Operation.Read(world.todo10)))
          .as(predicate)
          .isFalse();
      world.delete(role);
    }
  }

  @Test
  void anAliasHasNoMembers() {
    world.update(world.collection(world.users), "alias", new StringValue("People"));
    world.roleOf(
        "R",
        World.membership(new StringValue("People")),
        privilege(world.collection(world.todos), "read", true));
    assertThat(may(world.token(world.alice), new Operation.Read(world.todo10))).isFalse();
  }

  // ---------------------------------------------------------------- 5.6: predicates

  @Test
  void theIdentityIsKnownOnlyToPredicatesOfAnIdentity() {
    Ref role =
        world.roleOf(
            "R",
            World.membership(world.collection(world.users)),
            privilege(world.collection(world.todos), "read", v10("mine")));
    String alice = world.token(world.alice);
    assertThat(may(alice, new Operation.Read(world.todo10))).isTrue();
    assertThat(may(alice, new Operation.Read(world.todo11))).isFalse();
    boolean inside =
        world.as(
            alice,
            s ->
                s.with(new PermissionSet.Roles(Set.of(role)))
                    .may(new Operation.Read(world.todo10)));
    assertThat(inside).isFalse();
  }

  @Test
  void aPredicateCannotWriteWhateverItsRights() {
    world.predicates.put(
        "escalates",
        (session, _) -> {
          Session admin = session.with(PermissionSet.BuiltIn.ADMIN);
          admin
              .v4()
              .create(world.todos, ObjectValue.EMPTY, Preparation.of(ObjectValue.EMPTY), null);
          return World.returned(World.value(true));
        });
    world.role(
        "R", privilege(world.collection(world.todos), "read", v10("escalates"), "create", true));
    String secret = world.key("R");
    Decision decision = world.as(secret, s -> s.decide(new Operation.Read(world.todo10)));
    assertThat(decision.granted()).isFalse();
    assertThat(decision.evaluations().getFirst().outcome())
        .isInstanceOf(Predicate.Outcome.Failed.class);
  }

  @Test
  void predicatesInsidePredicatesEnd() {
    Ref[] role = new Ref[1];
    world.predicates.put(
        "again",
        (session, input) ->
            World.returned(
                World.value(
                    session
                        .with(new PermissionSet.Roles(Set.of(role[0])))
                        .may((Operation) input))));
    role[0] = world.role("R", privilege(world.collection(world.todos), "read", v10("again")));
    assertThat(may(world.key("R"), new Operation.Read(world.todo10))).isFalse();
  }

  // ---------------------------------------------------------------- 6.1, 6.2: single documents

  @Test
  void v4ReadingWinsOverExistence() {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    Ref missing = new Ref(world.app, world.todos, 99);
    assertThat((Object) world.as(world.key("R"), s -> s.v4().get(missing, Transaction.NOW)))
        .isInstanceOf(Lookup.Missing.class);
    assertThat((Object) world.as(world.key("client"), s -> s.v4().get(missing, Transaction.NOW)))
        .isInstanceOf(Lookup.Denied.class);
    boolean exists =
        world.as(world.key("client"), s -> s.v4().exists(world.todo10, Transaction.NOW));
    assertThat(exists).isFalse();
  }

  @Test
  void v4ExistenceWinsOverWriting() {
    String client = world.key("client");
    Ref missing = new Ref(world.app, world.todos, 99);
    assertThatThrownBy(() -> world.as(client, s -> s.v4().delete(missing)))
        .isInstanceOf(AccessException.Missing.class);
    assertThatThrownBy(() -> world.as(client, s -> s.v4().delete(world.todo10)))
        .isInstanceOf(AccessException.Denied.class);
    assertThatThrownBy(
            () -> world.as(client, s -> s.v4().write(missing, b -> change(b.fields()), null)))
        .isInstanceOf(AccessException.Missing.class);
    assertThatThrownBy(
            () -> world.as(client, s -> s.v4().write(world.todo10, b -> change(b.fields()), null)))
        .isInstanceOf(AccessException.Denied.class);
  }

  @Test
  void permissionWinsOverValidation() {
    Preparation refuses =
        _ -> {
          throw new IllegalStateException("validated before it was permitted");
        };
    String client = world.key("client");
    assertThatThrownBy(
            () ->
                world.as(client, s -> s.v4().create(world.todos, ObjectValue.EMPTY, refuses, null)))
        .isInstanceOf(AccessException.Denied.class);
    assertThatThrownBy(
            () -> world.as(client, s -> s.v10().create(world.todos, ObjectValue.EMPTY, refuses)))
        .isInstanceOf(AccessException.Denied.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'create', YNN-YN", // v4 create, v4 with id, v4 existing id as denied; v10 create, v10 with id
    "'create_with_id', NYE-NN",
    "'create history_write', YYE-YY",
    "'create create_with_id', YYE-YY",
    "'history_write', NNN-NN",
  })
  void choosingIds(String granted, String expected) {
    Object[] actions = new Object[granted.split(" ").length * 2];
    for (int i = 0; i < actions.length; i += 2) {
      actions[i] = granted.split(" ")[i / 2];
      actions[i + 1] = true;
    }
    world.role("R", privilege(world.collection(world.todos), actions));
    String secret = world.key("R");
    Preparation empty = Preparation.of(ObjectValue.EMPTY);
    String found =
        attempt(secret, s -> s.v4().create(world.todos, ObjectValue.EMPTY, empty, null))
            + attempt(
                secret,
                s ->
                    s.v4()
                        .createWithId(
                            new Ref(world.app, world.todos, 77), ObjectValue.EMPTY, empty, null))
            + attempt(
                secret, s -> s.v4().createWithId(world.todo10, ObjectValue.EMPTY, empty, null))
            + "-"
            + attempt(secret, s -> s.v10().create(world.todos, ObjectValue.EMPTY, empty))
            + attempt(
                secret,
                s ->
                    s.v10()
                        .createWithId(
                            new Ref(world.app, world.todos, 78), ObjectValue.EMPTY, empty));
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void v10NeedsReadingForEverything() {
    world.role("W", privilege(world.collection(world.todos), "write", true, "delete", true));
    world.role(
        "RW",
        privilege(world.collection(world.todos), "write", true, "delete", true, "read", true));
    assertThat(attempt(world.key("W"), s -> s.v10().write(world.todo10, b -> change(b.fields()))))
        .isEqualTo("N");
    assertThat(attempt(world.key("W"), s -> s.v10().delete(world.todo10))).isEqualTo("N");
    assertThat(
            attempt(world.key("W"), s -> s.v4().write(world.todo10, b -> change(b.fields()), null)))
        .isEqualTo("Y");
    assertThat(attempt(world.key("W"), s -> s.v4().delete(world.todo10))).isEqualTo("Y");
    assertThat(attempt(world.key("RW"), s -> s.v10().write(world.todo11, b -> change(b.fields()))))
        .isEqualTo("Y");
    assertThat(attempt(world.key("RW"), s -> s.v10().delete(world.todo11))).isEqualTo("Y");
    assertThat(attempt(world.key("RW"), s -> s.v10().delete(world.todo11))).isEqualTo("M");
  }

  @Test
  void v10ReadingAloneChangesNothing() {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    String secret = world.key("R");
    Preparation empty = Preparation.of(ObjectValue.EMPTY);
    Ref given = new Ref(world.app, world.todos, 70);
    Ref below = new Ref(world.kid, world.todos, 70);
    assertThat(attempt(secret, s -> s.v10().write(world.todo10, b -> change(b.fields()))))
        .isEqualTo("N");
    assertThat(attempt(secret, s -> s.v10().delete(world.todo10))).isEqualTo("N");
    assertThat(attempt(secret, s -> s.v10().create(world.todos, ObjectValue.EMPTY, empty)))
        .isEqualTo("N");
    assertThat(attempt(secret, s -> s.v10().createWithId(given, ObjectValue.EMPTY, empty)))
        .isEqualTo("N");
    assertThatThrownBy(
            () ->
                world.as(
                    world.key("admin"), s -> s.v10().createWithId(below, ObjectValue.EMPTY, empty)))
        .isInstanceOf(AccessException.ForeignWrite.class);
    boolean there = world.adminGet(s -> s.v4().exists(world.todo10, Transaction.NOW));
    assertThat(there).isTrue();
  }

  @Test
  void existenceAloneIsToldOfDocumentsHere() {
    String client = world.key("client");
    for (Ref ref : List.of(world.todo10, new Ref(world.app, world.todos, 99))) {
      boolean there = world.as(client, s -> s.v4().isThere(ref));
      assertThat(there).isEqualTo(ref.equals(world.todo10));
    }
    Ref below = new Ref(world.kid, SystemCollections.COLLECTION, 5000);
    Ref kid = new Ref(world.app, SystemCollections.DATABASE, world.kid);
    boolean elsewhere =
        world.as(World.ROOT + ":app/kid:admin", s -> s.v4().isThere(kid) || s.v4().isThere(below));
    assertThat(elsewhere).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // schema read, schema write, environment, export, protection, functions with the role admin
    "admin, YYYYYY",
    "server, YNYYNN",
    "server-readonly, YNNYNY",
    "client, NNNNNY",
    "R, NNNNNY",
  })
  void endpoints(String role, String expected) {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    PermissionSet set = world.permissions(world.key(role));
    StringBuilder found = new StringBuilder();
    for (boolean may :
        new boolean[] {
          set.mayReadSchema(),
          set.mayWriteSchema(),
          set.mayUseEnvironment(),
          set.mayExport(),
          set.maySeeProtection(),
          set.mayGrantAdminToFunctions()
        }) {
      found.append(may ? 'Y' : 'N');
    }
    assertThat(found).hasToString(expected);
  }

  @Test
  void onlyUserCollectionsHaveMembers() {
    for (int kind :
        new int[] {
          SystemCollections.INDEX, SystemCollections.FUNCTION, SystemCollections.DATABASE
        }) {
      world.roleOf(
          "R" + kind,
          World.membership(new Ref(world.app, kind, world.users)),
          privilege(world.collection(world.todos), "read", true));
    }
    assertThat(world.permissions(world.token(world.alice)).effectiveRoles()).isEmpty();
  }

  @Test
  void thePastNeedsHistoryReadInV10AndReadInV4() {
    long before = world.adminGet(Session::snapshotTime);
    world.update(world.todo10, "touched", World.value(true));
    world.role("R", privilege(world.collection(world.todos), "read", true));
    world.role("H", privilege(world.collection(world.todos), "history_read", true));
    assertThat(
            (Object) world.as(world.key("R"), s -> s.v10().read(world.todo10, ReadTime.at(before))))
        .isInstanceOf(Lookup.Denied.class);
    assertThat(
            (Object) world.as(world.key("H"), s -> s.v10().read(world.todo10, ReadTime.at(before))))
        .isInstanceOf(Lookup.Found.class);
    assertThat((Object) world.as(world.key("H"), s -> s.v10().read(world.todo10, ReadTime.NOW)))
        .isInstanceOf(Lookup.Denied.class);
    assertThat((Object) world.as(world.key("R"), s -> s.v4().get(world.todo10, before)))
        .isInstanceOf(Lookup.Found.class);
    assertThat((Object) world.as(world.key("H"), s -> s.v4().get(world.todo10, before)))
        .isInstanceOf(Lookup.Denied.class);
  }

  @Test
  void otherDatabasesAreNeverWritten() {
    Ref below = new Ref(world.kid, world.users, 1);
    Preparation empty = Preparation.of(ObjectValue.EMPTY);
    String admin = world.key("admin");
    assertThatThrownBy(
            () -> world.as(admin, s -> s.v4().createWithId(below, ObjectValue.EMPTY, empty, null)))
        .isInstanceOf(AccessException.ForeignWrite.class);
    assertThatThrownBy(() -> world.as(admin, s -> s.v4().delete(below)))
        .isInstanceOf(AccessException.ForeignWrite.class);
    assertThatThrownBy(
            () -> world.as(admin, s -> s.v4().write(below, b -> change(b.fields()), null)))
        .isInstanceOf(AccessException.ForeignWrite.class);
    assertThatThrownBy(() -> world.as(admin, s -> s.v10().write(below, b -> change(b.fields()))))
        .isInstanceOf(AccessException.ForeignWrite.class);
  }

  @Test
  void aReadOnlySessionWritesNothing() {
    Preparation empty = Preparation.of(ObjectValue.EMPTY);
    String admin = world.key("admin");
    for (Gate.Body<Object> write :
        List.<Gate.Body<Object>>of(
            s -> s.readOnly().v4().create(world.todos, ObjectValue.EMPTY, empty, null),
            s ->
                s.readOnly()
                    .v4()
                    .createWithId(
                        new Ref(world.app, world.todos, 70), ObjectValue.EMPTY, empty, null),
            s -> s.readOnly().v4().write(world.todo10, b -> change(b.fields()), null),
            s -> s.readOnly().v4().delete(world.todo10),
            s -> s.readOnly().v10().create(world.todos, ObjectValue.EMPTY, empty),
            s -> s.readOnly().v10().write(world.todo10, b -> change(b.fields())),
            s -> s.readOnly().v10().delete(world.todo10),
            s -> s.readOnly().v4().identity().logout(true),
            s -> s.readOnly().v4().identity().login(world.alice, "x", ObjectValue.EMPTY),
            s -> s.readOnly().newRef(world.todos),
            s -> s.readOnly().newId())) {
      assertThatThrownBy(() -> world.as(admin, write))
          .isInstanceOfSatisfying(
              AccessException.WriteRefused.class,
              refused -> assertThat(refused.inPredicate()).isFalse());
    }
  }

  // ---------------------------------------------------------------- someReadGrant

  @Test
  void someRight() {
    CollectionDef todos = world.adminGet(s -> s.catalog().collection("todos"));
    world.role("True", privilege(world.collection(world.todos), "read", true));
    world.role("False", privilege(world.collection(world.todos), "read", false));
    world.role("Never", privilege(world.collection(world.todos), "read", v10("false")));
    world.role("Other", privilege(world.collection(world.users), "read", true));
    for (String role : List.of("admin", "server", "server-readonly", "True", "Never")) {
      world.as(
          world.key(role),
          s -> {
            s.v10().requireSomeRead(todos);
            return null;
          });
    }
    for (String role : List.of("client", "False", "Other")) {
      assertThatThrownBy(
              () ->
                  world.as(
                      world.key(role),
                      s -> {
                        s.v10().requireSomeRead(todos);
                        return null;
                      }))
          .isInstanceOf(AccessException.CollectionDenied.class)
          .hasMessage("Insufficient privileges to read from collection todos.");
    }
  }

  // ---------------------------------------------------------------- helpers

  private boolean may(String secret, Operation operation) {
    return world.as(secret, s -> s.may(operation));
  }

  /** Y: done, N: denied, M: missing, E: exists. */
  private String attempt(String secret, Gate.Body<?> body) {
    try {
      world.as(secret, body);
      return "Y";
    } catch (AccessException.Denied denied) {
      return "N";
    } catch (AccessException.Missing missing) {
      return "M";
    } catch (io.refugium.database.refusal.DatabaseException.AlreadyExists exists) {
      return "E";
    }
  }

  private static Change change(ObjectValue fields) {
    ObjectValue after = fields.with("data", World.object("changed", true));
    return Change.exactly(after, Preparation.of(after));
  }

  private static Operation write(Ref ref) {
    return new Operation.Write(ref, ObjectValue.EMPTY, ObjectValue.EMPTY, ObjectValue.EMPTY);
  }

  private Operation operation(String resource, Action action) {
    int collection =
        switch (resource) {
          case "user" -> world.todos;
          case "collection" -> SystemCollections.COLLECTION;
          case "index" -> SystemCollections.INDEX;
          case "function" -> SystemCollections.FUNCTION;
          case "credential" -> SystemCollections.CREDENTIAL;
          case "token" -> SystemCollections.TOKEN;
          case "key" -> SystemCollections.KEY;
          case "role" -> SystemCollections.ROLE;
          case "provider" -> SystemCollections.ACCESS_PROVIDER;
          case "database" -> SystemCollections.DATABASE;
          default -> -1;
        };
    Ref index = new Ref(world.app, SystemCollections.INDEX, SystemCollections.FIRST_INDEX);
    Ref ref = new Ref(world.app, collection, 10);
    return switch (resource) {
      case "useIndex" ->
          action == Action.READ
              ? new Operation.ReadIndex(index, List.of())
              : new Operation.ReadIndexUnrestricted(index, List.of());
      case "list" -> new Operation.ListUnrestricted(world.collection(world.todos));
      case "callFunction" ->
          new Operation.Call(new Ref(world.app, SystemCollections.FUNCTION, 1), List.of());
      default ->
          switch (action) {
            case READ -> new Operation.Read(ref);
            case WRITE -> write(ref);
            case CREATE -> new Operation.Create(ref, ObjectValue.EMPTY);
            case CREATE_WITH_ID -> new Operation.CreateWithId(ref, ObjectValue.EMPTY);
            case DELETE -> new Operation.Delete(ref);
            case HISTORY_READ -> new Operation.HistoryRead(ref);
            case HISTORY_WRITE ->
                new Operation.HistoryWrite(ref, 1, Version.Change.CREATE, ObjectValue.EMPTY);
            case UNRESTRICTED_READ, CALL -> null;
          };
    };
  }

  @Test
  void whatSeveralRolesGrantUnconditionallyIsGranted() {
    Ref one = world.role("One", privilege(world.collection(world.todos), "read", true));
    Ref two = world.role("Two", privilege(world.collection(world.todos), "read", true));
    String key = world.key(ArrayValue.of(one, two));
    assertThat(may(key, new Operation.Read(world.todo10))).isTrue();
  }

  @Test
  void aRehearsalIsForWhoMayReadTheSchemaAndLeavesNothing() {
    Ref planned = new Ref(world.app, world.todos, 4711);
    Gate.Body<Boolean> write =
        session -> {
          World.put(session, planned, ObjectValue.EMPTY);
          return session.mayRead(planned);
        };
    assertThat(rehearse(world.key("server-readonly"), write)).isTrue();
    assertThat(world.<Boolean>adminGet(session -> session.peek(planned) == null)).isTrue();
    String client = world.key("client");
    assertThatThrownBy(() -> rehearse(client, write))
        .isInstanceOf(AccessException.WriteRefused.class);
  }

  private boolean rehearse(String secret, Gate.Body<Boolean> body) {
    return world.gate.rehearse(
        Credentials.bearer(secret),
        TransactionOptions.within(60_000_000_000L),
        new Metrics(),
        body);
  }
}
