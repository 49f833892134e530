package io.refugium.server;

import static io.refugium.server.TestServers.await;
import static io.refugium.server.TestServers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.server.RawHttp2.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask and do not read the answer, or a little at a time. */
@Timeout(120)
class SlowReaderTest {
  /** More than fits into the buffers of two sockets. */
  private static final int BIG = 64 * 1024 * 1024;

  private static final int INITIAL_WINDOW_SIZE = 4;

  private final Streams streams = new Streams();
  private final AtomicInteger ended = new AtomicInteger();
  private Routes routes;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    byte[] big = new byte[BIG];
    Arrays.fill(big, (byte) '1');
    routes =
        Routes.withFallback(new V4Endpoint(new Ping(() -> true)))
            .at("/big", endpoint(Dialect.V10, _ -> Response.json(200, big)))
            .at("/stream", endpoint(Dialect.V10, _ -> stream(new byte[50_000])))
            .at("/events", endpoint(Dialect.V10, _ -> stream(new byte[100])))
            .at("/silent", endpoint(Dialect.V10, _ -> silence()))
            .build();
    server = TestServers.start(routes);
  }

  @AfterEach
  void stop() {
    streams.close();
    server.stop();
  }

  /** A stream that sends the piece for ever. */
  private Response stream(byte[] piece) {
    return Response.streaming(
        streams.running(
            (AutoCloseable) ended::incrementAndGet,
            (_, pieces) -> {
              while (true) {
                pieces.send(piece);
              }
            }));
  }

  /** A stream that says something now and then, more rarely than a reader may be slow. */
  private Response silence() {
    return Response.streaming(
        streams.running(
            (AutoCloseable) ended::incrementAndGet,
            (_, pieces) -> {
              for (int i = 0; i < 3; i++) {
                Thread.sleep(TestServers.LIMITS.answer().multipliedBy(2));
                pieces.send(new byte[] {'1'});
              }
            }));
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\nHost: x\n\n";
  }

  private void isReleased() throws Exception {
    await(() -> streams.size() == 0 && server.connections() == 0);
    try (var other = new RawClient(server.port())) {
      assertThat(other.send(get("/ping")).read().status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/big", "/stream"})
  void http1ThatNeverReads(String path) throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send(get(path));
      await(() -> server.connections() == 1);
      isReleased();
    }
  }

  /** Jetty's idle timeout would start anew with every byte. */
  @ParameterizedTest
  @ValueSource(strings = {"/big", "/stream"})
  void http1ThatReadsALittle(String path) throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send(get(path));
      await(() -> server.connections() == 1);
      await(
          () -> {
            client.reads(1000);
            return server.connections() == 0;
          });
      isReleased();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/big", "/stream"})
  void tlsThatNeverReads(String path, @TempDir Path directory) throws Exception {
    server.stop();
    TestIdentity identity = TestIdentity.make(directory, "one", "EC");
    server = TestServers.start(routes, identity.files());
    SSLContext trust = TestIdentity.trusting(identity);
    try (Socket socket =
        trust.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      ((SSLSocket) socket).startHandshake();
      new RawClient(socket).send(get(path));
      await(() -> server.connections() == 1);
      await(() -> streams.size() == 0 && server.connections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/big", "/stream"})
  void http2ThatNeverReads(String path) throws Exception {
    try (var client = new RawHttp2(server.port(), INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)) {
      client.window(0, Integer.MAX_VALUE - 65_535);
      for (int stream = 1; stream < 20; stream += 2) {
        client.get(stream, path);
      }
      client.flush();
      await(() -> server.connections() == 1);
      isReleased();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/big", "/stream"})
  void http2ThatNeverOpensTheWindow(String path) throws Exception {
    try (var client = new RawHttp2(server.port(), INITIAL_WINDOW_SIZE, 0)) {
      client.get(1, path);
      Frame reset = client.next(RawHttp2.RST_STREAM);
      assertThat(reset.stream()).isEqualTo(1);
      await(() -> streams.size() == 0);
      client.window(0, 1000).get(3, "/ping");
      client.window(3, 1000);
      assertThat(client.next(RawHttp2.DATA).stream()).as("others live on").isEqualTo(3);
    }
  }

  @Test
  void http2ThatOpensTheWindowALittle() throws Exception {
    try (var client = new RawHttp2(server.port(), INITIAL_WINDOW_SIZE, 1)) {
      client.get(1, "/stream").get(3, "/big");
      int resets = 0;
      while (resets < 2) {
        Frame frame = client.read();
        if (frame.type() == RawHttp2.RST_STREAM) {
          resets++;
        } else if (frame.type() == RawHttp2.DATA) {
          client.window(frame.stream(), 1);
          Thread.sleep(1);
        }
      }
      await(() -> streams.size() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP_1_1", "HTTP_2"})
  void aSilentStreamIsNotSlow(HttpClient.Version version) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      var request =
          java.net.http.HttpRequest.newBuilder(
                  java.net.URI.create("http://127.0.0.1:" + server.port() + "/silent"))
              .build();
      var answer = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("111");
    }
  }

  @Test
  void aReaderThatKeepsUpGetsEverything() throws Exception {
    try (var client = new RawClient(server.port())) {
      client.send(get("/big"));
      assertThat(client.read().body()).hasSize(BIG);
    }
  }
}
