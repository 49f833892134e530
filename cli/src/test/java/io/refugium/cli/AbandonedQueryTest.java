package io.refugium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.access.QueryLimits;
import io.refugium.access.RateLimits;
import io.refugium.storage.Durability;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A query that would run for minutes ends when its client goes away. */
@Timeout(120)
class AbandonedQueryTest {
  private static final String SECRET = "secret-of-this-test";

  @TempDir private Path data;

  /** Each backtracks for ever. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "/query/1 ; {\"query\":\"let text = Set.sequence(0, 1000).toArray().map(i => \\\"a\\\").fold(\\\"\\\", (a, b) => a + b)\\ntext.includesRegex(\\\"(a+)(a+)(a+)(a+)(a+)(a+)c\\\")\"}",
        "/        ; {\"findstrregex\":{\"repeat\":\"a\",\"number\":1000},\"pattern\":\"(a+)(a+)(a+)(a+)(a+)(a+)c\"}",
      })
  void ends(String path, String query) throws Exception {
    var settings =
        new Settings(
            "127.0.0.1",
            0,
            data,
            SECRET,
            Durability.RELAXED,
            Set.of(),
            null,
            RateLimits.NONE,
            QueryLimits.STANDARD,
            new Settings.Operations(0, false));
    try (Node node = Node.start(settings);
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      URI metrics = URI.create(node.metricsUrl().orElseThrow());
      URI server = URI.create(node.url());
      HttpRequest ping = HttpRequest.newBuilder(server.resolve("/ping")).build();
      assertThat(client.send(ping, BodyHandlers.discarding()).version())
          .isEqualTo(HttpClient.Version.HTTP_2);
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve(path))
              .header("Authorization", "Bearer " + SECRET)
              .header("x-query-timeout-ms", "600000")
              .header("X-Query-Timeout", "600000")
              .POST(BodyPublishers.ofString(query))
              .build();
      String counted = "refugium_requests_seconds_count{route=\"" + path + "\",status=\"499\"}";
      String text = "";
      while (!text.contains(counted)) {
        CompletableFuture<HttpResponse<String>> answer =
            client.sendAsync(request, BodyHandlers.ofString());
        Thread.sleep(300); // it may not have begun: then another will
        assertThat(answer).as("it runs").isNotDone();
        answer.cancel(true);
        Thread.sleep(300);
        text = client.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString()).body();
      }
      assertThat(text).doesNotContain("route=\"" + path + "\",status=\"200\"");
    }
  }
}
