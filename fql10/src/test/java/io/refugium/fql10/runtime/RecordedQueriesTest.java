package io.refugium.fql10.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.engine.FailureReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The recorded answers to queries that need no database, checked without a server. */
class RecordedQueriesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> answers() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("recorded-queries.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .map(
              recorded ->
                  DynamicTest.dynamicTest(recorded.get("id").asString(), () -> check(recorded)));
    }
  }

  private static void check(JsonNode recorded) {
    String query = recorded.get("query").asString();
    ResultFormat format = ResultFormat.named(recorded.get("format").asString());
    if (recorded.has("data")) {
      assertThat(JSON.readTree(Queries.json(query, format)))
          .as(query)
          .isEqualTo(recorded.get("data"));
      return;
    }
    QueryFailure failure =
        catchThrowableOfType(QueryFailure.class, () -> Queries.json(query, format));
    assertThat(failure).as(query).isNotNull();
    JsonNode error = recorded.get("error");
    assertThat(failure.code().wire()).isEqualTo(error.get("code").asString());
    assertThat(failure.getMessage()).isEqualTo(error.get("message").asString());
    if (recorded.has("summary")) {
      assertThat(FailureReport.render(failure)).isEqualTo(recorded.get("summary").asString());
    }
  }
}
