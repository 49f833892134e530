package io.refugium.server;

import static io.refugium.server.TestServers.LIMITS;
import static io.refugium.server.TestServers.await;
import static io.refugium.server.TestServers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.server.RawHttp2.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request of HTTP/2 learns that its client has given up, and is left alone otherwise. */
@Timeout(120)
class AbandonedTest {
  private final CompletableFuture<Request> entered = new CompletableFuture<>();
  private final CompletableFuture<String> release = new CompletableFuture<>();
  private final ServerMetrics metrics = new ServerMetrics();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        TestServers.start(
            Routes.withFallback(new V4Endpoint(new Ping(() -> true)))
                .at("/waits", endpoint(Dialect.V10, this::waiting))
                .build(),
            new Telemetry(metrics, null));
  }

  @AfterEach
  void stop() {
    release.complete("0");
    server.stop();
    metrics.close();
  }

  private Response waiting(Request request) {
    entered.complete(request);
    return Response.json(200, release.join());
  }

  private Request entered() throws Exception {
    Request request = entered.get(1, TimeUnit.MINUTES);
    assertThat(request.abandoned().getAsBoolean()).isFalse();
    return request;
  }

  @Test
  void whenItsStreamIsReset() throws Exception {
    try (var client = new RawHttp2(server.port())) {
      client.get(1, "/waits").flush();
      Request request = entered();
      client.reset(1).get(3, "/ping").flush();
      await(() -> request.abandoned().getAsBoolean());
      Frame other = client.next(RawHttp2.DATA);
      assertThat(other.stream()).as("the connection goes on").isEqualTo(3);
    }
    release.complete("1");
    await(
        () ->
            new String(metrics.text(), StandardCharsets.UTF_8)
                .contains("refugium_requests_seconds_count{route=\"/waits\",status=\"499\"} 1"));
  }

  @Test
  void whenItsConnectionIsClosed() throws Exception {
    Request request;
    try (var client = new RawHttp2(server.port())) {
      client.get(1, "/waits").flush();
      request = entered();
    }
    await(() -> request.abandoned().getAsBoolean());
  }

  /** Patience with silent clients ends, but one that waits for its answer is not silent. */
  @Test
  void notWhenItTakesLong() throws Exception {
    try (var client = new RawHttp2(server.port())) {
      client.get(1, "/waits").flush();
      Request request = entered();
      Thread.sleep(longest(LIMITS.request(), LIMITS.answer()).multipliedBy(3));
      assertThat(request.abandoned().getAsBoolean()).isFalse();
      release.complete("1");
      Frame data = client.next(RawHttp2.DATA);
      assertThat(data.stream()).isEqualTo(1);
      assertThat(data.payload()).asString(StandardCharsets.UTF_8).isEqualTo("1");
    }
  }

  private static Duration longest(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
