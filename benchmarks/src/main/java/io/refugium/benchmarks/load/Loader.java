package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills a fresh server by its own API: many documents a request, a few requests at a time. */
final class Loader {
  private static final int BATCH = 500;
  private static final int CONNECTIONS = 3;
  private static final Pattern SECRET = Pattern.compile("\"secret\":\\s*\"([^\"]+)\"");

  private final int port;
  private final String path;

  /** Asks a server in one of the languages. */
  Loader(int port, String path) {
    this.port = port;
    this.path = path;
  }

  /**
   * Asks once.
   *
   * @throws IOException when it is refused
   */
  String ask(String secret, String query) throws IOException {
    try (Connection connection = Connection.Protocol.HTTP1.open(port)) {
      return ask(connection, secret, query);
    }
  }

  /** The secret in the answer to a query. */
  String secret(String secret, String query) throws IOException {
    String answer = ask(secret, query);
    Matcher matcher = SECRET.matcher(answer);
    if (!matcher.find()) {
      throw new IOException("no secret in " + answer);
    }
    return matcher.group(1);
  }

  /** Makes the batch of documents from one number to before another. */
  @FunctionalInterface
  interface Batch {
    String query(int from, int to);
  }

  /** Creates documents {@code 0} to before {@code count}. */
  void fill(String secret, int count, Batch batch) throws IOException {
    int batches = (count + BATCH - 1) / BATCH;
    IntFunction<String> query =
        number -> batch.query(number * BATCH, Math.min(count, (number + 1) * BATCH));
    try (ExecutorService pool = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> parts = new ArrayList<>();
      for (int part = 0; part < CONNECTIONS; part++) {
        int first = part;
        parts.add(
            pool.submit(
                () -> {
                  try (Connection own = Connection.Protocol.HTTP1.open(port)) {
                    for (int i = first; i < batches; i += CONNECTIONS) {
                      ask(own, secret, query.apply(i));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> part : parts) {
        part.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("loading failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private String ask(Connection with, String secret, String query) throws IOException {
    StringBuilder answer = new StringBuilder();
    int status = with.call(new Call(path, secret, query), answer);
    if (status >= 300) {
      throw new IOException(
          "set-up failed with "
              + status
              + ": "
              + answer
              + " for "
              + query.substring(0, Math.min(300, query.length())));
    }
    return answer.toString();
  }
}
