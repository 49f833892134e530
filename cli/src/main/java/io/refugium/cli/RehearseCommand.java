package io.refugium.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code refugium rehearse}: runs servers on empty data for a few seconds and asks them what
 * clients ask, so that the JVM can write down which classes a start and the first requests need,
 * and which methods are worth compiling early. Used by the launcher after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  private static final Duration EVERYDAY = Duration.ofSeconds(5);

  /** The same again with metrics, which most servers are without. */
  private static final Duration MEASURED = Duration.ofSeconds(1);

  private final String secret = UUID.randomUUID().toString();

  @Override
  public Integer call() throws IOException, InterruptedException {
    rehearse(Settings.Operations.NONE, EVERYDAY);
    rehearse(new Settings.Operations(0, false), MEASURED);
    return 0;
  }

  private void rehearse(Settings.Operations operations, Duration time)
      throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("refugium-rehearsal");
    try (Node node = Node.start(Settings.local(data, secret, operations))) {
      new Rehearsal(node.url(), secret).play(time);
      if (node.metricsUrl().isPresent()) {
        scrape(URI.create(node.metricsUrl().get()));
      }
    } finally {
      delete(data);
    }
  }

  private static void scrape(URI metrics) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.discarding());
    }
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
