package io.refugium.access;

import static io.refugium.access.World.object;
import static io.refugium.access.World.privilege;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.secret.Credentials;
import io.refugium.access.secret.SecretHash;
import io.refugium.database.Metrics;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spec access 4: credentials, login, logout and who is asking. */
class IdentityTest {
  private final World world = new World();
  private String client;

  @BeforeEach
  void passwords() {
    world.password(world.alice, "pw1");
    world.password(world.bob, "pw2");
    client = world.key("client");
  }

  @AfterEach
  void close() {
    world.close();
  }

  // ---------------------------------------------------------------- v4

  @Test
  void loginNeedsNoRights() {
    Secrets.LoggedIn session =
        world.as(client, s -> s.v4().identity().login(world.alice, "pw1", ObjectValue.EMPTY));
    assertThat(session.secret()).hasSize(51).startsWith("fnE");
    assertThat((Object) session.token().get("instance")).isEqualTo(world.alice);
    assertThat(world.identity(session.secret())).isEqualTo(world.alice);
  }

  @Test
  void loginKeepsTimeToLive() {
    TimeValue past = TimeValue.ofMicros(1);
    Secrets.LoggedIn session =
        world.as(
            client, s -> s.v4().identity().login(world.alice, "pw1", ObjectValue.of("ttl", past)));
    assertThat(world.accepts(session.secret())).isFalse();
  }

  @Test
  void loginFailsAlike() {
    assertThat(login(world.alice, "pw2")).isFalse();
    assertThat(login(world.alice, null)).isFalse();
    assertThat(login(world.alice, "")).isFalse();
    assertThat(login(world.carol, "pw3")).isFalse();
    assertThat(login(new Ref(world.app, world.users, 99), "pw1")).isFalse();
    assertThat(login(null, "pw1")).isFalse();
    assertThat(login(new Ref(world.kid, world.users, 1), "pw1")).isFalse();
  }

  private boolean login(Ref document, String password) {
    return world.as(
        client, s -> s.v4().identity().login(document, password, ObjectValue.EMPTY) != null);
  }

  @Test
  void aCredentialOutlivesItsDocument() {
    world.delete(world.alice);
    Secrets.LoggedIn session =
        world.as(client, s -> s.v4().identity().login(world.alice, "pw1", ObjectValue.EMPTY));
    assertThat(world.accepts(session.secret())).isFalse();
  }

  @Test
  void identify() {
    assertThat(identify(world.alice, "pw1")).isTrue();
    assertThat(identify(world.alice, "pw2")).isFalse();
    assertThat(identify(world.alice, null)).isFalse();
    assertThat(identify(new Ref(world.app, world.users, 99), "pw1")).isFalse();
  }

  private boolean identify(Ref document, String password) {
    return world.as(client, s -> s.v4().identity().identify(document, password));
  }

  @Test
  void logoutOfOneOrAll() {
    String first = world.token(world.alice);
    String second = world.token(world.alice);
    String third = world.token(world.alice);
    String other = world.token(world.bob);
    assertThat(logout(first, false)).isTrue();
    assertThat(world.accepts(first)).isFalse();
    assertThat(world.accepts(second)).isTrue();
    assertThat(logout(second, true)).isTrue();
    assertThat(world.accepts(second)).isFalse();
    assertThat(world.accepts(third)).isFalse();
    assertThat(world.accepts(other)).isTrue();
  }

  @Test
  void logoutWithoutToken() {
    String admin = world.key("admin");
    assertThat(logout(admin, true)).isFalse();
    assertThat(logout(admin, false)).isFalse();
    String token = world.token(world.alice);
    assertThat(logout(admin + ":@doc/users/1", false)).isFalse();
    assertThat(world.accepts(token)).isTrue();
    assertThat(logout(admin + ":@doc/users/1", true)).isTrue();
    assertThat(world.accepts(token)).isFalse();
  }

  @Test
  void logoutTwiceInOneRequest() {
    List<Boolean> twice =
        world.as(
            world.token(world.alice),
            s -> {
              V4Identity identity = s.v4().identity();
              return List.of(identity.logout(false), identity.logout(false), identity.logout(true));
            });
    assertThat(twice).containsOnly(true);
  }

  private boolean logout(String secret, boolean all) {
    return world.as(secret, s -> s.v4().identity().logout(all));
  }

  @Test
  void whoIsAsking() {
    String admin = world.key("admin");
    String token = world.token(world.alice);
    assertThat(v4Identity(admin)).isNull();
    assertThat(v4Identity(token)).isEqualTo(world.alice);
    assertThat(v4Token(admin)).isEqualTo(((LoginSource.Key) world.loginSource(admin)).ref());
    assertThat(v4Token(admin + ":kid:admin")).isNull();
    assertThat(v4Token(World.ROOT)).isNull();
    assertThat(v4Token(token)).isEqualTo(((LoginSource.Token) world.loginSource(token)).ref());
    assertThat(v10Token(admin)).isNull();
    assertThat(v10Token(World.ROOT)).isNull();
    assertThat(v10Token(token)).isEqualTo(v4Token(token));
    assertThat((Object) world.as(token, s -> s.v10().identity().queryIdentity()))
        .isEqualTo(world.alice);
    assertThat((Object) world.as(admin, s -> s.v10().identity().queryIdentity())).isNull();
  }

  private Object v4Identity(String secret) {
    return world.as(secret, s -> s.v4().identity().currentIdentity());
  }

  private Object v4Token(String secret) {
    return world.as(secret, s -> s.v4().identity().currentToken());
  }

  private Object v10Token(String secret) {
    return world.as(secret, s -> s.v10().identity().queryToken());
  }

  @Test
  void passwordsAndSecretsAreCheckedWithinTheTimeOfTheRequest() {
    String token = world.token(world.alice);
    for (Gate.Body<Object> check :
        List.<Gate.Body<Object>>of(
            s -> s.v4().identity().identify(world.alice, "pw1"),
            s -> s.v4().identity().keyFromSecret(token))) {
      TransactionOptions options = TransactionOptions.within(TimeUnit.SECONDS.toNanos(1));
      Gate.Body<Object> late =
          s -> {
            while (System.nanoTime() < options.deadline()) {
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            }
            return check.run(s);
          };
      assertThatThrownBy(
              () -> world.gate.execute(Credentials.bearer(client), options, new Metrics(), late))
          .isInstanceOf(DatabaseException.DeadlineExceeded.class);
    }
  }

  @Test
  void aDocumentHasOneCredential() {
    Ref credential =
        world.adminGet(
            s -> {
              try (var all =
                  s.v10().scan(SystemCollections.CREDENTIAL, ReadTime.NOW, Direction.ASCENDING)) {
                all.next();
                return all.ref();
              }
            });
    Ref owner =
        world.adminGet(s -> (Ref) s.v4().get(credential, Transaction.NOW).orNull().get("instance"));
    Ref other = new Ref(world.app, SystemCollections.CREDENTIAL, 1);
    boolean[] taken = {
      world.adminGet(s -> s.secrets().isTaken(owner, credential)),
      world.adminGet(s -> s.secrets().isTaken(owner, other)),
      world.adminGet(s -> s.secrets().isTaken(world.todo10, other))
    };
    assertThat(taken).containsExactly(false, true, false);
  }

  @Test
  void theIdInTheSecretOfAKey() {
    String key = world.key("client");
    assertThat(Secrets.keyIdOf(key))
        .isEqualTo(((LoginSource.Key) world.loginSource(key)).ref().id());
    assertThat(Secrets.keyIdOf(world.token(world.alice))).isEqualTo(-1);
    assertThat(Secrets.keyIdOf("nonsense")).isEqualTo(-1);
    Secrets.Issued issued = world.adminGet(s -> s.secrets().given(key));
    assertThat(issued.text()).isEqualTo(key);
    assertThat(issued).hasToString("Issued");
  }

  @Test
  void self() {
    String token = world.token(world.alice);
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    assertThat(self(token, world.users)).isEqualTo(world.alice);
    assertThat(self(token, world.todos)).isNull();
    assertThat(self(token, SystemCollections.TOKEN)).isEqualTo(v4Token(token));
    assertThat(self(token, SystemCollections.CREDENTIAL)).isEqualTo(credential);
    assertThat(self(world.token(world.carol), SystemCollections.CREDENTIAL)).isNull();
    assertThat(self(client, world.users)).isNull();
    assertThat(self(client, SystemCollections.TOKEN)).isNull();
  }

  private Object self(String secret, int collection) {
    return world.as(secret, s -> s.v4().identity().self(collection));
  }

  @Test
  void keyFromSecret() {
    String admin = world.key("admin");
    String server = world.key("server");
    String token = world.token(world.alice);
    assertThat(keyFromSecret(admin, server))
        .isEqualTo(((LoginSource.Key) world.loginSource(server)).ref());
    assertThat(keyFromSecret(server, server)).isNull();
    assertThat(keyFromSecret(server, token)).isEqualTo(v4Token(token));
    assertThat(keyFromSecret(token, token)).isEqualTo(v4Token(token));
    assertThat(keyFromSecret(world.token(world.bob), token)).isNull();
    assertThat(keyFromSecret(admin, "nonsense")).isNull();
    assertThat(keyFromSecret(admin, server + ":client")).isNull();
  }

  private Object keyFromSecret(String secret, String argument) {
    return world.as(
        secret,
        s -> {
          Document document = s.v4().identity().keyFromSecret(argument);
          return document == null ? null : document.ref();
        });
  }

  // ---------------------------------------------------------------- passwords

  @Test
  void onlyServerChangesAPasswordWithoutTheOldOne() {
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    assertThatThrownBy(() -> setPassword("admin", credential, object("password", "n")))
        .isInstanceOf(AccessException.InvalidPassword.class);
    assertThatThrownBy(
            () ->
                setPassword(
                    "admin",
                    credential,
                    object("password", "n").with("current_password", World.value("x"))))
        .isInstanceOf(AccessException.InvalidPassword.class);
    assertThat(identify(world.alice, "pw1")).isTrue();
    setPassword(
        "admin", credential, object("password", "n").with("current_password", World.value("pw1")));
    assertThat(identify(world.alice, "n")).isTrue();
    setPassword("server", credential, object("password", "m"));
    assertThat(identify(world.alice, "m")).isTrue();
    assertThat(identify(world.alice, "n")).isFalse();
  }

  @Test
  void onlyServerSetsAHash() {
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    String hash = SecretHash.hash("other", new java.security.SecureRandom());
    setPassword("admin", credential, object("hashed_password", hash));
    assertThat(identify(world.alice, "pw1")).isTrue();
    setPassword("server", credential, object("hashed_password", hash));
    assertThat(identify(world.alice, "other")).isTrue();
    ObjectValue stored =
        world.adminGet(s -> s.v4().get(credential, Transaction.NOW).orNull().fields());
    assertThat(stored.names()).doesNotContain("password", "current_password");
  }

  private void setPassword(String role, Ref credential, ObjectValue given) {
    world.as(
        world.key(role),
        s ->
            s.v4()
                .write(
                    credential,
                    before -> {
                      ObjectValue.Builder merged = before.fields().toBuilder();
                      given.forEach(field -> merged.put(field.getKey(), field.getValue()));
                      ObjectValue after = merged.build();
                      return Change.exactly(after, _ -> s.secrets().storeCredential(before, after));
                    },
                    null));
  }

  @Test
  void credentialsInParametersNeedOnlyTheDocument() {
    world.roleOf(
        "R",
        World.membership(world.collection(world.users)),
        privilege(world.collection(world.users), "write", World.v10("self")));
    world.predicates.put(
        "self",
        (session, input) ->
            World.returned(World.value(((Operation) input).target().equals(session.identity()))));
    String alice = world.token(world.alice);
    world.as(alice, s -> s.v4().write(world.alice, b -> same(b.fields()), object("password", "q")));
    assertThat(identify(world.alice, "q")).isTrue();
    assertThatThrownBy(
            () ->
                world.as(
                    alice,
                    s -> s.v4().write(world.bob, b -> same(b.fields()), object("password", "q"))))
        .isInstanceOf(AccessException.Denied.class);
    assertThat(identify(world.bob, "pw2")).isTrue();
    world.as(alice, s -> s.v4().write(world.alice, b -> same(b.fields()), ObjectValue.EMPTY));
    assertThat(identify(world.alice, "q")).isTrue();
  }

  @Test
  void credentialsOfANewDocument() {
    Ref dora =
        world
            .as(
                world.key("server"),
                s ->
                    s.v4()
                        .create(
                            world.users,
                            ObjectValue.EMPTY,
                            Preparation.of(ObjectValue.EMPTY),
                            object("password", "z")))
            .ref();
    assertThat(identify(dora, "z")).isTrue();
    ObjectValue stored = world.adminGet(s -> s.v4().get(dora, Transaction.NOW).orNull().fields());
    assertThat(stored.has("credentials")).isFalse();
  }

  private static Change same(ObjectValue fields) {
    return Change.exactly(fields, Preparation.of(fields));
  }

  // ---------------------------------------------------------------- v10

  @Test
  void v10LoginLendsNoRights() {
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    world.role("None", privilege(new StringValue("users"), "read", true));
    world.role("Reads", privilege(new StringValue("Credential"), "read", true));
    world.role(
        "Logs",
        privilege(new StringValue("Credential"), "read", true),
        privilege(new StringValue("Token"), "create", true));
    assertThat(v10Login("None", credential, "pw1")).isEqualTo("denied");
    assertThat(v10Login("Reads", credential, "pw1")).isEqualTo("denied");
    assertThat(v10Login("Reads", credential, "bad")).isEqualTo("wrong");
    assertThat(v10Login("Logs", credential, "bad")).isEqualTo("wrong");
    assertThat(v10Login("Logs", credential, "pw1")).isEqualTo("token");
    assertThat(v10Login("server", credential, "pw1")).isEqualTo("token");
    assertThat(v10Login("server-readonly", credential, "pw1")).isEqualTo("denied");
  }

  private String v10Login(String role, Ref credential, String password) {
    try {
      return world.as(
          world.key(role),
          s ->
              s.v10().identity().login(credential, password, ObjectValue.EMPTY) == null
                  ? "wrong"
                  : "token");
    } catch (AccessException.Denied denied) {
      return "denied";
    }
  }

  @Test
  void v10Verify() {
    Ref credential = world.adminGet(s -> s.v10().identity().credentialOf(world.alice));
    boolean right =
        world.as(world.key("server"), s -> s.v10().identity().verify(credential, "pw1"));
    boolean wrong = world.as(world.key("server"), s -> s.v10().identity().verify(credential, "x"));
    assertThat(List.of(right, wrong)).containsExactly(true, false);
    assertThatThrownBy(() -> world.as(client, s -> s.v10().identity().verify(credential, "pw1")))
        .isInstanceOf(AccessException.Denied.class);
    boolean own =
        world.as(world.token(world.alice), s -> s.v10().identity().verify(credential, "pw1"));
    assertThat(own).isTrue();
  }

  @Test
  void v10TokensOfADocumentAreFiltered() {
    String alice = world.token(world.alice);
    world.token(world.alice);
    assertThat(tokensSeen("server")).isEqualTo(2);
    assertThat(tokensSeen("client")).isEqualTo(0);
    int own = world.as(alice, s -> s.v10().identity().tokensOf(world.alice).size());
    assertThat(own).isEqualTo(2);
  }

  private int tokensSeen(String role) {
    return world.as(world.key(role), s -> s.v10().identity().tokensOf(world.alice).size());
  }
}
