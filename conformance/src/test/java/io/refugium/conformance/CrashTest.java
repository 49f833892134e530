package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed while clients write has everything that it acknowledged when it is
 * started again.
 */
class CrashTest {

  private static final int WRITERS = 4;
  private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 100;

  @TempDir private Path data;
  private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
  private final CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
  private HttpClient client;

  @BeforeEach
  void open() {
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  @RepeatedTest(3)
  void keepsWhatItAcknowledged() throws Exception {
    try (ServerProcess first = ServerProcess.startDurable(data)) {
      query(first.url(), "{\"create_collection\":{\"object\":{\"name\":\"items\"}}}");
      try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
        for (int writer = 0; writer < WRITERS; writer++) {
          int offset = writer;
          writers.submit(() -> writeUntilKilled(first.url(), offset));
        }
        enough.await();
        first.kill();
      }
    }
    try (ServerProcess second = ServerProcess.startDurable(data)) {
      for (int id : acknowledged) {
        assertThat(query(second.url(), "{\"exists\":" + ref(id) + "}").body())
            .as("document %s", id)
            .isEqualTo("{\"resource\":true}");
      }
      assertThat(create(second.url(), 0).statusCode()).isEqualTo(201);
    }
  }

  /** Writes documents with ids of its own; the connection breaks when the server is killed. */
  private Void writeUntilKilled(URI server, int offset) throws InterruptedException {
    try {
      for (int id = 1 + offset; ; id += WRITERS) {
        if (create(server, id).statusCode() == 201) {
          acknowledged.add(id);
          enough.countDown();
        }
      }
    } catch (IOException killed) {
      return null;
    }
  }

  private HttpResponse<String> create(URI server, int id) throws IOException, InterruptedException {
    return query(
        server,
        "{\"create\":"
            + ref(id)
            + ",\"params\":{\"object\":{\"data\":{\"object\":{\"n\":"
            + id
            + "}}}}}");
  }

  private static String ref(int id) {
    return "{\"ref\":{\"collection\":\"items\"},\"id\":\"" + id + "\"}";
  }

  private HttpResponse<String> query(URI server, String expression)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(server)
            .header("Authorization", "Bearer " + ServerProcess.SECRET)
            .header("X-FaunaDB-API-Version", "4")
            .POST(BodyPublishers.ofString(expression))
            .build(),
        BodyHandlers.ofString());
  }
}
