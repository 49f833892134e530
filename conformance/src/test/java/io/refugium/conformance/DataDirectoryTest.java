package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where the data lie: Java and the native code of the store must mean the same place. */
@Timeout(120)
class DataDirectoryTest {
  @TempDir private Path working;

  @Test
  void aRelativeDirectoryIsBelowTheOneOfTheStart() throws Exception {
    Path relative = Path.of("some", "data");
    try (ServerProcess first = ServerProcess.startDurableIn(working, relative)) {
      assertThat(query(first.url(), "Collection.create({name: 'things'})\n0"))
          .contains("\"data\":0");
      assertThat(query(first.url(), "things.create({id: 1, n: 42}).n")).contains("\"data\":42");
    }
    try (Stream<Path> files = Files.list(working)) {
      assertThat(files).containsExactly(working.resolve("some"));
    }
    try (ServerProcess second = ServerProcess.startDurable(working.resolve(relative))) {
      assertThat(query(second.url(), "things.byId('1')!.n")).contains("\"data\":42");
    }
  }

  private static String query(URI server, String fql) throws Exception {
    String body = "{\"query\":\"" + fql.replace("\n", "\\n") + "\"}";
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(server.resolve("/query/1"))
                  .header("Authorization", "Bearer " + ServerProcess.SECRET)
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
