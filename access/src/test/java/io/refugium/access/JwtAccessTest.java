package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import io.refugium.access.jwt.Jwt;
import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.jwt.Tokens;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Spec access 9: requests with a JSON Web Token, with an identity provider on this machine. */
class JwtAccessTest {
  private static final RSAKey KEY = Tokens.key("k1");
  private static final String ISSUER = "https://issuer.example";

  private HttpServer keys;
  private World world;
  private Ref reader;
  private Ref provider;

  @BeforeEach
  void provider() throws IOException {
    keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    keys.createContext(
        "/keys",
        exchange -> {
          byte[] body = Tokens.published(KEY).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    keys.start();
    String host =
        keys.getAddress().getAddress().getHostAddress() + ":" + keys.getAddress().getPort();
    world = new World(new KeyAddresses(Set.of(host)));
    reader = world.role("Reader", World.privilege(world.collection(world.todos), "read", true));
    provider =
        world.create(
            SystemCollections.ACCESS_PROVIDER,
            World.object("name", "P")
                .with("issuer", new StringValue(ISSUER))
                .with("jwks_uri", new StringValue("http://" + host + "/keys"))
                .with("roles", reader));
  }

  @AfterEach
  void close() {
    keys.stop(0);
    world.close();
  }

  @Test
  void aTokenHasTheRolesOfItsProvider() {
    String token = token("iss", ISSUER, "aud", audience(), "sub", "me");
    Principal principal = world.as(token, Session::principal);
    assertThat(principal.permissions()).isEqualTo(new PermissionSet.Roles(Set.of(reader)));
    assertThat(principal.identity()).isNull();
    assertThat(principal.scope()).isEqualTo(world.app);
    boolean reads = world.as(token, s -> s.mayRead(world.todo10));
    boolean readsUsers = world.as(token, s -> s.mayRead(world.alice));
    assertThat(reads).isTrue();
    assertThat(readsUsers).isFalse();
  }

  @Test
  void whoIsAsking() {
    String token = token("iss", ISSUER, "aud", audience(), "sub", "me");
    Value v4 = world.as(token, s -> s.v4().identity().currentIdentity());
    Value payload = world.as(token, s -> s.v4().identity().currentToken());
    assertThat((Object) v4).isEqualTo(new StringValue("me"));
    assertThat((Object) ((ObjectValue) payload).get("iss")).isEqualTo(new StringValue(ISSUER));
    assertThat((Object) world.as(token, s -> s.v10().identity().queryIdentity())).isNull();
    assertThat((Object) world.as(token, s -> s.v10().identity().queryToken())).isEqualTo(payload);
    boolean loggedOut = world.as(token, s -> s.v4().identity().logout(true));
    assertThat(loggedOut).isFalse();
    String nameless = token("iss", ISSUER, "aud", audience());
    assertThat((Object) world.as(nameless, s -> s.v4().identity().currentIdentity())).isNull();
  }

  @Test
  void whatIsNotVouchedForIsRefused() {
    long now = System.currentTimeMillis() / 1000;
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience(), "exp", now + 60))).isTrue();
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience(), "exp", now - 1))).isFalse();
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience(), "nbf", now + 60))).isFalse();
    assertThat(world.accepts(token("iss", "https://other.example", "aud", audience()))).isFalse();
    assertThat(world.accepts(token("iss", audience(), "aud", audience()))).isFalse();
    assertThat(world.accepts(token("iss", ISSUER, "aud", Jwt.audience(world.kid)))).isFalse();
    assertThat(world.accepts(token("iss", ISSUER, "aud", Jwt.audience(Ref.ROOT)))).isFalse();
    assertThat(world.accepts(token("iss", ISSUER, "aud", Jwt.audience(12345)))).isFalse();
    Map<String, Object> claims = Tokens.claims("iss", ISSUER, "aud", audience());
    assertThat(world.accepts(Tokens.signed(Tokens.key("k1"), JWSAlgorithm.RS256, claims)))
        .isFalse();
    assertThat(world.accepts(Tokens.signed(Tokens.key("k2"), JWSAlgorithm.RS256, claims)))
        .isFalse();
    assertThat(world.accepts("ey.a")).isFalse();
    String good = token("iss", ISSUER, "aud", audience());
    for (String suffix : new String[] {":", "=", "!", ".", ".x"}) {
      assertThat(world.accepts(good + suffix)).as(suffix).isFalse();
    }
  }

  @Test
  void rolesByPredicate() {
    world.predicates.put(
        "isAdmin",
        (session, input) -> {
          assertThat(session.permissions()).isEqualTo(PermissionSet.BuiltIn.PREDICATE);
          return World.returned(
              World.value(
                  new StringValue("admin")
                      .equals(((PredicateInput.Claims) input).payload().get("scope"))));
        });
    ObjectValue conditional =
        ObjectValue.of("role", reader).with("predicate", World.v10("isAdmin"));
    world.update(provider, "roles", conditional);
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience(), "scope", "admin"))).isTrue();
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience(), "scope", "user"))).isFalse();
    Ref writer =
        world.role("Writer", World.privilege(world.collection(world.todos), "write", true));
    world.update(provider, "roles", ArrayValue.of(conditional, new StringValue("Writer")));
    assertThat(world.permissions(token("iss", ISSUER, "aud", audience(), "scope", "user")))
        .isEqualTo(new PermissionSet.Roles(Set.of(writer)));
    assertThat(world.permissions(token("iss", ISSUER, "aud", audience(), "scope", "admin")))
        .isEqualTo(new PermissionSet.Roles(Set.of(reader, writer)));
    for (String predicate : Set.of("false", "one", "fails", "writes")) {
      world.update(
          provider, "roles", ObjectValue.of("role", reader).with("predicate", World.v4(predicate)));
      assertThat(world.accepts(token("iss", ISSUER, "aud", audience()))).as(predicate).isFalse();
    }
  }

  @Test
  void changesCountAtTheNextRequest() {
    String token = token("iss", ISSUER, "aud", audience());
    assertThat(world.accepts(token)).isTrue();
    world.update(provider, "roles", null);
    assertThat(world.accepts(token)).isFalse();
    world.update(provider, "roles", new StringValue("Reader"));
    assertThat(world.accepts(token)).isTrue();
    world.update(provider, "jwks_uri", new StringValue("http://127.0.0.1:1/keys"));
    assertThat(world.accepts(token)).isFalse();
    world.delete(provider);
    assertThat(world.accepts(token)).isFalse();
  }

  @Test
  void aConditionThatCannotBeReadGivesNothing() {
    String token = token("iss", ISSUER, "aud", audience());
    ObjectValue role = ObjectValue.of("role", reader);
    world.update(provider, "roles", role.with("predicate", World.value(true)));
    assertThat(world.accepts(token)).isFalse();
    world.update(provider, "roles", role.with("predicate", io.refugium.model.NullValue.NULL));
    assertThat(world.accepts(token)).isTrue();
  }

  @Test
  void aDeletedRoleLeavesNothing() {
    String token = token("iss", ISSUER, "aud", audience());
    world.delete(reader);
    assertThat(world.accepts(token)).isFalse();
  }

  @Test
  void theDatabaseOfATokenIsToldToWhoMayReadIt() {
    String here = token("iss", ISSUER, "aud", audience());
    String below = token("iss", ISSUER, "aud", Jwt.audience(world.kid));
    Ref kid = new Ref(world.app, SystemCollections.DATABASE, world.kid);
    assertThat((Object) world.adminGet(s -> s.v4().identity().databaseOfJwt(below))).isEqualTo(kid);
    assertThat((Object) world.adminGet(s -> s.v4().identity().databaseOfJwt("ey.x.y"))).isNull();
    assertThatThrownBy(() -> world.adminGet(s -> s.v4().identity().databaseOfJwt(here)))
        .isInstanceOf(AccessException.Denied.class);
    String server = world.key("server");
    assertThatThrownBy(() -> world.as(server, s -> s.v4().identity().databaseOfJwt(below)))
        .isInstanceOf(AccessException.Denied.class);
  }

  @Test
  void aScopeBehindATokenIsNoToken() {
    assertThat(world.accepts(token("iss", ISSUER, "aud", audience()) + ":admin")).isFalse();
  }

  private String audience() {
    return Jwt.audience(world.app);
  }

  private static String token(Object... claims) {
    return Tokens.signed(KEY, JWSAlgorithm.RS256, Tokens.claims(claims));
  }
}
