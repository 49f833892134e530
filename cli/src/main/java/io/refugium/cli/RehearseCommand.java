package io.refugium.cli;

import io.refugium.storage.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code refugium rehearse}: runs a server on empty data for a moment and asks it what clients ask,
 * so that the JVM can write down which classes a start and the first requests need. Used by the
 * launcher after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private static final List<String> V4_QUERIES =
      List.of(
          "{\"create_collection\":{\"object\":{\"name\":\"things\"}}}",
          "{\"create\":{\"ref\":{\"collection\":\"things\"},\"id\":\"1\"},\"params\":{\"object\":{\"data\":{\"object\":{\"a\":\"x\"}}}}}",
          "{\"get\":{\"ref\":{\"collection\":\"things\"},\"id\":\"1\"}}",
          "{\"map\":{\"lambda\":\"x\",\"expr\":{\"var\":\"x\"}},\"collection\":{\"paginate\":{\"documents\":{\"collection\":\"things\"}}}}",
          "{\"delete\":{\"ref\":{\"collection\":\"nothing\"},\"id\":\"1\"}}");

  private static final List<String> V10_QUERIES =
      List.of(
          "{\"query\":\"Collection.create({ name: \\\"Books\\\" })\"}",
          "{\"query\":\"Books.create({ id: 1, title: \\\"x\\\" })\"}",
          "{\"query\":\"Books.byId(1)!.title\"}",
          "{\"query\":\"Books.all().map(b => b.title)\"}",
          "{\"query\":\"foo(1 + 1)\"}");

  private final String secret = UUID.randomUUID().toString();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("refugium-rehearsal");
    var settings = new Settings("127.0.0.1", 0, data, secret, Durability.RELAXED, Set.of());
    try (Node node = Node.start(settings);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String query : V4_QUERIES) {
        ask(client, node.url() + "/", query);
      }
      for (String query : V10_QUERIES) {
        ask(client, node.url() + "/query/1", query);
      }
    } finally {
      delete(data);
    }
    return 0;
  }

  /** What the answer is does not matter: errors are part of the play. */
  private void ask(HttpClient client, String url, String query)
      throws IOException, InterruptedException {
    client.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + secret)
            .header("X-FaunaDB-API-Version", "4")
            .POST(BodyPublishers.ofString(query))
            .build(),
        BodyHandlers.discarding());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(RehearseCommand::deleteOne);
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
