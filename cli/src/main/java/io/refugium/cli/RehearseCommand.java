package io.refugium.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code refugium rehearse}: runs a server on empty data for a few seconds and asks it what clients
 * ask, so that the JVM can write down which classes a start and the first requests need, and which
 * methods are worth compiling early. Used by the launcher after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private static final List<String> V4_QUERIES =
      List.of(
          "{\"create_collection\":{\"object\":{\"name\":\"things\"}}}",
          "{\"create_index\":{\"object\":{\"name\":\"things_by_a\",\"source\":{\"collection\":\"things\"},\"terms\":[{\"object\":{\"field\":[\"data\",\"a\"]}}]}}}",
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

  /** Asked over and over, with another number for {@code %d} each time. */
  private static final List<String> V4_EVERYDAY =
      List.of(
          "{\"create\":{\"collection\":\"things\"},\"params\":{\"object\":{\"data\":{\"object\":{\"a\":\"x%d\",\"n\":1,\"tags\":[\"a\",\"b\"]}}}}}",
          "{\"get\":{\"ref\":{\"collection\":\"things\"},\"id\":\"%d\"}}",
          "{\"get\":{\"ref\":{\"collection\":\"things\"},\"id\":\"1\"}}",
          "{\"update\":{\"ref\":{\"collection\":\"things\"},\"id\":\"1\"},\"params\":{\"object\":{\"data\":{\"object\":{\"n\":%d}}}}}",
          "{\"map\":{\"lambda\":\"x\",\"expr\":{\"get\":{\"var\":\"x\"}}},\"collection\":{\"paginate\":{\"match\":{\"index\":\"things_by_a\"},\"terms\":\"x%d\"}}}",
          "{\"paginate\":{\"documents\":{\"collection\":\"things\"}},\"size\":16}");

  private static final List<String> V10_EVERYDAY =
      List.of(
          "{\"query\":{\"fql\":[\"Books.create(\",{\"value\":{\"title\":\"x%d\",\"n\":{\"@int\":\"1\"}}},\")\"]}}",
          "{\"query\":{\"fql\":[\"Books.byId(\",{\"value\":\"%d\"},\")\"]}}",
          "{\"query\":{\"fql\":[\"Books.byId(\",{\"value\":\"1\"},\")! { title }\"]}}",
          "{\"query\":{\"fql\":[\"Books.byId(\",{\"value\":\"1\"},\")!.update(\",{\"value\":{\"n\":{\"@int\":\"%d\"}}},\")\"]}}",
          "{\"query\":\"Books.all().pageSize(16) { title }\"}",
          "{\"query\":\"Books.where(.title == 'x').first()\"}");

  /** How long everyday life is played. */
  private static final Duration EVERYDAY = Duration.ofSeconds(5);

  private final String secret = UUID.randomUUID().toString();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("refugium-rehearsal");
    var settings = Settings.local(data, secret);
    try (Node node = Node.start(settings);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String query : V4_QUERIES) {
        ask(client, node.url() + "/", query);
      }
      for (String query : V10_QUERIES) {
        ask(client, node.url() + "/query/1", query);
      }
      playEveryday(client, node.url());
    } finally {
      delete(data);
    }
    return 0;
  }

  private void playEveryday(HttpClient client, String url)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + EVERYDAY.toNanos();
    for (int round = 2; System.nanoTime() < end; round++) {
      String number = Integer.toString(round);
      for (String query : V4_EVERYDAY) {
        ask(client, url + "/", query.replace("%d", number));
      }
      for (String query : V10_EVERYDAY) {
        ask(client, url + "/query/1", query.replace("%d", number));
      }
    }
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
