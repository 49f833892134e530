package io.refugium.server;

import static io.refugium.server.TestServers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.server.RawClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private volatile boolean writable = true;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    Routes routes =
        Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)))
            .at("/ping", new V4Endpoint(new Ping(() -> writable)))
            .at("/query/1", endpoint(Dialect.V10, request -> Response.json(200, request.body())))
            .at("/", endpoint(Dialect.V4, request -> Response.json(200, request.body())))
            .at(
                "/fails",
                endpoint(
                    Dialect.V10,
                    request -> {
                      throw new IllegalStateException("inner detail");
                    }))
            .at("/slow", endpoint(Dialect.V10, this::slow))
            .at(
                "/credentials",
                endpoint(
                    Dialect.V10, request -> Response.json(200, request.header("authorization"))))
            .build();
    server = TestServers.start(routes);
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void answersOverBothVersions(HttpClient.Version version) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (int i = 0; i < 3; i++) { // the first HTTP/2 request is an upgrade with a body
        HttpResponse<String> response =
            client.send(post("/query/1", "{\"n\":1}"), BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(version);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"n\":1}");
        assertThat(response.headers().firstValue("x-faunadb-build")).contains("test-1");
        assertThat(response.headers().firstValue("content-type"))
            .contains("application/json;charset=utf-8");
      }
    }
  }

  @Test
  void upgradesRequestsWithoutABody() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> response =
          client.send(HttpRequest.newBuilder(uri("/ping")).build(), BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo("{\"resource\":\"Scope write is OK\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%%%", "AAMAAABkAA", "é"})
  void refusesMalformedHttp2Settings(String settings) throws IOException {
    Answer answer =
        exchange(
            "GET /ping HTTP/1.1\nHost: x\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: "
                + settings
                + "\n\n");
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void cannotBeFooledIntoAnUpgradedBody() throws IOException {
    assertThat(
            exchange("POST /query/1 HTTP/1.1\nHost: x\nupgraded-body: 1\nContent-Length: 2\n\n{}")
                .body())
        .isEqualTo("{}");
  }

  @Test
  void doesNotTakeOneSecretForAnotherThatDiffersInCase() throws IOException {
    try (var client = new RawClient(server.port())) {
      for (String credentials : new String[] {"Bearer fnAbC", "Bearer fnabc", "bearer fnAbC"}) {
        String head = "GET /credentials HTTP/1.1\nHost: x\nAuthorization: " + credentials + "\n\n";
        assertThat(client.send(head).read().body()).isEqualTo(credentials);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GARBAGE\n\n",
        "GET /?q=%zz HTTP/1.1\nHost: x\n\n",
        "GET /%4 HTTP/1.1\nHost: x\n\n",
        "GET /ping HTTP/9.9\nHost: x\n\n",
        "GET /ping HTTP/1.1\nHost: x\nContent-Length: -1\n\n",
        "GET /ping HTTP/1.1\nHost: x\nContent-Length: 1\nContent-Length: 2\n\n",
        "GET /ping HTTP/1.1\nHost: x\nNo colon\n\n",
      })
  void refusesMalformedHttp(String text) throws IOException {
    try (var client = new RawClient(server.port())) {
      Answer answer = client.send(text).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{ \"error\": \"bad request\" }\n");
      assertThat(answer.headers())
          .containsOnlyKeys("content-type", "content-length", "connection")
          .containsEntry("content-type", "application/json;charset=utf-8");
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void limitsTheRequestLineAndTheHeaderBlock() throws IOException {
    String ping = "GET /ping?x=%s HTTP/1.1\nHost: x\nX-Long: %s\n\n";
    assertThat(exchange(ping.formatted("a".repeat(16_000), "b".repeat(8_000))).status())
        .isEqualTo(200);
    assertThat(exchange(ping.formatted("a".repeat(17_000), "b")).status()).isEqualTo(400);
    assertThat(exchange(ping.formatted("a", "b".repeat(8_300))).status()).isEqualTo(400);
    assertThat(exchange(ping.formatted("a".repeat(50_000), "b")).body())
        .isEqualTo("{ \"error\": \"bad request\" }\n");
    assertThat(exchange(ping.formatted("a", "b".repeat(50_000))).body())
        .isEqualTo("{ \"error\": \"bad request\" }\n");
  }

  @Test
  void limitsTheBodyInTheDialectOfTheEndpoint() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(post("/", "1".repeat(1000)), BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      HttpResponse<String> v4 = client.send(post("/", "1".repeat(1001)), BodyHandlers.ofString());
      assertThat(v4.statusCode()).isEqualTo(413);
      assertThat(v4.body())
          .isEqualTo(
              "{\"errors\":[{\"code\":\"request too large\",\"description\":\"Request entity is too large\"}]}");
      assertThat(v4.headers().firstValue("x-compute-ops")).contains("1");
      HttpResponse<String> v10 =
          client.send(post("/query/1", "1".repeat(2_000)), BodyHandlers.ofString());
      assertThat(v10.statusCode()).isEqualTo(413);
      assertThat(v10.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"request_size_exceeded\",\"message\":\"Request entity is too large\"}}");
    }
  }

  @Test
  void limitsAChunkedBodyToo() throws IOException {
    String chunk = "200\n" + "1".repeat(0x200) + "\n";
    String head = "POST /query/1 HTTP/1.1\nHost: x\nTransfer-Encoding: chunked\n\n";
    assertThat(exchange(head + chunk + "0\n\n").body()).isEqualTo("1".repeat(0x200));
    assertThat(exchange(head + chunk + chunk + "0\n\n").status()).isEqualTo(413);
  }

  @Test
  void doesNotWaitForeverForABody() throws IOException {
    try (var client = new RawClient(server.port())) {
      Answer answer = client.send("POST / HTTP/1.1\nHost: x\nContent-Length: 10\n\n123").read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body())
          .isEqualTo("{ \"error\": \"request timeout: Client timed out.\" }\n");
      assertThat(client.closed()).isTrue();
    }
  }

  /** The same for a body of which a byte comes now and then. */
  @Test
  void doesNotWaitForeverForABodyThatTrickles() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\nHost: x\nContent-Length: 900\n\n");
      Answer answer = client.trickle("1".repeat(800), Duration.ofMillis(20)).read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send(
          "POST / HTTP/1.1\nHost: h\nContent-Length: 1\n\n1GET /ping HTTP/1.1\nHost: h\n\n"
              + "POST / HTTP/1.1\nHost: h\nConnection: close\nContent-Length: 1\n\n5");
      assertThat(client.read().body()).isEqualTo("1");
      assertThat(client.read().headers()).containsEntry("connection", "keep-alive");
      Answer last = client.read();
      assertThat(last.body()).isEqualTo("5");
      assertThat(last.headers()).containsEntry("connection", "close");
      assertThat(client.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Connection: keep-alive\n"})
  void answersHttp10AndCloses(String header) throws IOException {
    try (var client = new RawClient(server.port())) {
      assertThat(client.send("GET /ping HTTP/1.0\n" + header + "\n").read().status())
          .isEqualTo(200);
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void saysThatItCannotWrite() throws IOException {
    writable = false;
    Answer write = exchange("GET /ping HTTP/1.1\nHost: x\n\n");
    assertThat(write.status()).isEqualTo(503);
    assertThat(write.body())
        .isEqualTo(
            "{\"errors\":[{\"code\":\"time out\",\"description\":\"Scope write is unavailable\"}]}");
    assertThat(exchange("GET /ping?scope=read HTTP/1.1\nHost: x\n\n").status()).isEqualTo(200);
  }

  /** Two readings of one message are how requests are smuggled past a proxy. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\nTransfer-Encoding: chunked\n\n0\n\n",
        "Transfer-Encoding: chunked, identity\n\n0\n\n",
        "Transfer-Encoding: xchunked\n\n0\n\n",
        "Transfer-Encoding : chunked\n\n0\n\n",
        "Content-Length: 1, 2\n\n12",
        "Content-Length: +1\n\n1",
        "Content-Length: 0x1\n\n1",
        "Content-Length: 1\nContent-Length: 2\n\n12",
        "Host: y\nContent-Length: 1\n\n1",
        "X-A: 1\n folded\nContent-Length: 1\n\n1",
        "X-\u0000: 1\nContent-Length: 1\n\n1",
        "Transfer-Encoding: chunked\n\nzz\n1\n0\n\n",
        "Transfer-Encoding: chunked\n\n-1\n1\n0\n\n",
        "Transfer-Encoding: chunked\n\n10000000000000001\n1\n0\n\n",
      })
  void refusesMessagesThatCanBeReadInTwoWays(String rest) throws IOException {
    try (var client = new RawClient(server.port())) {
      Answer answer = client.send("POST / HTTP/1.1\nHost: x\n" + rest).read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{ \"error\": \"bad request\" }\n");
      assertThat(client.closed()).isTrue();
    }
  }

  /** One byte at a time keeps Jetty's idle timeout from ever passing. */
  @Test
  void doesNotWaitForeverForAHead() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send("GET /ping HTTP/1.1\n");
      Answer answer = client.trickle("X-A: " + "a".repeat(1000), Duration.ofMillis(20)).read();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body())
          .isEqualTo("{ \"error\": \"request timeout: Client timed out.\" }\n");
      assertThat(client.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void waitsForTheAnswerHoweverLongItTakes(HttpClient.Version version) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      client.send(post("/query/1", "1"), BodyHandlers.ofString());
      var answer = client.sendAsync(post("/slow", "1"), BodyHandlers.ofString());
      entered.await();
      Thread.sleep(TestServers.LIMITS.request().multipliedBy(3));
      release.countDown();
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatEndsTooEarlyIsTheClientsFault() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\nHost: x\nContent-Length: 10\n\n123").endInput();
      assertThat(client.read().status()).isEqualTo(400);
    }
  }

  @Test
  void requestLinesMayBeAsLongAsTheLimit() throws IOException {
    String rest = "GET /ping?x= HTTP/1.1";
    String filler = "a".repeat(TestServers.LIMITS.requestLine() - rest.length());
    assertThat(exchange(rest.replace("=", "=" + filler) + "\nHost: x\n\n").status()).isEqualTo(200);
    assertThat(exchange(rest.replace("=", "=a" + filler) + "\nHost: x\n\n").status())
        .isEqualTo(400);
  }

  @Test
  void headersMayBeAsLongAsTheLimit() throws IOException {
    String head = "GET /ping HTTP/1.1\nHost: x\nX-A: ";
    int others = "Host: x\r\nX-A: \r\n".length();
    String filler = "a".repeat(TestServers.LIMITS.headerBlock() - others);
    assertThat(exchange(head + filler + "\n\n").status()).isEqualTo(200);
    assertThat(exchange(head + filler + "a\n\n").status()).isEqualTo(400);
  }

  @Test
  void takesThePathOfAnAbsoluteTarget() throws IOException {
    assertThat(exchange("GET http://elsewhere.example/ping HTTP/1.1\nHost: localhost\n\n").status())
        .isEqualTo(200);
  }

  @Test
  void saysContinueToWhoeverExpectsIt() throws IOException {
    try (var client = new RawClient(server.port())) {
      client.send("POST / HTTP/1.1\nHost: x\nExpect: 100-continue\nContent-Length: 1\n\n");
      assertThat(client.read().status()).isEqualTo(100);
      assertThat(client.send("1").read().body()).isEqualTo("1");
    }
  }

  @Test
  void takesTheFirstOfARepeatedHeader() throws IOException {
    Answer answer =
        exchange("OPTIONS /ping HTTP/1.1\nHost: x\nOrigin: http://a\nOrigin: http://b\n\n");
    assertThat(answer.headers()).containsEntry("access-control-allow-origin", "http://a");
  }

  @Test
  void hidesUnexpectedFailures() throws Exception {
    Answer answer = exchange("POST /fails HTTP/1.1\nHost: x\nContent-Length: 0\n\n");
    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.body()).contains("internal_error").doesNotContain("inner detail");
  }

  @Test
  void continuesTheCallersTrace() throws IOException {
    String id = "c91308c112be8448dd34dc6191567fa0";
    Answer answer =
        exchange("GET /ping HTTP/1.1\nHost: x\ntraceparent: 00-" + id + "-b7ad6b7169203331-01\n\n");
    assertThat(answer.headers().get("traceparent"))
        .matches("00-" + id + "-[0-9a-f]{16}-00")
        .doesNotContain("b7ad6b7169203331");
  }

  @Test
  void letsRunningRequestsEndWhenItStops() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var answer = client.sendAsync(post("/slow", "1"), BodyHandlers.ofString());
      entered.await();
      var stopped = CompletableFuture.runAsync(server::stop);
      release.countDown();
      assertThat(answer.get().statusCode()).isEqualTo(200);
      stopped.get();
    }
  }

  @Test
  void saysThatItStopsToWhoeverAsksMeanwhile() throws Exception {
    try (HttpClient busy = HttpClient.newHttpClient();
        var v4 = new RawClient(server.port());
        var v10 = new RawClient(server.port())) {
      assertThat(v10.send("GET /ping HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
      var running = busy.sendAsync(post("/slow", "1"), BodyHandlers.ofString());
      entered.await();
      var stopped = CompletableFuture.runAsync(server::stop);
      Answer answer;
      do {
        answer = v4.send("POST / HTTP/1.1\nHost: x\nContent-Length: 1\n\n1").read();
      } while (answer.status() == 200);
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.body())
          .isEqualTo(
              "{\"errors\":[{\"code\":\"time out\",\"description\":\"Read timed out (the server is being stopped)\"}]}");
      assertThat(v4.closed()).isTrue();
      Answer other = v10.send("POST /query/1 HTTP/1.1\nHost: x\nContent-Length: 1\n\n1").read();
      assertThat(other.status()).isEqualTo(503);
      assertThat(other.body())
          .isEqualTo(
              "{\"error\":{\"code\":\"time_out\",\"message\":\"Read timed out (the server is being stopped)\"}}");
      release.countDown();
      assertThat(running.get().statusCode()).isEqualTo(200);
      stopped.get();
    }
  }

  private Response slow(Request request) {
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.json(200, "1");
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private HttpRequest post(String path, String body) {
    return HttpRequest.newBuilder(uri(path))
        .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
        .build();
  }

  private Answer exchange(String text) throws IOException {
    try (var client = new RawClient(server.port())) {
      return client.send(text).read();
    }
  }
}
