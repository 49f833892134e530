package io.refugium.server;

import static io.refugium.server.RawHttp2.CONTINUATION;
import static io.refugium.server.RawHttp2.DATA;
import static io.refugium.server.RawHttp2.END_HEADERS;
import static io.refugium.server.RawHttp2.END_STREAM;
import static io.refugium.server.RawHttp2.GOAWAY;
import static io.refugium.server.RawHttp2.HEADERS;
import static io.refugium.server.RawHttp2.PING;
import static io.refugium.server.RawHttp2.PRIORITY;
import static io.refugium.server.RawHttp2.RST_STREAM;
import static io.refugium.server.RawHttp2.SETTINGS;
import static io.refugium.server.TestServers.LIMITS;
import static io.refugium.server.TestServers.await;
import static io.refugium.server.TestServers.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.server.RawHttp2.Frame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients of HTTP/2 that make work without asking for anything. A connection that goes too far is
 * closed with an error; the others do not notice.
 */
@Timeout(120)
@ParameterizedClass
@EnumSource
class Http2AbuseTest {
  /** How a client comes to speak HTTP/2: two kinds of Jetty's connections. */
  enum Transport {
    PRIOR_KNOWLEDGE,
    TLS
  }

  private static final int PROTOCOL_ERROR = 1;
  private static final int FLOW_CONTROL_ERROR = 3;
  private static final int STREAM_CLOSED = 5;
  private static final int FRAME_SIZE_ERROR = 6;
  private static final int REFUSED_STREAM = 7;
  private static final int ENHANCE_YOUR_CALM = 11;

  @TempDir private static Path directory;
  private static TestIdentity identity;

  @Parameter private Transport transport;
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpServer server;

  @BeforeAll
  static void identify() throws Exception {
    identity = TestIdentity.make(directory, "server", "EC");
  }

  @BeforeEach
  void start() throws Exception {
    Routes routes =
        Routes.withFallback(new V4Endpoint(new Ping(() -> true)))
            .at("/waits", endpoint(Dialect.V10, this::waiting))
            .build();
    server =
        transport == Transport.TLS
            ? TestServers.start(routes, identity.files())
            : TestServers.start(routes);
  }

  private Socket connect(String protocol) throws Exception {
    if (transport == Transport.PRIOR_KNOWLEDGE) {
      return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }
    SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(identity)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    return socket;
  }

  private RawHttp2 client() throws Exception {
    return new RawHttp2(connect("h2"));
  }

  @AfterEach
  void stop() {
    release.countDown();
    server.stop();
  }

  private Response waiting(Request request) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.json(200, "1");
  }

  /** Something that a client may do now and then. */
  @FunctionalInterface
  private interface Act {
    /** Does it for the n-th time, n from 0. */
    void perform(RawHttp2 client, int n) throws IOException;
  }

  /** What costs more than it says, done often. */
  enum Flood {
    PINGS(ENHANCE_YOUR_CALM, (client, _) -> client.send(PING, 0, 0, new byte[8])),
    EMPTY_SETTINGS(ENHANCE_YOUR_CALM, (client, _) -> client.settings()),
    WINDOWS_BY_SETTINGS(ENHANCE_YOUR_CALM, (client, n) -> client.settings(4, n)),
    PRIORITIES(
        ENHANCE_YOUR_CALM,
        (client, n) -> client.send(PRIORITY, 0, 2 * n + 1, new byte[] {0, 0, 0, 0, 1})),
    RAPID_RESETS(
        ENHANCE_YOUR_CALM, (client, n) -> client.get(2 * n + 1, "/waits").reset(2 * n + 1)),
    PROVOKED_RESETS(
        ENHANCE_YOUR_CALM,
        (client, n) -> client.get(2 * n + 1, "/waits").send(DATA, 0, 2 * n + 1, (byte) 1)),
    PROVOKED_RESETS_BY_WINDOWS(
        ENHANCE_YOUR_CALM,
        (client, n) -> client.get(2 * n + 1, "/waits").window(2 * n + 1, Integer.MAX_VALUE)),
    WINDOWS_OF_ZERO(
        ENHANCE_YOUR_CALM, (client, n) -> client.get(2 * n + 1, "/waits").window(2 * n + 1, 0)),
    WINDOWS_OF_WHAT_HAS_ENDED(
        ENHANCE_YOUR_CALM,
        (client, n) -> {
          if (n == 0) {
            client.get(1, "/waits").reset(1);
          }
          client.window(1, 1);
        }),
    EMPTY_DATA(
        ENHANCE_YOUR_CALM,
        (client, n) -> {
          if (n == 0) {
            client.send(HEADERS, END_HEADERS, 1, RawHttp2.fields("POST", "/waits"));
          }
          client.send(DATA, 0, 1);
        }),
    EMPTY_CONTINUATIONS(
        ENHANCE_YOUR_CALM,
        (client, n) -> {
          if (n == 0) {
            client.send(HEADERS, END_STREAM, 1, RawHttp2.fields("GET", "/ping"));
          }
          client.send(CONTINUATION, 0, 1);
        }),
    MALFORMED_HEADERS(
        ENHANCE_YOUR_CALM,
        (client, n) ->
            client.send(
                HEADERS,
                END_STREAM | END_HEADERS,
                2 * n + 1,
                RawHttp2.fields("GET", "/ping", "UPPER", "1"))),
    UNKNOWN_FRAMES(ENHANCE_YOUR_CALM, (client, _) -> client.send(0x77, 0, 0, new byte[20]));

    private final int error;
    private final Act act;

    Flood(int error, Act act) {
      this.error = error;
      this.act = act;
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAFlood(Flood flood) throws Exception {
    try (var client = client()) {
      // More than enough, because on a busy machine they may not all be seen in one second; but no
      // more than what the server reads at once, or the farewell could be lost with the rest.
      for (int n = 0; n < 4 * LIMITS.bareFrames(); n++) {
        flood.act.perform(client, n);
      }
      endsWith(flood.error, client);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PROVOKED_RESETS_BY_WINDOWS")
  void standsALittleOfIt(Flood flood) throws Exception {
    try (var client = client()) {
      for (int n = 0; n < 3; n++) {
        flood.act.perform(client, n);
      }
      if (flood == Flood.EMPTY_CONTINUATIONS) {
        client.send(CONTINUATION, END_HEADERS, 1);
      }
      client.settings(4, 65_535).get(101, "/ping");
      Frame data = client.next(DATA);
      while (data.stream() != 101) {
        data = client.next(DATA);
      }
      assertThat(data.payload()).isNotEmpty();
    }
  }

  /** What no client may do even once. */
  enum Outrage {
    WINDOW_OVERFLOW(
        FLOW_CONTROL_ERROR,
        (client, _) -> client.window(0, Integer.MAX_VALUE).window(0, Integer.MAX_VALUE)),
    HUGE_FRAME(FRAME_SIZE_ERROR, (client, _) -> client.announce(DATA, 0xffffff)),
    MANY_SETTINGS(
        ENHANCE_YOUR_CALM,
        (client, _) ->
            client.settings(IntStream.range(0, 2 * 200).map(i -> 1000 + i / 2).toArray())),
    ENDLESS_HEADERS(
        PROTOCOL_ERROR,
        (client, _) -> {
          client.send(HEADERS, END_STREAM, 1, RawHttp2.fields("GET", "/ping"));
          for (int n = 0; n < 8; n++) {
            client.send(CONTINUATION, 0, 1, new byte[8_000]);
          }
        }),
    /** A byte stands for a long field of the table: what it unfolds to counts. */
    FOLDED_HEADERS(
        PROTOCOL_ERROR,
        (client, _) ->
            client.send(
                HEADERS,
                END_STREAM | END_HEADERS,
                1,
                RawHttp2.folded("GET", "/ping", "x-long", "v".repeat(3_000), 1_000))),
    OTHERS_BETWEEN_HEADERS(
        PROTOCOL_ERROR,
        (client, _) ->
            client
                .send(HEADERS, END_STREAM, 1, RawHttp2.fields("GET", "/ping"))
                .send(PING, 0, 0, new byte[8])),
    STREAMS_BACKWARDS(
        STREAM_CLOSED, (client, _) -> client.get(5, "/waits").get(3, "/ping").get(1, "/ping")),
    RESET_OF_NOTHING(PROTOCOL_ERROR, (client, _) -> client.reset(99)),
    SETTINGS_OF_A_STREAM(PROTOCOL_ERROR, (client, _) -> client.send(SETTINGS, 0, 1)),
    PING_OF_ANOTHER_SIZE(FRAME_SIZE_ERROR, (client, _) -> client.send(PING, 0, 0, new byte[7]));

    private final int error;
    private final Act act;

    Outrage(int error, Act act) {
      this.error = error;
      this.act = act;
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAtOnce(Outrage outrage) throws Exception {
    try (var client = client()) {
      outrage.act.perform(client, 0);
      endsWith(outrage.error, client);
    }
  }

  private void endsWith(int error, RawHttp2 client) throws Exception {
    Frame farewell = client.next(GOAWAY);
    assertThat(farewell).as("it says why").isNotNull();
    assertThat(farewell.error()).isEqualTo(error);
    release.countDown();
    await(() -> server.connections() == 0);
    try (var other = new RawClient(connect("http/1.1"))) {
      assertThat(other.send("GET /ping HTTP/1.1\nHost: x\n\n").read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesStreamsBeyondTheLimitAndServesTheRest() throws Exception {
    try (var client = client()) {
      for (int n = 0; n <= LIMITS.streams(); n++) {
        client.get(2 * n + 1, "/waits");
      }
      Frame refusal = client.next(RST_STREAM);
      assertThat(refusal.error()).isEqualTo(REFUSED_STREAM);
      assertThat(refusal.stream()).isEqualTo(2 * LIMITS.streams() + 1);
      release.countDown();
      for (int n = 0; n < LIMITS.streams(); n++) {
        assertThat(client.next(DATA).payload()).isNotEmpty();
      }
    }
  }
}
