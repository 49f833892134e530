package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spec access 7 and 8: permissions on documents, and delegates. */
class LegacyPermissionsTest {
  private final World world = new World();
  private Ref post;
  private String client;
  private String alice;
  private String bob;

  @BeforeEach
  void post() {
    post = new Ref(world.app, world.posts, 5);
    world.admin(session -> World.put(session, post, object("title", "First")));
    client = world.key("client");
    alice = world.token(world.alice);
    bob = world.token(world.bob);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothingIsPublicWithoutBeingSaidSo() {
    for (String secret : List.of(client, alice)) {
      assertThat(may(secret, new Operation.Read(post))).isFalse();
      assertThat(may(secret, new Operation.Create(post, ObjectValue.EMPTY))).isFalse();
    }
  }

  @Test
  void publicMeansEverybodyWithASecret() {
    onPosts("read", "public");
    world.role("R");
    for (String secret :
        List.of(client, alice, world.key("R"), world.key("server") + ":@doc/users/3")) {
      assertThat(may(secret, new Operation.Read(post))).isTrue();
      assertThat(may(secret, new Operation.Read(world.todo10))).isFalse();
      assertThat(may(secret, write())).isFalse();
      assertThat(may(secret, new Operation.Delete(post))).isFalse();
      assertThat(may(secret, new Operation.Create(post, ObjectValue.EMPTY))).isFalse();
      assertThat(may(secret, new Operation.HistoryRead(post))).isFalse();
    }
    onPosts("read", null);
    assertThat(may(client, new Operation.Read(post))).isFalse();
  }

  @Test
  void aDocumentLetsItselfIn() {
    onPosts("write", world.alice);
    assertThat(may(alice, write())).isTrue();
    assertThat(may(alice, new Operation.Delete(post))).isTrue();
    assertThat(may(alice, new Operation.Read(post))).isFalse();
    assertThat(may(bob, write())).isFalse();
    assertThat(may(client, write())).isFalse();
  }

  @Test
  void aCollectionLetsItsDocumentsIn() {
    onPosts("create", world.collection(world.users));
    world.role("R");
    Operation create = new Operation.Create(post, ObjectValue.EMPTY);
    assertThat(may(alice, create)).isTrue();
    assertThat(may(world.key("server") + ":@doc/users/1", create)).isTrue();
    assertThat(may(client, create)).isFalse();
    assertThat(may(world.key("R"), create)).isFalse();
    assertThat(may(alice, new Operation.CreateWithId(post, ObjectValue.EMPTY))).isFalse();
  }

  @Test
  void anyOfAnArray() {
    onPosts("read", ArrayValue.of(world.alice, world.bob));
    assertThat(may(alice, new Operation.Read(post))).isTrue();
    assertThat(may(bob, new Operation.Read(post))).isTrue();
    assertThat(may(world.token(world.carol), new Operation.Read(post))).isFalse();
  }

  @Test
  void otherValuesLetNobodyIn() {
    for (Value value :
        List.<Value>of(
            new StringValue("everyone"), World.value(true), World.value(5), ObjectValue.EMPTY)) {
      onPosts("read", value);
      assertThat(may(alice, new Operation.Read(post))).isFalse();
    }
  }

  @Test
  void aDocumentsPermissionsAreInAddition() {
    world.update(post, "permissions", object("read", world.bob));
    assertThat(may(bob, new Operation.Read(post))).isTrue();
    assertThat(may(alice, new Operation.Read(post))).isFalse();
    assertThat(may(bob, write())).isFalse();
    onPosts("read", "public");
    assertThat(may(alice, new Operation.Read(post))).isTrue();
    Ref other = new Ref(world.app, world.posts, 6);
    assertThat(may(client, new Operation.Read(other))).isTrue();
    onPosts("read", null);
    assertThat(may(bob, new Operation.Read(other))).isFalse();
  }

  @Test
  void rolesOrLegacyNeverBoth() {
    onPosts("read", "public");
    world.update(post, "permissions", object("read", world.bob));
    Ref role = world.role("R", privilege(world.collection(world.posts)));
    for (String secret : List.of(client, alice, bob, world.key("R"))) {
      assertThat(may(secret, new Operation.Read(post))).isFalse();
    }
    world.delete(role);
    assertThat(may(client, new Operation.Read(post))).isTrue();
    world.role("Other", privilege(world.collection(world.todos), "read", true));
    assertThat(may(client, new Operation.Read(post))).isTrue();
  }

  @Test
  void builtInRolesAreNotConcerned() {
    onPosts("read", world.alice);
    for (String role : List.of("admin", "server", "server-readonly")) {
      assertThat(may(world.key(role), new Operation.Read(post))).isTrue();
    }
    onPosts("write", "public");
    assertThat(may(world.key("server-readonly"), write())).isFalse();
  }

  @Test
  void systemCollectionsHaveNone() {
    Ref key = ((LoginSource.Key) world.loginSource(client)).ref();
    world.update(key, "permissions", object("read", "public"));
    assertThat(may(client, new Operation.Read(key))).isFalse();
    world.update(
        world.collection(world.posts),
        "permissions",
        object("read", "public").with("write", World.value("public")));
    assertThat(may(client, new Operation.Read(world.collection(world.posts)))).isFalse();
    assertThat(may(client, new Operation.Delete(world.collection(world.posts)))).isFalse();
  }

  @Test
  void aChosenIdNeedsCreateAndHistoryWrite() {
    Preparation empty = Preparation.of(ObjectValue.EMPTY);
    Ref chosen = new Ref(world.app, world.posts, 77);
    world.update(world.collection(world.posts), "permissions", object("create", "public"));
    world.as(client, s -> s.v4().create(world.posts, ObjectValue.EMPTY, empty, null));
    assertThatThrownBy(
            () ->
                world.as(client, s -> s.v4().createWithId(chosen, ObjectValue.EMPTY, empty, null)))
        .isInstanceOf(AccessException.Denied.class);
    world.update(
        world.collection(world.posts),
        "permissions",
        object("create", "public").with("history_write", World.value("public")));
    world.as(client, s -> s.v4().createWithId(chosen, ObjectValue.EMPTY, empty, null));
  }

  @Test
  void synonymsOfCreate() {
    for (String field : List.of("create_instances", "create_documents")) {
      onPosts(field, "public");
      assertThat(may(client, new Operation.Create(post, ObjectValue.EMPTY))).isTrue();
    }
  }

  @Test
  void v10ObeysThemToo() {
    world.update(post, "permissions", object("read", world.alice));
    world.admin(
        session -> World.put(session, new Ref(world.app, world.posts, 6), ObjectValue.EMPTY));
    assertThat(visiblePosts(alice)).containsExactly(5L);
    assertThat(visiblePosts(bob)).isEmpty();
    onPosts("read", "public");
    assertThat(visiblePosts(client)).containsExactly(5L, 6L);
  }

  private List<Long> visiblePosts(String secret) {
    return world.as(
        secret,
        s -> {
          List<Long> ids = new java.util.ArrayList<>();
          try (var scan = s.v10().scan(world.posts, ReadTime.NOW, Direction.ASCENDING)) {
            while (scan.next()) {
              ids.add(scan.ref().id());
            }
          }
          return ids;
        });
  }

  // ---------------------------------------------------------------- 7.3 rule 6

  @Test
  void nobodyHandsOnMoreThanItsOwn() {
    onPosts("create", "public");
    assertThat(mayCreateWith(alice, "read", world.alice)).isTrue();
    assertThat(mayCreateWith(alice, "write", world.alice)).isTrue();
    assertThat(mayCreateWith(alice, "read", world.collection(world.users))).isTrue();
    assertThat(mayCreateWith(alice, "read", new StringValue("public"))).isFalse();
    assertThat(mayCreateWith(alice, "write", world.bob)).isFalse();
    assertThat(mayCreateWith(alice, "read", world.collection(world.todos))).isFalse();
    assertThat(mayCreateWith(alice, "read", ArrayValue.of(world.alice, world.bob))).isFalse();
    assertThat(mayCreateWith(client, "read", new StringValue("public"))).isFalse();
    assertThat(mayCreateWith(client, "read", world.alice)).isFalse();
    assertThat(mayCreateWith(world.key("server"), "read", new StringValue("public"))).isTrue();
  }

  @Test
  void grantsThatAreThereMayStay() {
    world.update(
        post, "permissions", object("write", world.alice).with("read", new StringValue("public")));
    world.as(
        alice,
        s -> s.v4().write(post, before -> with(before.fields(), "data", object("n", 1)), null));
    assertThatThrownBy(
            () ->
                world.as(
                    alice,
                    s ->
                        s.v4()
                            .write(
                                post,
                                before ->
                                    with(
                                        before.fields(),
                                        "permissions",
                                        object("write", new StringValue("public"))),
                                null)))
        .isInstanceOf(AccessException.Denied.class);
  }

  private boolean mayCreateWith(String secret, String action, Value grant) {
    ObjectValue fields = ObjectValue.of("permissions", object(action, grant));
    return succeeds(secret, s -> s.v4().create(world.posts, fields, Preparation.of(fields), null));
  }

  // ---------------------------------------------------------------- 8: delegates

  @Test
  void aDelegateHasTheRightsOfTheDelegatingDocument() {
    onPosts("read", world.alice);
    delegate(world.alice, world.bob);
    assertThat(may(bob, new Operation.Read(post))).isTrue();
    assertThat(may(alice, new Operation.Read(post))).isTrue();
    assertThat(may(world.token(world.carol), new Operation.Read(post))).isFalse();
    assertThat(may(world.key("server") + ":@doc/users/2", new Operation.Read(post))).isTrue();
    assertThat(world.identity(bob)).isEqualTo(world.bob);
    delegate(world.alice);
    assertThat(may(bob, new Operation.Read(post))).isFalse();
  }

  @Test
  void delegationIsNotTransitiveNorMutual() {
    onPosts("read", world.alice);
    delegate(world.alice, world.bob);
    delegate(world.bob, world.carol);
    assertThat(may(world.token(world.carol), new Operation.Read(post))).isFalse();
    onPosts("read", world.bob);
    assertThat(may(alice, new Operation.Read(post))).isFalse();
  }

  @Test
  void aDeletedDocumentDelegatesNothing() {
    onPosts("read", world.alice);
    delegate(world.alice, world.bob);
    world.delete(world.alice);
    assertThat(may(bob, new Operation.Read(post))).isFalse();
  }

  @Test
  void rolesByDelegation() {
    world.predicates.put(
        "isAlice",
        (_, input) ->
            World.returned(
                World.value(((PredicateInput.Member) input).document().equals(world.alice))));
    Ref role =
        world.roleOf(
            "R",
            World.membership(world.collection(world.users), World.v10("isAlice")),
            privilege(world.collection(world.todos), "read", true));
    assertThat(may(bob, new Operation.Read(world.todo10))).isFalse();
    delegate(world.alice, world.bob);
    assertThat(world.permissions(bob))
        .isEqualTo(new PermissionSet.Identity(world.bob, Set.of(role)));
    assertThat(may(bob, new Operation.Read(world.todo10))).isTrue();
  }

  @Test
  void baselineRightsExtendToTheDelegatingDocument() {
    Ref token = ((LoginSource.Token) world.loginSource(alice)).ref();
    assertThat(may(bob, new Operation.Read(token))).isFalse();
    delegate(world.alice, world.bob);
    assertThat(may(bob, new Operation.Read(token))).isTrue();
    world.as(bob, s -> s.v4().identity().logout(true));
    assertThat(world.accepts(alice)).isTrue();
    assertThat(world.accepts(bob)).isFalse();
  }

  @Test
  void delegatesAreSetOnOnesOwnDocumentOnly() {
    world.roleOf(
        "R",
        World.membership(world.collection(world.users)),
        privilege(world.collection(world.users), "write", true));
    assertThat(maySetDelegates(alice, world.alice, world.bob)).isTrue();
    assertThat(maySetDelegates(bob, world.alice, world.carol)).isFalse();
    assertThat(maySetDelegates(alice, world.bob, world.alice)).isFalse();
  }

  private boolean maySetDelegates(String secret, Ref document, Ref delegate) {
    return succeeds(
        secret,
        s ->
            s.v4()
                .write(
                    document,
                    before -> with(before.fields(), "delegates", ArrayValue.of(delegate)),
                    null));
  }

  // ---------------------------------------------------------------- helpers

  private void delegate(Ref from, Ref... to) {
    world.update(from, "delegates", ArrayValue.of(to));
  }

  private static Change with(ObjectValue fields, String field, Value value) {
    ObjectValue after = fields.with(field, value);
    return Change.exactly(after, Preparation.of(after));
  }

  private void onPosts(String action, Object value) {
    Ref posts = new Ref(world.app, SystemCollections.COLLECTION, world.posts);
    world.update(posts, "permissions", value == null ? null : object(action, value));
  }

  private Operation write() {
    return new Operation.Write(post, ObjectValue.EMPTY, ObjectValue.EMPTY, ObjectValue.EMPTY);
  }

  private boolean may(String secret, Operation operation) {
    return world.as(secret, s -> s.may(operation));
  }

  private boolean succeeds(String secret, Gate.Body<?> body) {
    try {
      world.as(secret, body);
      return true;
    } catch (AccessException.Denied denied) {
      return false;
    }
  }

  @Test
  void aPublicCollectionMayBeReadThroughItsV10Indexes() {
    Ref posts = world.collection(world.posts);
    world.role("R");
    String key = world.key("R");
    assertThat(someRead(client)).isFalse();
    world.update(posts, "permissions", object("read", "public"));
    assertThat(someRead(client)).isTrue();
    assertThat(someRead(alice)).isTrue();
    assertThat(someRead(key)).isTrue();
    world.role("Governs", World.privilege(posts, "write", true));
    assertThat(someRead(client)).isFalse();
    assertThat(someRead(key)).isFalse();
  }

  private boolean someRead(String secret) {
    return world.as(
        secret,
        session -> {
          try {
            session.v10().requireSomeRead(session.catalog().collection(world.posts));
            return true;
          } catch (AccessException.CollectionDenied denied) {
            return false;
          }
        });
  }
}
