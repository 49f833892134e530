package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.secret.Credentials;
import io.refugium.access.secret.Secret;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spec access 2 and 13.1. */
class AuthenticationTest {
  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void noCredentialsAreRefusedWithoutATransaction() {
    assertThatThrownBy(
            () ->
                world.gate.execute(
                    Credentials.NONE,
                    TransactionOptions.within(1_000_000_000L),
                    new Metrics(),
                    _ -> 1))
        .isInstanceOf(AccessException.Unauthorized.class);
  }

  @ParameterizedTest
  @CsvSource({"admin, ADMIN", "server, SERVER", "server-readonly, SERVER_READONLY", "client, NONE"})
  void builtInRolesOfKeys(String role, PermissionSet.BuiltIn expected) {
    String secret = world.key(role);
    Principal principal = world.as(secret, Session::principal);
    assertThat(principal.permissions()).isEqualTo(expected);
    assertThat(principal.identity()).isNull();
    assertThat(principal.loginSource()).isInstanceOf(LoginSource.Key.class);
    assertThat(principal.scope()).isEqualTo(world.app);
    assertThat(principal.authScope()).isEqualTo(world.app);
  }

  @Test
  void aSecretMustBeExact() {
    String secret = world.key("server");
    assertThat(world.accepts(secret)).isTrue();
    assertThat(world.accepts(secret)).isTrue();
    assertThat(world.accepts(secret + "x")).isFalse();
    assertThat(world.accepts("x" + secret)).isFalse();
    Secret.KeySecret decoded = (Secret.KeySecret) Secret.decode(secret);
    assertThat(world.accepts(Secret.forKey(decoded.id(), new SecureRandom()).text())).isFalse();
    assertThat(world.accepts(Secret.forKey(decoded.id() + 1, new SecureRandom()).text())).isFalse();
    assertThat(world.accepts(Secret.forToken(1, world.app, new SecureRandom()).text())).isFalse();
    assertThat(world.accepts("nonsense")).isFalse();
  }

  @Test
  void onlyTheHashIsStored() {
    String secret = world.key("server");
    Ref key = ((LoginSource.Key) world.loginSource(secret)).ref();
    ObjectValue fields =
        world.adminGet(session -> session.v4().get(key, Long.MAX_VALUE).orNull().fields());
    assertThat(fields.has("secret")).isFalse();
    assertThat(((StringValue) fields.get("hashed_secret")).value()).startsWith("$2a$05$");
    assertThat(fields.toString()).doesNotContain(secret);
  }

  @Test
  void aDeletedKeyIsRefusedAtTheNextRequest() {
    Map.Entry<Ref, String> key =
        world.adminGet(session -> World.newKey(session, World.object("role", "server")));
    assertThat(world.accepts(key.getValue())).isTrue();
    world.delete(key.getKey());
    assertThat(world.accepts(key.getValue())).isFalse();
  }

  @Test
  void anExpiredKeyIsRefused() {
    Map.Entry<Ref, String> key =
        world.adminGet(session -> World.newKey(session, World.object("role", "server")));
    world.update(key.getKey(), "ttl", TimeValue.ofMicros(1));
    assertThat(world.accepts(key.getValue())).isFalse();
  }

  @Test
  void aKeyFollowsItsRole() {
    Map.Entry<Ref, String> key =
        world.adminGet(session -> World.newKey(session, World.object("role", "client")));
    world.update(key.getKey(), "role", new StringValue("admin"));
    assertThat(world.permissions(key.getValue())).isEqualTo(PermissionSet.BuiltIn.ADMIN);
  }

  @Test
  void userRolesOfKeys() {
    Ref r = world.role("R");
    Ref s = world.role("S");
    assertThat(world.permissions(world.key("R"))).isEqualTo(new PermissionSet.Roles(Set.of(r)));
    assertThat(world.permissions(world.key(r))).isEqualTo(new PermissionSet.Roles(Set.of(r)));
    assertThat(world.permissions(world.key(ArrayValue.of(r, new StringValue("S")))))
        .isEqualTo(new PermissionSet.Roles(Set.of(r, s)));
    assertThat(world.permissions(world.key(ArrayValue.of(new StringValue("admin")))))
        .isEqualTo(new PermissionSet.Roles(Set.of()));
    assertThat(world.permissions(world.key(ArrayValue.EMPTY)))
        .isEqualTo(new PermissionSet.Roles(Set.of()));
    String orphan = world.key(s);
    world.delete(s);
    assertThat(world.permissions(orphan)).isEqualTo(new PermissionSet.Roles(Set.of()));
  }

  @Test
  void aRoleNamedLikeABuiltInOneIsNotMeantByTheWord() {
    world.role("admin", World.privilege(world.collection(world.todos), "read", true));
    assertThat(world.permissions(world.key("admin"))).isEqualTo(PermissionSet.BuiltIn.ADMIN);
  }

  // ---------------------------------------------------------------- tokens

  @Test
  void aTokenActsAsItsDocument() {
    String token = world.token(world.alice);
    Principal principal = world.as(token, Session::principal);
    assertThat(principal.identity()).isEqualTo(world.alice);
    assertThat(principal.permissions())
        .isEqualTo(new PermissionSet.Identity(world.alice, Set.of()));
    assertThat(principal.loginSource()).isInstanceOf(LoginSource.Token.class);
  }

  @Test
  void aTokenOfADeletedDocumentIsRefusedUntilItIsBack() {
    String token = world.token(world.alice);
    world.delete(world.alice);
    assertThat(world.accepts(token)).isFalse();
    world.admin(session -> World.put(session, world.alice, ObjectValue.EMPTY));
    assertThat(world.accepts(token)).isTrue();
  }

  @Test
  void aTokenForSomethingElseThanAUserDocumentIsNeverAccepted() {
    assertThat(world.accepts(world.token(world.collection(world.users)))).isFalse();
    assertThat(world.accepts(world.token(new Ref(world.app, world.users, 99)))).isFalse();
  }

  @Test
  void aTokenFollowsItsDocumentField() {
    Map.Entry<Ref, String> token =
        world.adminGet(session -> World.newToken(session, ObjectValue.of("instance", world.alice)));
    world.update(token.getKey(), "instance", world.bob);
    assertThat(world.identity(token.getValue())).isEqualTo(world.bob);
  }

  @ParameterizedTest
  @ValueSource(strings = {":kid:admin", ":whatever", ":server", ":@doc/users/2", ":nokid:client"})
  void aTokenIgnoresScopes(String scope) {
    assertThat(world.identity(world.token(world.alice) + scope)).isEqualTo(world.alice);
  }

  // ---------------------------------------------------------------- scopes

  @Test
  void anAdminKeyMayBecomeAnything() {
    world.role("R");
    String admin = world.key("admin");
    assertThat(world.permissions(admin + ":server")).isEqualTo(PermissionSet.BuiltIn.SERVER);
    assertThat(world.permissions(admin + ":server-readonly"))
        .isEqualTo(PermissionSet.BuiltIn.SERVER_READONLY);
    assertThat(world.permissions(admin + ":client")).isEqualTo(PermissionSet.BuiltIn.NONE);
    assertThat(world.permissions(admin + ":@role/R")).isInstanceOf(PermissionSet.Roles.class);
    assertThat(world.identity(admin + ":@doc/users/1")).isEqualTo(world.alice);
    assertThat(world.scope(admin + ":kid:admin")).isEqualTo(world.kid);
    assertThat(world.authScope(admin + ":kid:admin")).isEqualTo(world.app);
    assertThat(world.scope(admin + ":kid")).isEqualTo(world.app);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":nokid:admin",
        ":kid/none:admin",
        ":@role/none",
        ":@doc/users/99",
        ":@doc/nosuch/1",
        ":@doc/users/abc",
        ":@doc/users",
        ":@doc/keys/1",
        ":@doc/users/99999999999999999999",
        ":@doc/users/9999999999999999999",
        ":@doc/users/00000000000000000001",
        ":@doc/users/+1",
        ":@doc/users/1x",
        ":@doc/users/x1",
        ":adminx",
        ":@doc/users/-1"
      })
  void whatCannotBecomeIsRefused(String scope) {
    assertThat(world.accepts(world.key("admin") + scope)).isFalse();
  }

  @Test
  void aServerKeyMayBecomeADocumentAndNothingElse() {
    world.role("R");
    String server = world.key("server");
    assertThat(world.identity(server + ":@doc/users/1")).isEqualTo(world.alice);
    assertThat(world.loginSource(server + ":@doc/users/1")).isInstanceOf(LoginSource.Key.class);
    assertThat(world.identity(server + ":@doc/todos/10")).isEqualTo(world.todo10);
    assertThat(world.identity(server + ":@doc/users/0000000000000000001")).isEqualTo(world.alice);
    Ref ninth = new Ref(world.app, world.users, 9);
    world.admin(session -> World.put(session, ninth, World.object("name", "Nina")));
    assertThat(world.identity(server + ":@doc/users/9")).isEqualTo(ninth);
    assertThat(world.permissions(server + ":foo")).isEqualTo(PermissionSet.BuiltIn.SERVER);
    for (String scope :
        Set.of(
            ":server",
            ":client",
            ":admin",
            ":server-readonly",
            ":kid:server",
            ":@role/R",
            ":kid:@doc/c/1")) {
      assertThat(world.accepts(server + scope)).as(scope).isFalse();
    }
  }

  @Test
  void theOtherKeysMayBecomeNothing() {
    Ref role = world.role("R");
    for (String secret :
        Set.of(world.key("client"), world.key("server-readonly"), world.key(role))) {
      for (String scope : Set.of(":client", ":server-readonly", ":@role/R", ":@doc/users/1")) {
        assertThat(world.accepts(secret + scope)).as(scope).isFalse();
      }
      assertThat(world.accepts(secret + ":foo")).isTrue();
    }
  }

  @Test
  void theRootSecret() {
    assertThat(world.scope(World.ROOT)).isEqualTo(Ref.ROOT);
    assertThat(world.loginSource(World.ROOT)).isEqualTo(new LoginSource.Root());
    assertThat(world.scope(World.ROOT + ":app/kid:admin")).isEqualTo(world.kid);
    assertThat(world.identity(World.ROOT + ":app:@doc/users/1")).isEqualTo(world.alice);
    assertThat(world.accepts(World.ROOT + "x")).isFalse();
  }

  // ---------------------------------------------------------------- databases

  @Test
  void aKeyForAChild() {
    Ref kidDocument = new Ref(world.app, SystemCollections.DATABASE, world.kid);
    String byRef =
        world.adminGet(
            session ->
                World.newKey(session, World.object("role", "admin").with("database", kidDocument))
                    .getValue());
    String byName =
        world.adminGet(
            session ->
                World.newKey(
                        session,
                        World.object("role", "server").with("database", new StringValue("kid")))
                    .getValue());
    assertThat(world.scope(byRef)).isEqualTo(world.kid);
    assertThat(world.authScope(byRef)).isEqualTo(world.app);
    assertThat((Object) world.as(byRef, s -> s.v4().identity().currentToken())).isNull();
    assertThat(world.scope(byRef + ":server")).isEqualTo(world.kid);
    assertThat(world.accepts(byRef + ":kid:admin")).isFalse();
    assertThat(world.scope(byName)).isEqualTo(world.kid);
  }

  @Test
  void aUserRoleOfAKeyForAChildIsThatOfTheChild() {
    Ref here = world.role("R");
    String byRef =
        world.adminGet(
            session ->
                World.newKey(
                        session,
                        World.object("role", here).with("database", new StringValue("kid")))
                    .getValue());
    String byName =
        world.adminGet(
            session ->
                World.newKey(
                        session, World.object("role", "R").with("database", new StringValue("kid")))
                    .getValue());
    assertThat(world.permissions(byRef)).isEqualTo(new PermissionSet.Roles(Set.of()));
    assertThat(world.permissions(byName)).isEqualTo(new PermissionSet.Roles(Set.of()));
    Ref there =
        world.as(
            World.ROOT + ":app/kid:admin",
            session -> {
              ObjectValue fields = World.object("name", "R");
              return session
                  .v4()
                  .create(SystemCollections.ROLE, fields, Preparation.of(fields), null)
                  .ref();
            });
    assertThat(world.permissions(byRef)).isEqualTo(new PermissionSet.Roles(Set.of()));
    assertThat(world.permissions(byName)).isEqualTo(new PermissionSet.Roles(Set.of(there)));
  }

  @Test
  void deletingADatabaseEndsEverySecretOfIt() {
    String key =
        world.as(
            World.ROOT + ":app/kid:admin",
            session -> World.newKey(session, World.object("role", "admin")).getValue());
    String fromAbove =
        world.adminGet(
            session ->
                World.newKey(
                        session,
                        World.object("role", "admin").with("database", new StringValue("kid")))
                    .getValue());
    assertThat(world.accepts(key)).isTrue();
    assertThat(world.accepts(fromAbove)).isTrue();
    world.delete(new Ref(world.app, SystemCollections.DATABASE, world.kid));
    assertThat(world.accepts(key)).isFalse();
    assertThat(world.accepts(World.ROOT + ":app/kid:admin")).isFalse();
    ObjectValue again = World.object("name", "kid");
    world.create(SystemCollections.DATABASE, again);
    assertThat(world.accepts(key)).isFalse();
    assertThat(world.accepts(World.ROOT + ":app/kid:admin")).isTrue();
  }

  // ---------------------------------------------------------------- leases

  @Test
  void aLeaseEndsWithAnyChangeOfSecretOrRoles() {
    Ref role = world.role("R", World.privilege(world.collection(world.todos), "read", true));
    Ref other = world.role("S");
    Map.Entry<Ref, String> key =
        world.adminGet(session -> World.newKey(session, ObjectValue.of("role", role)));
    Lease before = world.as(key.getValue(), Session::lease);
    world.update(other, "data", ObjectValue.of("x", new StringValue("y")));
    world.update(world.todo10, "touched", new StringValue("y"));
    assertThat(world.as(key.getValue(), Session::lease)).isEqualTo(before);
    world.update(role, "data", ObjectValue.of("x", new StringValue("y")));
    Lease after = world.as(key.getValue(), Session::lease);
    assertThat(after).isNotEqualTo(before);
    world.update(key.getKey(), "data", ObjectValue.of("x", new StringValue("y")));
    assertThat(world.as(key.getValue(), Session::lease)).isNotEqualTo(after);
  }

  @Test
  void aLeaseEndsWithMembership() {
    Ref role =
        world.roleOf(
            "R",
            World.membership(world.collection(world.users)),
            World.privilege(world.collection(world.todos), "read", true));
    String token = world.token(world.alice);
    Lease before = world.as(token, Session::lease);
    assertThat(world.as(token, Session::lease)).isEqualTo(before);
    world.update(role, "membership", ArrayValue.EMPTY);
    assertThat(world.as(token, Session::lease)).isNotEqualTo(before);
  }
}
