package io.refugium.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.limits.Http.Answer;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Rate limits as clients see them. A request that costs far too much shuts its database out for ten
 * seconds, which is long enough for the next ones to be refused.
 */
@Timeout(120)
class RateLimitsTest {
  private static final String ADMIN = ServerProcess.SECRET;

  /** Longer than a debt that is not large takes to be paid. */
  private static final Duration RECOVERY = Duration.ofSeconds(2);

  private static ServerProcess server;
  private static Http http;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start("--rate-limit=compute=10/100000,read=20,streams=1000");
    http = new Http(server);
    for (String name :
        new String[] {"v4", "v10", "feed", "pages", "rest", "sibling", "soft", "family"}) {
      assertThat(http.v10(ADMIN, "Database.create({name: '" + name + "'})\n0").status())
          .isEqualTo(200);
      String collection = "Collection.create({name: 'things'})\n0";
      assertThat(http.v10(inside(name), collection).status()).isEqualTo(200);
      String documents = "Set.sequence(0, 400).forEach(i => things.create({n: i}))";
      assertThat(http.v10(inside(name), documents).status()).isEqualTo(200);
    }
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  private static String inside(String database) {
    return ADMIN + ":" + database + ":admin";
  }

  /** Reads more than may be read in ten seconds. */
  private static void overdraw(String database) throws Exception {
    Answer answer = http.v10(inside(database), "things.all().fold(0, (a, d) => a + (d.n ?? 0))");
    assertThat(answer.body().get("data").asInt()).isEqualTo(399 * 400 / 2);
    assertThat(answer.body().get("stats").get("rate_limits_hit").toString())
        .isEqualTo("[\"compute\",\"read\"]");
  }

  @Test
  void v10IsRefusedWithStats() throws Exception {
    overdraw("v10");
    Answer refused = http.v10(inside("v10"), "1 + 1", "x-query-tags", "a=b,c=d");
    assertThat(refused.status()).isEqualTo(429);
    JsonNode body = refused.body();
    assertThat(body.get("error").toString())
        .isEqualTo("{\"code\":\"limit_exceeded\",\"message\":\"Rate limit exceeded\"}");
    assertThat(body.get("query_tags").asString()).isEqualTo("c=d,a=b");
    JsonNode stats = body.get("stats");
    assertThat(stats.get("rate_limits_hit").toString()).isEqualTo("[\"read\"]");
    assertThat(stats.get("read_ops").asInt()).isZero();
    assertThat(stats.propertyNames())
        .containsExactlyInAnyOrder(
            "compute_ops",
            "read_ops",
            "write_ops",
            "query_time_ms",
            "contention_retries",
            "storage_bytes_read",
            "storage_bytes_write",
            "rate_limits_hit");
    assertThat(refused.header("retry-after")).isNull();
  }

  @Test
  void v4IsRefused() throws Exception {
    overdraw("v4");
    for (String path : new String[] {"/", "/linearized", "/stream"}) {
      Answer refused = http.send(inside("v4"), path, "{\"documents\":{\"collection\":\"things\"}}");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.response().body())
          .isEqualTo(
              "{\"errors\":[{\"code\":\"too many requests\",\"description\":\"Rate limit for read exceeded\"}]}");
      assertThat(refused.header("x-compute-ops")).isEqualTo("1");
      assertThat(refused.header("x-txn-time")).isNotNull();
    }
  }

  @Test
  void feedsAndStreamsAreRefused() throws Exception {
    String token =
        http.v10(inside("feed"), "things.all().eventSource()").body().get("data").asString();
    overdraw("feed");
    for (String path : new String[] {"/feed/1", "/stream/1"}) {
      Answer refused = http.send(inside("feed"), path, "{\"token\":\"" + token + "\"}");
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.body().get("error").get("code").asString()).isEqualTo("limit_exceeded");
    }
  }

  @Test
  void pagesOfAFeedAreCharged() throws Exception {
    String token =
        http.v10(inside("pages"), "things.all().eventSource()").body().get("data").asString();
    http.v10(inside("pages"), "Set.sequence(0, 30).forEach(i => things.create({n: i}))");
    Thread.sleep(RECOVERY);
    String page = "{\"token\":\"" + token + "\",\"page_size\":%d}";
    Answer all = http.send(inside("pages"), "/feed/1", page.formatted(100));
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.body().get("events")).hasSize(30);
    Answer next = http.send(inside("pages"), "/feed/1", page.formatted(100));
    assertThat(next.status()).isEqualTo(429);
  }

  /** Or who may create databases could give himself as many allowances. */
  @Test
  void childrenUseTheAllowanceOfTheDatabaseThatTheyLieIn() throws Exception {
    assertThat(http.v10(inside("family"), "Database.create({name: 'child'})\n0").status())
        .isEqualTo(200);
    assertThat(http.v10(inside("family/child"), "1").status()).isEqualTo(200);
    overdraw("family");
    assertThat(http.v10(inside("family/child"), "1").status()).isEqualTo(429);
    assertThat(http.v10(ADMIN, "1").status()).isEqualTo(200);
  }

  @Test
  void whatIsNoQueryIsRefusedToo() throws Exception {
    overdraw("rest");
    assertThat(http.send(inside("rest"), "/environment/1", "").status()).isEqualTo(429);
    assertThat(http.send(inside("rest"), "/collections", "{}").status()).isEqualTo(429);
    assertThat(http.send("nonsense", "/", "1").status()).isEqualTo(401);
    assertThat(http.send(inside("rest"), "/query/1", "zzz").status()).isEqualTo(400);
  }

  @Test
  void otherDatabasesDoNotSuffer() throws Exception {
    overdraw("sibling");
    assertThat(http.v10(inside("sibling"), "1").status()).isEqualTo(429);
    assertThat(http.v10(ADMIN, "1").status()).isEqualTo(200);
    assertThat(http.v10(inside("soft"), "1").status()).isEqualTo(200);
  }

  @Test
  void aSoftLimitIsToldInTheAnswer() throws Exception {
    String sum = "Set.sequence(0, 5000).fold(0, (a, b) => a + b)";
    JsonNode v10 = http.v10(inside("soft"), sum).body();
    assertThat(v10.get("stats").get("rate_limits_hit").toString()).isEqualTo("[\"compute\"]");
    String v4 =
        "{\"count\":{\"map\":{\"lambda\":\"x\",\"expr\":{\"add\":[1,{\"var\":\"x\"}]}},\"collection\":%s}}"
            .formatted(IntStream.range(0, 5000).boxed().toList());
    Answer answer = http.v4(inside("soft"), v4);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("x-rate-limited-ops")).isEqualTo("compute");
  }
}
