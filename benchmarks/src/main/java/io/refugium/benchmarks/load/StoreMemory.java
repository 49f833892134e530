package io.refugium.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** What a server's metrics say of the memory that its store uses. */
final class StoreMemory implements AutoCloseable {
  private static final String NAME = "refugium_cache_bytes";

  private final URI metrics;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Of the server with this port for metrics. */
  StoreMemory(int port) {
    metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
  }

  /** Bytes in block cache and write buffers. */
  long bytes() throws IOException {
    try {
      String body =
          http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      return body.lines()
          .filter(line -> line.startsWith(NAME))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .findFirst()
          .orElseThrow(() -> new IOException("the metrics have no " + NAME));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
