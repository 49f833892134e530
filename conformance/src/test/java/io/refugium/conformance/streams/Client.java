package io.refugium.conformance.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Queries and streams of both languages over HTTP/1.1, with a secret. */
final class Client implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final URI server;
  private final String secret;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Client(ServerProcess server, String secret) {
    this.server = server.url();
    this.secret = secret;
  }

  /** An open stream. */
  static final class Events implements AutoCloseable {
    private final InputStream in;
    private final BufferedReader lines;

    private Events(InputStream in) {
      this.in = in;
      this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next event; null when the stream has ended. Waits for it. */
    JsonNode next() throws IOException {
      String line = lines.readLine();
      return line == null ? null : JSON.readTree(line);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }

  /** The {@code data} of a query of FQL v10. */
  JsonNode query(String fql) throws IOException, InterruptedException {
    return post("/query/1", Map.of("query", fql)).get("data");
  }

  /** The {@code resource} of a query of FQL v4. */
  JsonNode queryV4(String json) throws IOException, InterruptedException {
    return JSON.readTree(sent("/", json, BodyHandlers.ofString()).body()).get("resource");
  }

  /** The answer to a JSON body, which must be 200. */
  JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    HttpResponse<String> response =
        sent(path, JSON.writeValueAsString(body), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** Opens a stream of FQL v10. */
  Events stream(Map<String, ?> body) throws IOException, InterruptedException {
    return opened("/stream/1", JSON.writeValueAsString(body));
  }

  /** Opens a stream of FQL v4. */
  Events streamV4(String json) throws IOException, InterruptedException {
    return opened("/stream", json);
  }

  private Events opened(String path, String body) throws IOException, InterruptedException {
    HttpResponse<InputStream> response = sent(path, body, BodyHandlers.ofInputStream());
    assertThat(response.statusCode()).isEqualTo(200);
    return new Events(response.body());
  }

  private <T> HttpResponse<T> sent(String path, String body, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.resolve(path))
            .header("Authorization", "Bearer " + secret)
            .header("X-FaunaDB-API-Version", "4")
            .header("x-typecheck", "false")
            .POST(BodyPublishers.ofString(body))
            .build(),
        handler);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
