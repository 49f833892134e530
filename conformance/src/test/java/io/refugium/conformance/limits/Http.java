package io.refugium.conformance.limits;

import io.refugium.conformance.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests in both languages whose whole answer matters, refusals included. */
final class Http implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  static {
    // Shorter than the server's patience: or a request could meet a connection as it is closed.
    System.setProperty("jdk.httpclient.keepalive.timeout", "2");
  }

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Http(ServerProcess server) {
    this.server = server.url();
  }

  /** An answer with its headers. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode body() {
      return JSON.readTree(response.body());
    }

    /** A header's value, or null. */
    String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }
  }

  /** A query of FQL v10; {@code headers} are names and values in turn. */
  Answer v10(String secret, String fql, String... headers)
      throws IOException, InterruptedException {
    return send(secret, "/query/1", JSON.writeValueAsString(Map.of("query", fql)), headers);
  }

  /** A query of FQL v4. */
  Answer v4(String secret, String json, String... headers)
      throws IOException, InterruptedException {
    return send(secret, "/", json, headers);
  }

  /** Any request with a body. */
  Answer send(String secret, String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + secret)
            .header("X-FaunaDB-API-Version", "4")
            .header("x-typecheck", "false")
            .POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return new Answer(client.send(request.build(), BodyHandlers.ofString()));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
