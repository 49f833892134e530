package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS: what it speaks, which keys it takes, and how its certificate is exchanged. */
class TlsTest {
  @TempDir private Path directory;
  private final Routes routes = Routes.withFallback(new V4Endpoint(new Ping(() -> true))).build();
  private HttpServer server;

  private TestIdentity identity(String name, String algorithm) throws Exception {
    return TestIdentity.make(directory, name, algorithm);
  }

  private void serve(TlsFiles files) throws Exception {
    server = TestServers.start(routes, files);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private HttpResponse<String> ping(HttpClient.Version version, TestIdentity... trusted)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(version)
            .sslContext(TestIdentity.trusting(trusted))
            .build()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/ping");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void speaksWhatTheClientChooses(HttpClient.Version version) throws Exception {
    TestIdentity identity = identity("one", "EC");
    serve(identity.files());
    HttpResponse<String> response = ping(version, identity);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
    assertThat(response.body()).contains("is OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void takesKeysOfAllUsualKinds(String algorithm) throws Exception {
    TestIdentity identity = identity("one", algorithm);
    serve(identity.files());
    assertThat(ping(HttpClient.Version.HTTP_2, identity).statusCode()).isEqualTo(200);
  }

  /**
   * Whether the certificate is the right one is for the client to decide; it may ask by address.
   */
  @Test
  void answersToAnyName() throws Exception {
    TestIdentity identity = identity("one", "EC");
    serve(identity.files());
    var sockets = TestIdentity.trusting(identity).getSocketFactory();
    try (var client =
        new RawClient(sockets.createSocket(InetAddress.getLoopbackAddress(), server.port()))) {
      String head = "GET /ping HTTP/1.1\nHost: database.internal\n\n";
      assertThat(client.send(head).read().status()).isEqualTo(200);
    }
  }

  @Test
  void doesNotSpeakClearText() throws Exception {
    serve(identity("one", "EC").files());
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answer).doesNotContain("HTTP/1.1").doesNotContain("is OK");
    } catch (IOException reset) {
      assertThat(reset).isInstanceOf(java.net.SocketException.class);
    }
  }

  @Test
  void endsAHandshakeThatGoesOnAndOn() throws Exception {
    serve(identity("one", "EC").files());
    try (var client = new RawClient(server.port())) {
      // The beginning of a long record of a handshake.
      client.send("\u0016\u0003\u0001\u0030\u0000");
      client.trickle("\u0001".repeat(1000), Duration.ofMillis(20));
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void usesAnExchangedCertificateAtOnceAndKeepsTheOldOneIfTheNewOneIsBad() throws Exception {
    TestIdentity one = identity("one", "EC");
    TestIdentity two = identity("two", "EC");
    serve(one.files());
    assertThat(serial(one, two)).isEqualTo(one.certificate().getSerialNumber());

    Files.writeString(one.files().certificate(), "no certificate at all");
    Thread.sleep(TestServers.LIMITS.certificates().multipliedBy(5));
    assertThat(serial(one, two)).isEqualTo(one.certificate().getSerialNumber());

    replace(two.files().key(), one.files().key());
    replace(two.files().certificate(), one.files().certificate());
    TestServers.await(() -> serial(one, two).equals(two.certificate().getSerialNumber()));
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private BigInteger serial(TestIdentity... trusted) throws Exception {
    var session = ping(HttpClient.Version.HTTP_1_1, trusted).sslSession().orElseThrow();
    return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
  }

  @Test
  void saysWhatIsWrongWithItsFiles() throws Exception {
    TestIdentity one = identity("one", "EC");
    TestIdentity two = identity("two", "EC");
    Path missing = directory.resolve("missing");
    refuses(new TlsFiles(missing, one.files().key()), "Cannot read the certificate");
    refuses(new TlsFiles(one.files().certificate(), missing), "Cannot read the key");
    refuses(new TlsFiles(one.files().key(), one.files().key()), "certificate");
    refuses(new TlsFiles(one.files().certificate(), one.files().certificate()), "PKCS #8");
    refuses(new TlsFiles(one.files().certificate(), two.files().key()), "is not the key of");
  }

  private static void refuses(TlsFiles files, String reason) {
    assertThatThrownBy(files::load)
        .isInstanceOf(TlsFiles.Unusable.class)
        .hasMessageContaining(reason);
  }
}
