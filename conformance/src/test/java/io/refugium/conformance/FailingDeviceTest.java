package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server whose device takes no more, simulated by a limit on the size of files: clients of both
 * languages are told that writes are unavailable, reads go on, the log says once what is wrong, and
 * the next start has everything that was acknowledged.
 */
@Timeout(120)
class FailingDeviceTest {
  private static final int BLOCKS = 4096;

  @TempDir private Path data;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @Test
  void tellsThatWritesAreUnavailable() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a POSIX shell");
    try (ServerProcess server = ServerProcess.startDurable(data)) { // makes files, a large one too
      assertThat(v10(server, "Collection.create({ name: 'items' })\\n0").statusCode())
          .isEqualTo(200);
    }
    int acknowledged;
    try (ServerProcess server = ServerProcess.startWithSmallFiles(data, BLOCKS)) {
      acknowledged = writeUntilRefused(server);
      for (int again = 0; again < 3; again++) {
        HttpResponse<String> refused = create(server, 0);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"time_out\"", "Writes are unavailable");
      }
      HttpResponse<String> v4 =
          v4(server, "{\"create\":{\"collection\":\"items\"},\"params\":{\"object\":{}}}");
      assertThat(v4.statusCode()).as(v4.body()).isEqualTo(503);
      assertThat(v4.body()).contains("\"code\":\"time out\"");
      assertThat(backup(server).body()).contains("a write has failed");
      assertThat(v10(server, "items.all().count()").body()).contains("\"data\":" + acknowledged);
      assertThat(server.log())
          .containsOnlyOnce("no more commits")
          .doesNotContain("Unexpected failure", "\tat ");
    }
    try (ServerProcess server = ServerProcess.startDurable(data)) {
      for (int id = 1; id <= acknowledged; id++) {
        assertThat(v10(server, "items.byId('" + id + "').exists()").body())
            .contains("\"data\":true");
      }
      assertThat(create(server, acknowledged + 2).statusCode()).isEqualTo(200);
    }
  }

  private int writeUntilRefused(ServerProcess server) throws Exception {
    int acknowledged = 0;
    while (create(server, acknowledged + 1).statusCode() == 200) {
      acknowledged++;
    }
    assertThat(acknowledged).isPositive();
    return acknowledged;
  }

  private HttpResponse<String> create(ServerProcess server, int id) throws Exception {
    String text = "x".repeat(50_000);
    return v10(server, "items.create({ id: '" + id + "', text: '" + text + "' })\\n0");
  }

  private HttpResponse<String> v10(ServerProcess server, String fql) throws Exception {
    return post(server.url().resolve("/query/1"), "{\"query\":\"" + fql + "\"}");
  }

  private HttpResponse<String> v4(ServerProcess server, String query) throws Exception {
    return post(server.url(), query);
  }

  private HttpResponse<String> backup(ServerProcess server) throws Exception {
    return post(server.url().resolve("/backup"), "");
  }

  private HttpResponse<String> post(URI uri, String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + ServerProcess.SECRET)
            .header("X-FaunaDB-API-Version", "4")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
