package io.refugium.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.limits.Http.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Queries that were brief many times are answered by the thread that reads them, which must not
 * wait: what the same query does then with other numbers or for somebody else shall be no
 * different.
 */
class BriefQueriesTest {
  /** More than it takes to be known as brief. */
  private static final int OFTEN = 600;

  private static final int MANY = 40_000;

  private static ServerProcess server;
  private static Http http;
  private static String key;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start();
    http = new Http(server);
    v10(ServerProcess.SECRET, "Collection.create({name: 'things'})\n0");
    v10(ServerProcess.SECRET, "Collection.create({name: 'things4'})\n0");
    key = newKey();
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static String newKey() throws Exception {
    Answer created = http.v10(ServerProcess.SECRET, "Key.create({role: 'server'})");
    return created.body().get("data").get("secret").asString();
  }

  private static Answer v10(String secret, String query) throws Exception {
    Answer answer = http.v10(secret, query);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer;
  }

  private static Answer v4(String secret, String query) throws Exception {
    Answer answer = http.v4(secret, query);
    assertThat(answer.status()).as(answer.response().body()).isBetween(200, 201);
    return answer;
  }

  private static int count(String collection) throws Exception {
    return v10(key, collection + ".all().count()").body().get("data").asInt();
  }

  @Test
  void aWriteOfFqlV10IsDoneOnce() throws Exception {
    String query = "if (%d == 1) { things.create({}); 1 } else 0";
    for (int i = 0; i < OFTEN; i++) {
      v10(key, query.formatted(0));
    }
    assertThat(count("things")).isZero();
    assertThat(v10(key, query.formatted(1)).body().get("data").asInt()).isOne();
    assertThat(count("things")).isOne();
  }

  @Test
  void aWriteOfFqlV4IsDoneOnce() throws Exception {
    String query =
        "{\"if\":{\"equals\":[%d,1]},\"then\":{\"create\":{\"collection\":\"things4\"},\"params\":{\"object\":{}}},\"else\":0}";
    for (int i = 0; i < OFTEN; i++) {
      v4(key, query.formatted(0));
    }
    assertThat(count("things4")).isZero();
    assertThat(v4(key, query.formatted(1)).status()).isEqualTo(201);
    assertThat(count("things4")).isOne();
  }

  @Test
  void aLongComputationEnds() throws Exception {
    String query = "Set.sequence(0, %d).fold(0, (a, b) => a + b)";
    for (int i = 0; i < OFTEN; i++) {
      v10(key, query.formatted(i % 10));
    }
    long sum = (long) MANY * (MANY - 1) / 2;
    assertThat(v10(key, query.formatted(MANY)).body().get("data").asLong()).isEqualTo(sum);
  }

  /** The role lets one read what has {@code n} 0, and the rest if a slow hash matches. */
  @Test
  void aPredicateThatTurnsOutToBeSlowStillGrants() throws Exception {
    String person = "{\"ref\":{\"collection\":\"people\"},\"id\":\"1\"}";
    String predicate =
        "{\"query\":{\"lambda\":\"ref\",\"expr\":{\"if\":{\"equals\":[{\"select\":[\"data\",\"n\"],\"from\":{\"get\":{\"var\":\"ref\"}}},0]},"
            + "\"then\":true,\"else\":{\"identify\":%s,\"password\":\"open sesame\"}}}}"
                .formatted(person);
    v4(ServerProcess.SECRET, "{\"create_collection\":{\"object\":{\"name\":\"people\"}}}");
    v4(ServerProcess.SECRET, "{\"create_collection\":{\"object\":{\"name\":\"guarded\"}}}");
    v4(
        ServerProcess.SECRET,
        "{\"create\":%s,\"params\":{\"object\":{\"credentials\":{\"object\":{\"password\":\"open sesame\"}}}}}"
            .formatted(person));
    for (int n = 0; n < 2; n++) {
      v4(
          ServerProcess.SECRET,
          "{\"create\":%s,\"params\":{\"object\":{\"data\":{\"object\":{\"n\":%d}}}}}"
              .formatted(guarded(n), n));
    }
    v4(
        ServerProcess.SECRET,
        "{\"create_role\":{\"object\":{\"name\":\"guard\",\"privileges\":[{\"object\":{\"resource\":{\"collection\":\"guarded\"},\"actions\":{\"object\":{\"read\":%s}}}}]}}}"
            .formatted(predicate));
    String secret =
        v10(ServerProcess.SECRET, "Key.create({role: 'guard'})")
            .body()
            .get("data")
            .get("secret")
            .asString();
    for (int i = 0; i < OFTEN; i++) {
      v4(secret, "{\"get\":%s}".formatted(guarded(0)));
    }
    v4(secret, "{\"get\":%s}".formatted(guarded(1)));
  }

  private static String guarded(int n) {
    return "{\"ref\":{\"collection\":\"guarded\"},\"id\":\"10%d\"}".formatted(n);
  }

  @Test
  void aSecretThatIsWrongOrNoLongerRightIsRefused() throws Exception {
    String mortal = newKey();
    for (int i = 0; i < OFTEN; i++) {
      v4(mortal, "{\"add\":[1," + i + "]}");
      v10(mortal, "1 + " + i);
    }
    String wrong = mortal.substring(0, mortal.length() - 3) + "AAA";
    assertThat(http.v4(wrong, "{\"add\":[1,1]}").status()).isEqualTo(401);
    assertThat(http.v10(wrong, "1 + 1").status()).isEqualTo(401);
    v10(ServerProcess.SECRET, "Key.all().forEach(k => if (k.role == 'server') k.delete())");
    key = newKey();
    assertThat(http.v4(mortal, "{\"add\":[1,1]}").status()).isEqualTo(401);
    assertThat(http.v10(mortal, "1 + 1").status()).isEqualTo(401);
  }
}
