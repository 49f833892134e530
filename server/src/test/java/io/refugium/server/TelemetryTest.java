package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.refugium.server.RawClient.Answer;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of requests, and on which port. */
class TelemetryTest {
  private static final String TRACE = "c91308c112be8448dd34dc6191567fa0";
  private static final String PARENT = "b7ad6b7169203331";

  private final InMemorySpanExporter exported = InMemorySpanExporter.create();
  private final SdkTracerProvider tracers =
      SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(exported)).build();
  private final ServerMetrics metrics = new ServerMetrics();
  private volatile boolean ready = true;
  private HttpServer server;
  private HttpServer operations;

  @BeforeEach
  void start() throws IOException {
    metrics.gauge("answers", "Everything", this, _ -> 42);
    Routes routes =
        Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)))
            .at("/ping", new V4Endpoint(new Ping(() -> true)))
            .at("/fails", new V4Endpoint(TelemetryTest::fail))
            .below("/keys", new V4Endpoint((request, _) -> V4Responses.unauthorized(request)))
            .build();
    server = TestServers.start(routes, new Telemetry(metrics, tracers.get("test")));
    operations =
        TestServers.start(new OperationsEndpoint(metrics, () -> ready).routes(), Telemetry.NONE);
  }

  private static Response fail(Request request, V4Options options) {
    throw new IllegalStateException("on purpose");
  }

  @AfterEach
  void stop() {
    server.stop();
    operations.stop();
    metrics.close();
    tracers.close();
  }

  private static Answer get(HttpServer server, String path, String header) throws IOException {
    try (var client = new RawClient(server.port())) {
      return client.send("GET " + path + " HTTP/1.1\nHost: x\n" + header + "\n").read();
    }
  }

  @Test
  void aRequestIsASpanOfTheCallersTrace() throws IOException {
    Answer answer = get(server, "/ping?x=1", "traceparent: 00-" + TRACE + "-" + PARENT + "-01\n");
    SpanData span = onlySpan();
    assertThat(span.getTraceId()).isEqualTo(TRACE);
    assertThat(span.getParentSpanId()).isEqualTo(PARENT);
    assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(span.getName()).isEqualTo("GET /ping");
    assertThat(answer.headers())
        .containsEntry("traceparent", "00-" + TRACE + "-" + span.getSpanId() + "-00");
  }

  @Test
  void aRequestWithoutATraceStartsOneAndFaultsAreMarked() throws IOException {
    Answer answer = get(server, "/fails", "traceparent: zz\n");
    assertThat(answer.status()).isEqualTo(500);
    SpanData span = onlySpan();
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(answer.headers().get("traceparent")).contains(span.getTraceId());
  }

  private SpanData onlySpan() {
    List<SpanData> spans = exported.getFinishedSpanItems();
    assertThat(spans).hasSize(1);
    return spans.getFirst();
  }

  @Test
  void metricsCountByRouteAndNeverByWhatClientsChoose() throws IOException {
    get(server, "/ping", "");
    get(server, "/keys/12345", "");
    get(server, "/secret-name", "");
    Answer answer = get(operations, "/metrics", "");
    assertThat(answer.headers().get("content-type")).startsWith("text/plain");
    assertThat(answer.body())
        .contains("refugium_requests_seconds_count{route=\"/ping\",status=\"200\"} 1")
        .contains("refugium_requests_seconds_count{route=\"/keys\",status=\"401\"} 1")
        .contains("refugium_requests_seconds_count{route=\"other\",status=\"404\"} 1")
        .contains("refugium_answers 42")
        .contains("jvm_memory_used_bytes")
        .doesNotContain("12345")
        .doesNotContain("secret-name");
  }

  @Test
  void healthIsToldOnThePortOfMetricsOnly() throws IOException {
    assertThat(get(operations, "/live", "").status()).isEqualTo(200);
    assertThat(get(operations, "/ready", "").body()).isEqualTo("{\"ok\":true}");
    ready = false;
    assertThat(get(operations, "/ready", "").status()).isEqualTo(503);
    assertThat(get(operations, "/live", "").status()).isEqualTo(200);
    assertThat(get(operations, "/query/1", "").status()).isEqualTo(404);
    for (String path : List.of("/metrics", "/live", "/ready")) {
      assertThat(get(server, path, "").status()).isEqualTo(404);
    }
  }
}
