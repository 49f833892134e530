package io.refugium.fql4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.access.AccessException;
import io.refugium.fql4.Fql4Queries.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Queries against a database: what the cases without one cannot show. */
class QueriesTest {
  private static final String SPELLS = "{\"collection\":\"spells\"}";
  private final Server server = new Server();

  @BeforeEach
  void defineSchema() {
    server.ask("{\"create_collection\":{\"object\":{\"name\":\"spells\"}}}");
    server.ask(
        """
        {"create_index":{"object":{"name":"by_level","source":{"collection":"spells"},
          "values":[{"object":{"field":["data","level"]}}]}}}""");
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static String create(int id, int level) {
    return "{\"create\":{\"ref\":%s,\"id\":%d},\"params\":{\"object\":{\"data\":{\"object\":{\"level\":%d}}}}}"
        .formatted(SPELLS, id, level);
  }

  @Test
  void aCreatedDocumentIsAnswered201WithTheTimeOfItsCommit() {
    Answer answer = server.run(Server.ROOT, create(1, 5), false);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(Server.body(answer).at("/resource/ts").asLong()).isEqualTo(answer.transactionTime());
    assertThat(answer.cost().writeOps()).isEqualTo(1);
  }

  @Test
  void aQuerySeesItsOwnWritesInIndexes() {
    JsonNode levels =
        server.ask(
            "{\"do\":[%s,%s,{\"select\":\"data\",\"from\":{\"paginate\":{\"match\":{\"index\":\"by_level\"}}}}]}"
                .formatted(create(1, 7), create(2, 3)));

    assertThat(levels.toString()).isEqualTo("[3,7]");
  }

  @Test
  void aFailureUndoesEverything() {
    JsonNode error = server.failure("{\"do\":[%s,{\"abort\":\"no\"}]}".formatted(create(1, 1)));

    assertThat(error.get("code").asString()).isEqualTo("transaction aborted");
    assertThat(server.ask("{\"exists\":{\"ref\":%s,\"id\":1}}".formatted(SPELLS)).asBoolean())
        .isFalse();
  }

  @Test
  void readOnlyRequestsMayNotWrite() {
    Answer answer = server.run(Server.ROOT, create(1, 1), true);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Server.body(answer).at("/errors/0/description").asString())
        .isEqualTo("Call performs a write, which is not allowed in get requests.");
  }

  @Test
  void pagesLeadOnWithoutGapOrRepeat() {
    for (int i = 1; i <= 7; i++) {
      server.ask(create(i, i * 10));
    }
    String after = "";
    StringBuilder seen = new StringBuilder();
    for (int pages = 0; pages < 4; pages++) {
      JsonNode page =
          server.ask(
              "{\"paginate\":{\"match\":{\"index\":\"by_level\"}},\"size\":2%s}".formatted(after));
      page.get("data").forEach(level -> seen.append(level.asInt()).append(' '));
      after = page.has("after") ? ",\"after\":" + page.get("after") : "";
    }

    assertThat(seen.toString()).isEqualTo("10 20 30 40 50 60 70 ");
    assertThat(after).isEmpty();
  }

  @Test
  void recursionEndsWithAnError() {
    server.ask(
        """
        {"create_function":{"object":{"name":"loop","body":{"query":{"lambda":"n","expr":
          {"call":"loop","arguments":{"add":[{"var":"n"},1]}}}}}}}""");

    assertThat(server.failure("{\"call\":\"loop\",\"arguments\":0}").get("code").asString())
        .isEqualTo("stack overflow");
  }

  @Test
  void aPredicateDecidesForTheDocumentInQuestionAndSeesWritesOfItsQuery() {
    server.ask(create(1, 1));
    server.ask(create(2, 9));
    server.ask(
        """
        {"create_role":{"object":{"name":"apprentice","privileges":{"object":{"resource":{"collection":"spells"},"actions":{"object":{
          "write":true,
          "read":{"query":{"lambda":"r","expr":{"lt":[{"select":["data","level"],"from":{"get":{"var":"r"}}},5]}}}}}}}}}}""");
    String secret =
        server
            .ask("{\"create_key\":{\"object\":{\"role\":{\"role\":\"apprentice\"}}}}")
            .get("secret")
            .asString();

    assertThat(server.ask(secret, "{\"count\":{\"documents\":%s}}".formatted(SPELLS)).asInt())
        .isEqualTo(1);
    assertThat(
            server
                .failure(secret, "{\"get\":{\"ref\":%s,\"id\":2}}".formatted(SPELLS))
                .get("code")
                .asString())
        .isEqualTo("permission denied");
    String lowered =
        "{\"do\":[{\"update\":{\"ref\":%1$s,\"id\":2},\"params\":{\"object\":{\"data\":{\"object\":{\"level\":2}}}}},{\"count\":{\"documents\":%1$s}}]}"
            .formatted(SPELLS);
    assertThat(server.ask(secret, lowered).asInt()).isEqualTo(2);
  }

  @Test
  void aBindingIndexesWhatItComputes() {
    server.ask(
        """
        {"create_index":{"object":{"name":"by_half","source":{"object":{"collection":{"collection":"spells"},"fields":{"object":{
          "half":{"query":{"lambda":"d","expr":{"divide":[{"select":["data","level"],"from":{"var":"d"}},2]}}}}}}},
          "terms":[{"object":{"binding":"half"}}]}}}""");
    server.ask(create(1, 8));

    assertThat(server.ask("{\"count\":{\"match\":{\"index\":\"by_half\"},\"terms\":4}}").asInt())
        .isEqualTo(1);
  }

  @Test
  void theSameTextMeansWhatTheSchemaSaysNow() {
    String query =
        "{\"exists\":{\"@ref\":{\"id\":\"later\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}}";

    assertThat(server.ask(query).asBoolean()).isFalse();
    server.ask("{\"create_collection\":{\"object\":{\"name\":\"later\"}}}");
    assertThat(server.ask(query).asBoolean()).isTrue();
  }

  @Test
  void aBadSecretIsRefusedBeforeTheQueryIsLookedAt() {
    assertThatThrownBy(() -> server.run("nobody", "{", false))
        .isInstanceOf(AccessException.Unauthorized.class);
  }

  /** What a stored lambda captures is there when it runs, also what exists only in a query. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"documents\":{\"collection\":\"spells\"}} | {\"@set\":{\"documents\":{\"@ref\":{\"id\":\"spells\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}}}",
        "{\"distinct\":{\"documents\":{\"collection\":\"spells\"}}} | {\"@set\":{\"distinct\":{\"@set\":{\"documents\":{\"@ref\":{\"id\":\"spells\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}}}}}",
        "{\"collection\":\"nope\"} | {\"@ref\":{\"id\":\"nope\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}",
        "{\"ref\":{\"collection\":\"nope\"},\"id\":7} | {\"@ref\":{\"id\":\"7\",\"collection\":{\"@ref\":{\"id\":\"nope\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}}}",
        "{\"keys\":{\"database\":\"kid\"}} | {\"@ref\":{\"id\":\"keys\",\"database\":{\"@ref\":{\"id\":\"kid\",\"collection\":{\"@ref\":{\"id\":\"databases\"}}}}}}",
        "{\"ref\":{\"collection\":\"spells\"},\"id\":1} | {\"@ref\":{\"id\":\"1\",\"collection\":{\"@ref\":{\"id\":\"spells\",\"collection\":{\"@ref\":{\"id\":\"collections\"}}}}}}",
        "{\"paginate\":{\"documents\":{\"collection\":\"spells\"}}} | {\"data\":[]}"
      })
  void storedLambdasKeepWhatTheyCapture(String captured, String expected) {
    server.ask("{\"create_database\":{\"object\":{\"name\":\"kid\"}}}");
    server.ask(
        "{\"let\":{\"k\":"
            + captured
            + "},\"in\":{\"create_function\":{\"object\":{\"name\":\"f\",\"body\":{\"query\":{\"lambda\":\"x\",\"expr\":{\"var\":\"k\"}}}}}}}");

    assertThat(server.ask("{\"call\":\"f\",\"arguments\":1}").toString()).isEqualTo(expected);
  }
}
