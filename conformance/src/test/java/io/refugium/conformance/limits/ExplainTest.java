package io.refugium.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.limits.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whoever runs an application finds out why one of its users may or may not do something. */
class ExplainTest {
  private static final String ADMIN = ServerProcess.SECRET + ":shop:admin";
  private static final String AS_ANN = ServerProcess.SECRET + ":shop:@doc/People/1";

  private static ServerProcess server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start();
    http = new Http(server);
    done(http.v10(ServerProcess.SECRET, "Database.create({ name: 'shop' })\n0"));
    done(http.v10(ADMIN, "Collection.create({ name: 'People' })\n0"));
    done(http.v10(ADMIN, "Collection.create({ name: 'Orders' })\n0"));
    done(
        http.v10(
            ADMIN,
            """
            Role.create({
              name: "customer",
              membership: { resource: "People" },
              privileges: {
                resource: "Orders",
                actions: { read: "doc => doc.by == Query.identity()" }
              }
            })
            People.create({ id: "1" })
            People.create({ id: "2" })
            Orders.create({ id: "7", by: People("1") })
            Orders.create({ id: "8", by: People("2") })
            0
            """));
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static Answer v10(String secret, String fql) throws Exception {
    return http.send(secret, "/explain/query/1", "{\"query\":\"" + fql + "\"}");
  }

  private static JsonNode decision(Answer answer, int place) {
    return answer.body().get("decisions").get(place);
  }

  @Test
  void tellsWhyAQueryOfV10IsRefused() throws Exception {
    Answer answer = v10(AS_ANN, "[Orders.byId('7')!.by, Orders.byId('8')!.by]");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().get("status").asInt()).isEqualTo(400);
    assertThat(answer.body().at("/answer/error/code").asString()).isEqualTo("null_value");
    assertThat(answer.body().get("caller").toString())
        .isEqualTo(
            "{\"secret\":\"root secret\",\"identity\":{\"collection\":\"People\",\"document\":\"1\"},\"rights\":[\"customer\"],\"memberships\":[{\"role\":\"customer\",\"outcome\":\"all are members\"}]}");
    assertThat(decision(answer, 0).get("granted").asBoolean()).isTrue();
    assertThat(decision(answer, 1).toString())
        .isEqualTo(
            "{\"action\":\"read\",\"on\":{\"collection\":\"Orders\",\"document\":\"8\"},\"granted\":false,"
                + "\"because\":\"no predicate was true\",\"rights\":[\"customer\"],"
                + "\"predicates\":[{\"role\":\"customer\",\"outcome\":\"false\"}]}");
  }

  @Test
  void tellsWhyAQueryOfV4IsRefused() throws Exception {
    String create = "{\"create\":{\"collection\":\"Orders\"},\"params\":{\"object\":{}}}";
    Answer answer = http.send(AS_ANN, "/explain/", create);
    assertThat(answer.body().get("status").asInt()).isEqualTo(403);
    assertThat(answer.body().at("/answer/errors/0/code").asString()).isEqualTo("permission denied");
    assertThat(decision(answer, 0).get("action").asString()).isEqualTo("create");
    assertThat(decision(answer, 0).get("because").asString()).isEqualTo("nothing grants it");
  }

  @Test
  void tellsWhyAListIsEmpty() throws Exception {
    done(
        http.v10(
            ADMIN,
            "Role.create({ name: 'other', privileges: { resource: 'Orders', actions: { create: true } } })\n0"));
    String asOther = ServerProcess.SECRET + ":shop:@role/other";
    Answer answer = v10(asOther, "Orders.all().toArray()");
    assertThat(answer.body().at("/answer/data").toString()).isEqualTo("[]");
    assertThat(decision(answer, 0).toString())
        .isEqualTo(
            "{\"action\":\"read\",\"on\":{\"collection\":\"Collection\",\"document\":\"Orders\"},\"granted\":false,"
                + "\"because\":\"nothing grants it\",\"rights\":[\"other\"]}");
  }

  @Test
  void changesNothing() throws Exception {
    Answer answer = v10(ADMIN, "Orders.create({ id: '9' }).id");
    assertThat(answer.body().at("/answer/data").asString()).isEqualTo("9");
    assertThat(http.v10(ADMIN, "Orders('9').exists()").body().get("data").asBoolean()).isFalse();
    String update =
        "{\"update\":{\"ref\":{\"collection\":\"Orders\"},\"id\":\"7\"},\"params\":{\"object\":{\"data\":{\"object\":{\"n\":1}}}}}";
    done(http.send(ADMIN, "/explain", update));
    assertThat(http.v10(ADMIN, "Orders('7')!.n ?? 'none'").body().get("data").asString())
        .isEqualTo("none");
  }

  @Test
  void onlyAdminsAreTold() throws Exception {
    String key = "Key.create({ role: 'server' }).secret";
    String serverKey = http.v10(ADMIN, key).body().get("data").asString();
    String token = "Token.create({ document: People('1') }).secret";
    String annsToken = http.v10(ADMIN, token).body().get("data").asString();
    for (String secret : new String[] {serverKey, serverKey + ":@doc/People/1", annsToken}) {
      assertThat(v10(secret, "Orders.all()").status()).isEqualTo(403);
      Answer v4 = http.send(secret, "/explain/", "{\"now\":null}");
      assertThat(v4.status()).isEqualTo(403);
      assertThat(v4.response().body()).doesNotContain("decisions", "customer");
    }
    assertThat(v10("fnWrong", "1").status()).isEqualTo(401);
    assertThat(http.send("fnWrong", "/explain/", "1").status()).isEqualTo(401);
  }

  @Test
  void thereIsNothingElse() throws Exception {
    for (String path :
        new String[] {"/explain/query", "/explain/linearized", "/explain/query/1/"}) {
      assertThat(http.send(ADMIN, path, "1").status()).isEqualTo(404);
    }
  }
}
