package io.refugium.conformance.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.drivers.RawConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What drivers that cannot be installed here send, header by header, and what they need of the
 * answers (HTTP specification, appendix A).
 */
@Timeout(120)
class OtherDriversTest {
  private static final String FAUNADB_PYTHON =
      """
      Host: localhost:8443
      User-Agent: python-requests/2.31.0
      Accept-Encoding: gzip
      Accept: */*
      Connection: keep-alive
      Keep-Alive: timeout=5
      Content-Type: application/json;charset=utf-8
      X-Fauna-Driver: python
      X-FaunaDB-API-Version: 4
      X-Driver-Env: driver=python-4.5.4; runtime=python-3.11; env=Unknown; os=linux
      Authorization: Bearer secret
      """;

  private static final String FAUNADB_GO =
      """
      Host: localhost:8443
      User-Agent: Go-http-client/1.1
      Accept-Encoding: gzip
      Content-Type: application/json; charset=utf-8
      X-Fauna-Driver: go
      X-FaunaDB-API-Version: 4
      X-Go-Version: go1.21.0
      X-Runtime-Environment: Unknown
      X-Runtime-Environment-OS: linux
      X-Query-Timeout: 60000
      Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01
      X-Fauna-Tags: service=shop,version=7
      Authorization: Bearer secret
      """;

  private static final String FAUNA_PYTHON =
      """
      Host: localhost:8443
      Accept: */*
      Accept-Encoding: gzip
      Connection: keep-alive
      Content-Type: application/json;charset=utf-8
      X-Format: tagged
      X-Driver: python
      X-Driver-Env: driver=python-2.4.0; runtime=python-3.11; env=Unknown; os=linux
      X-Query-Timeout-Ms: 5000
      X-Max-Contention-Retries: 3
      Authorization: Bearer secret
      """;

  private static final String FAUNA_GO =
      """
      Host: localhost:8443
      User-Agent: Go-http-client/1.1
      Accept-Encoding: gzip
      Content-Type: application/json; charset=utf-8
      X-Format: tagged
      X-Driver: go
      X-Driver-Env: driver=go-3.0.1; runtime=go-1.21; env=Unknown; os=linux
      X-Query-Timeout-Ms: 5000
      Authorization: Bearer secret
      """;

  private static ServerProcess server;

  @BeforeAll
  static void start() {
    server = ServerProcess.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void faunadbPythonKeepsItsConnection() throws IOException {
    try (var connection = new RawConnection(server.url())) {
      Answer first = connection.exchange("POST / HTTP/1.1\n" + FAUNADB_PYTHON, "{\"add\":[1,2]}");
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.text()).isEqualTo("{\"resource\":3}");
      String seen = "X-Last-Seen-Txn: " + first.headers().get("x-txn-time") + "\n";
      Answer later =
          connection.exchange(
              "POST / HTTP/1.1\n" + FAUNADB_PYTHON + seen + "X-Query-Timeout: 60000\n", "[]");
      assertThat(later.status()).isEqualTo(200);
      assertThat(Long.parseLong(later.headers().get("x-txn-time")))
          .isGreaterThanOrEqualTo(Long.parseLong(first.headers().get("x-txn-time")));
      Answer ping =
          connection.exchange("GET /ping?scope=write&timeout=1000 HTTP/1.1\n" + FAUNADB_PYTHON, "");
      assertThat(ping.text()).isEqualTo("{\"resource\":\"Scope write is OK\"}");
      assertThat(ping.headers().get("x-txn-time")).matches("\\d+");
    }
  }

  /** It sends this when it opens a stream before its first query. */
  @Test
  void faunadbPythonIsToldThatNoneIsNoTime() throws IOException {
    try (var connection = new RawConnection(server.url())) {
      Answer refused =
          connection.exchange(
              "POST /stream HTTP/1.1\n" + FAUNADB_PYTHON + "X-Last-Seen-Txn: None\n",
              "{\"documents\":{\"collection\":\"any\"}}");
      assertThat(refused.status()).isEqualTo(400);
      JsonNode error = refused.body().get("errors").get(0);
      assertThat(error.get("code").asString()).isEqualTo("bad request");
      assertThat(error.get("description").asString())
          .isEqualTo("Invalid header 'x-last-seen-txn': Invalid timestamp 'None'.");
    }
  }

  @Test
  void faunadbGoGetsItsHeadersAndStreams() throws IOException {
    try (var connection = new RawConnection(server.url())) {
      Answer made =
          connection.exchange(
              "POST / HTTP/1.1\n" + FAUNADB_GO,
              "{\"create_collection\":{\"object\":{\"name\":\"go_things\"}}}");
      assertThat(made.status()).isEqualTo(201);
      for (String header :
          new String[] {
            "x-txn-time",
            "x-compute-ops",
            "x-read-ops",
            "x-write-ops",
            "x-byte-read-ops",
            "x-byte-write-ops",
            "x-query-time",
            "x-storage-bytes-read",
            "x-storage-bytes-write",
            "x-txn-retries"
          }) {
        assertThat(made.headers().get(header)).as(header).matches("\\d+");
      }
      assertThat(made.headers().get("x-fauna-tags")).isEqualTo("version=7,service=shop");
      Answer stream =
          connection.exchange(
              "POST /stream?fields=action,document, HTTP/1.1\n" + FAUNADB_GO,
              "{\"documents\":{\"collection\":\"go_things\"}}");
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.body().get("type").asString()).isEqualTo("start");
      assertThat(stream.text()).endsWith("\r\n");
    }
  }

  @Test
  void faunaPythonQueriesAndStreams() throws IOException {
    try (var connection = new RawConnection(server.url())) {
      connection.exchange(
          "POST /query/1 HTTP/1.1\n" + FAUNA_PYTHON,
          "{\"query\":{\"fql\":[\"Collection.create({ name: 'PyThing' })\"]},\"arguments\":{}}");
      Answer made =
          connection.exchange(
              "POST /query/1 HTTP/1.1\n" + FAUNA_PYTHON + "X-Last-Txn-Ts: 1\nX-Typecheck: true\n",
              "{\"query\":{\"fql\":[\"PyThing.create({ n: \",{\"value\":{\"@int\":\"7\"}},"
                  + "\" }).n\"]},\"arguments\":{}}");
      assertThat(made.status()).isEqualTo(200);
      assertThat(made.body().get("data").toString()).isEqualTo("{\"@int\":\"7\"}");
      assertThat(made.body().get("stats").get("query_time_ms").asInt()).isPositive();
      assertThat(made.body().get("schema_version").asLong()).isPositive();
      Answer source =
          connection.exchange(
              "POST /query/1 HTTP/1.1\n" + FAUNA_PYTHON,
              "{\"query\":{\"fql\":[\"PyThing.all().eventSource()\"]},\"arguments\":{}}");
      String token = source.body().get("data").get("@stream").asString();
      Answer stream =
          connection.exchange(
              "POST /stream/1 HTTP/1.1\n" + FAUNA_PYTHON, "{\"token\":\"" + token + "\"}");
      assertThat(stream.status()).isEqualTo(200);
      assertThat(stream.body().get("type").asString()).isEqualTo("status");
      assertThat(stream.text()).endsWith("\n");
    }
  }

  /** Its own tests run through a proxy, and send tags that they want to see refused. */
  @Test
  void faunaGoSendsWholeUrlsAndStrangeHeaders() throws IOException {
    String query = "{\"query\":{\"fql\":[\"1 + 1\"]},\"arguments\":{}}";
    try (var connection = new RawConnection(server.url())) {
      String target = "POST " + server.url().resolve("/query/1") + " HTTP/1.1\n";
      Answer answer =
          connection.exchange(
              target + FAUNA_GO + "X-Query-Tags: team=a,env=test\ntraceparent: nonsense\n", query);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().get("data").toString()).isEqualTo("{\"@int\":\"2\"}");
      assertThat(answer.body().get("query_tags").asString()).isEqualTo("env=test,team=a");
      Answer refused =
          connection.exchange(
              target + FAUNA_GO + "X-Query-Tags: what=are%3Dyou%2Cdoing%3F\n", query);
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.body().get("error").get("code").asString()).isEqualTo("invalid_request");
    }
  }

  /** It asks for HTTP/2 by an upgrade with its first query, and knows no fields but these. */
  @Test
  void faunaJvmUpgradesAndReadsStrictly() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              faunaJvm("/query/1", "{\"query\":{\"fql\":[\"1 + 1\"]},\"arguments\":{}}"),
              BodyHandlers.ofString());
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(JsonMapper.shared().readTree(answer.body()).propertyNames())
          .isSubsetOf(
              "data", "static_type", "summary", "txn_ts", "stats", "schema_version", "query_tags");
      HttpResponse<String> refused =
          client.send(
              faunaJvm("/feed/1", "{\"token\":\"no such token\"}"), BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(400);
      JsonNode error = JsonMapper.shared().readTree(refused.body()).get("error");
      assertThat(error.get("code").asString()).isNotEmpty();
      assertThat(error.get("message").asString()).isNotEmpty();
    }
  }

  private static HttpRequest faunaJvm(String path, String body) {
    URI target = server.url().resolve(path);
    return HttpRequest.newBuilder(target)
        .header("Authorization", "Bearer secret")
        .header("X-Format", "tagged")
        .header("Content-Type", "application/json;charset=utf-8")
        .header("Accept-Encoding", "gzip")
        .header("X-Driver", "Java")
        .header("X-Driver-Env", "driver=fauna-1.0.0; runtime=java-21; env=Unknown; os=linux")
        .header("X-Query-Timeout-Ms", "5000")
        .header("X-Max-Contention-Retries", "3")
        .header("X-Last-Txn-Ts", "-1")
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
