package io.refugium.cli;

import io.refugium.storage.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * {@code refugium rehearse}: runs a server on empty data for a moment, so that the JVM can write
 * down which classes a start needs. Used by the launcher after a build.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path data = Files.createTempDirectory("refugium-rehearsal");
    String secret = UUID.randomUUID().toString();
    var settings = new Settings("127.0.0.1", 0, data, secret, Durability.RELAXED);
    try (Node node = Node.start(settings);
        HttpClient client = HttpClient.newHttpClient()) {
      client.send(
          HttpRequest.newBuilder(URI.create(node.url() + "/ping")).build(),
          BodyHandlers.discarding());
    } finally {
      delete(data);
    }
    return 0;
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
