package io.refugium.fql4;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** How streams end that cannot go on (spec: HTTP surface 11.5): with an event that says why. */
@Timeout(30)
class StreamEndTest {
  private final Server server = new Server();
  private final List<JsonNode> told = new ArrayList<>();

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void thatWhatItMissedIsNotKeptAnyMore() throws Exception {
    server.ask("{\"create_collection\":{\"object\":{\"name\":\"c\"}}}");
    String ref = "{\"ref\":{\"collection\":\"c\"},\"id\":\"1\"}";
    server.ask("{\"create\":" + ref + ",\"params\":{\"object\":{}}}");
    try (Fql4Stream stream = server.stream(ref)) {
      for (int i = 0; i < 3; i++) {
        server.ask("{\"update\":" + ref + ",\"params\":{\"object\":{\"ttl\":null}}}");
      }
      server.forget();
      stream.run(line -> told.add(read(line)));
    }
    assertThat(told.getFirst().get("type").asString()).isEqualTo("start");
    JsonNode end = told.getLast();
    assertThat(end.get("type").asString()).isEqualTo("error");
    assertThat(end.get("event").toString())
        .isEqualTo(
            "{\"code\":\"time out\",\"description\":\"Stream timed out while synchronizing.\"}");
  }

  private static JsonNode read(byte[] line) {
    return new ObjectMapper().readTree(new String(line, StandardCharsets.UTF_8));
  }
}
