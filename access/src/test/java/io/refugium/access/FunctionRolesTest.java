package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.database.catalog.FunctionDef;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With which rights the body of a function runs: spec access 5.8 and 10. */
class FunctionRolesTest {
  private static final String KID = World.ROOT + ":app/kid:admin";

  private final World world = new World();
  private final Ref plain = function("plain", null);

  @AfterEach
  void close() {
    world.close();
  }

  private static ObjectValue fields(String name, Value role) {
    ObjectValue fields = object("name", name).with("body", new StringValue("x => x"));
    return role == null ? fields : fields.with("role", role);
  }

  private Ref function(String name, Value role) {
    return world.create(SystemCollections.FUNCTION, fields(name, role));
  }

  private static Ref functionOfKid(World world, String name, Value role) {
    ObjectValue fields = fields(name, role);
    return world.as(
        KID,
        s -> s.v4().create(SystemCollections.FUNCTION, fields, Preparation.of(fields), null).ref());
  }

  private static Session enter(Session session, Ref function) {
    FunctionDef definition = session.catalog(function.scope()).function(function.id());
    return session.enter(definition, List.of());
  }

  /** The rights in a body that somebody with a secret calls. */
  private PermissionSet inside(String secret, Ref function) {
    return world.as(secret, s -> enter(s, function).permissions());
  }

  @Test
  void callingNeedsTheRightToCall() {
    Ref admin = function("adminful", new StringValue("admin"));
    world.role("R", privilege(plain, "call", true));
    for (String role : List.of("client", "server-readonly", "R")) {
      assertThatThrownBy(() -> inside(world.key(role), admin))
          .isInstanceOf(AccessException.Denied.class);
    }
    assertThat(inside(world.key("server"), admin)).isEqualTo(PermissionSet.BuiltIn.ADMIN);
  }

  @Test
  void aBodyWithoutARoleHasTheRightsOfItsCaller() {
    Ref role = world.role("R", privilege(plain, "call", true));
    assertThat(inside(world.key("R"), plain)).isEqualTo(new PermissionSet.Roles(Set.of(role)));
    assertThat(inside(world.key("server"), plain)).isEqualTo(PermissionSet.BuiltIn.SERVER);
  }

  @Test
  void aRoleReplacesTheRightsOfTheCaller() {
    Ref r = world.role("R");
    Ref q = world.role("Q");
    String admin = world.key("admin");
    assertThat(inside(admin, function("c", new StringValue("client"))))
        .isEqualTo(PermissionSet.BuiltIn.NONE);
    assertThat(inside(admin, function("n", new StringValue("R"))))
        .isEqualTo(new PermissionSet.Roles(Set.of(r)));
    assertThat(inside(admin, function("q", ArrayValue.of(new StringValue("R"), q))))
        .isEqualTo(new PermissionSet.Roles(Set.of(r, q)));
    assertThat(inside(admin, function("u", new StringValue("unknown"))))
        .isEqualTo(new PermissionSet.Roles(Set.of()));
  }

  @Test
  void theRestOfTheSessionStays() {
    Ref server = function("serverful", new StringValue("server"));
    world.roleOf(
        "R",
        World.membership(world.collection(world.users)),
        privilege(server, "call", true),
        privilege(plain, "call", true));
    world.as(
        world.token(world.alice),
        s -> {
          Session body = enter(s, server);
          assertThat((Object) body.identity()).isEqualTo(s.identity());
          assertThat(body.principal()).isEqualTo(s.principal());
          assertThat(body.scope()).isEqualTo(s.scope());
          assertThat(body.isReadOnly()).isFalse();
          assertThat(body.isInPredicate()).isFalse();
          assertThat(enter(s.readOnly(), server).isReadOnly()).isTrue();
          assertThat(enter(body, plain).permissions()).isEqualTo(PermissionSet.BuiltIn.SERVER);
          assertThat(s.permissions()).isInstanceOf(PermissionSet.Identity.class);
          return null;
        });
  }

  @Test
  void aPredicateCallsEverythingAndStillWritesNothing() {
    Ref admin = function("adminful", new StringValue("admin"));
    world.predicates.put(
        "calls",
        (session, _) -> {
          Session body = enter(session, admin);
          assertThat(body.permissions()).isEqualTo(PermissionSet.BuiltIn.ADMIN);
          assertThat(body.isInPredicate()).isTrue();
          assertThatThrownBy(() -> body.v4().delete(world.todo10))
              .isInstanceOfSatisfying(
                  AccessException.WriteRefused.class,
                  refused -> assertThat(refused.inPredicate()).isTrue());
          return World.returned(World.value(true));
        });
    world.role("R", privilege(world.collection(world.todos), "read", World.v10("calls")));
    boolean granted = world.as(world.key("R"), s -> s.mayRead(world.todo10));
    assertThat(granted).isTrue();
  }

  // ---------------------------------------------------------------- functions of tenants

  @Test
  void aFunctionOfADatabaseBelowRunsThereAndOnlyReads() {
    Ref tenants = functionOfKid(world, "f", null);
    world.as(
        world.key("admin"),
        s -> {
          Session body = enter(s, tenants);
          assertThat(body.scope()).isEqualTo(world.kid);
          assertThat(body.catalog().scope()).isEqualTo(world.kid);
          assertThat(body.isReadOnly()).isFalse();
          assertThat(body.may(new Operation.Delete(new Ref(world.kid, world.users, 1)))).isFalse();
          assertThatThrownBy(() -> body.writing(() -> null))
              .isInstanceOf(AccessException.Denied.class);
          assertThat(body.mayRead(world.todo10)).isFalse();
          assertThat(body.mayRead(new Ref(world.kid, world.users, 1))).isTrue();
          assertThat((Object) body.database(world.app)).isNull();
          assertThat(body.principal().loginSource()).isEqualTo(s.principal().loginSource());
          return null;
        });
  }

  @Test
  void aRoleOfADatabaseBelowGivesNothingAbove() {
    world.role("R", privilege(world.collection(world.todos), "read", true));
    Ref adminful = functionOfKid(world, "adminful", new StringValue("admin"));
    Ref namesake = functionOfKid(world, "namesake", new StringValue("R"));
    world.as(
        world.key("server"),
        s -> {
          Session body = enter(s, adminful);
          assertThat(body.mayRead(new Ref(world.app, SystemCollections.KEY, 1))).isFalse();
          assertThat(body.mayRead(world.todo10)).isFalse();
          assertThat(enter(s, namesake).permissions()).isEqualTo(new PermissionSet.Roles(Set.of()));
          return null;
        });
  }

  @Test
  void changesAreFollowedHereAndBelowOnly() {
    Ref here = world.collection(world.todos);
    world.as(
        KID,
        s -> {
          assertThatThrownBy(() -> s.changes(here, 0)).isInstanceOf(IllegalArgumentException.class);
          assertThatThrownBy(() -> s.allChanges(world.app, 0))
              .isInstanceOf(IllegalArgumentException.class);
          s.allChanges(world.kid, s.snapshotTime()).close();
          return null;
        });
    world.admin(s -> s.allChanges(world.kid, s.snapshotTime()).close());
  }

  @Test
  void onlyThoseWhoMayReadBelowMayCallThere() {
    Ref tenants = functionOfKid(world, "f", new StringValue("admin"));
    world.role("R", privilege(plain, "call", true));
    for (String role : List.of("client", "server-readonly", "R")) {
      assertThatThrownBy(() -> inside(world.key(role), tenants))
          .isInstanceOf(AccessException.Denied.class);
    }
  }

  @Test
  void anIdentityIsNobodyInAnotherDatabase() {
    Principal below = world.as(world.token(world.alice), Session::principal).in(world.kid);
    Ref sameNumber = new Ref(world.kid, SystemCollections.COLLECTION, world.users);
    assertThat(below.actsForMemberOf(sameNumber)).isFalse();
    assertThat(below.actsForMemberOf(world.collection(world.users))).isTrue();
  }
}
