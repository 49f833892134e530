package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with certificates that the JDK's own tool makes. */
class TlsTest {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final Limits LIMITS =
      new Limits(
          1000,
          16 * 1024,
          8 * 1024,
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofMillis(20),
          Duration.ofSeconds(5));

  @TempDir private Path directory;
  private final Routes routes = Routes.withFallback(new V4Endpoint(new Ping(() -> true))).build();
  private HttpServer server;

  /** A certificate with its key, in a key store and as PEM files. */
  private record Identity(KeyStore store, TlsFiles files) {
    X509Certificate certificate() throws Exception {
      return (X509Certificate) store.getCertificate("server");
    }
  }

  private Identity identity(String name, String algorithm) throws Exception {
    Path file = directory.resolve(name + ".p12");
    Process tool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String output = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(tool.waitFor()).as(output).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    Path certificate = directory.resolve(name + ".crt");
    Path key = directory.resolve(name + ".key");
    Files.writeString(certificate, pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
    Files.writeString(key, pem("PRIVATE KEY", store.getKey("server", PASSWORD).getEncoded()));
    return new Identity(store, new TlsFiles(certificate, key));
  }

  private static String pem(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, Base64.getMimeEncoder().encodeToString(bytes), kind);
  }

  private void serve(TlsFiles files) throws Exception {
    server =
        new HttpServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            routes,
            LIMITS,
            "test-1",
            Telemetry.NONE,
            files);
    server.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private static SSLContext trusting(Identity... identities) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    for (Identity identity : identities) {
      trusted.setCertificateEntry(
          identity.certificate().getSerialNumber().toString(), identity.certificate());
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private HttpResponse<String> ping(HttpClient.Version version, Identity... trusted)
      throws Exception {
    try (HttpClient client =
        HttpClient.newBuilder().version(version).sslContext(trusting(trusted)).build()) {
      URI uri = URI.create("https://127.0.0.1:" + server.port() + "/ping");
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void speaksWhatTheClientChooses(HttpClient.Version version) throws Exception {
    Identity identity = identity("one", "EC");
    serve(identity.files());
    HttpResponse<String> response = ping(version, identity);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(version);
    assertThat(response.body()).contains("is OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void takesKeysOfAllUsualKinds(String algorithm) throws Exception {
    Identity identity = identity("one", algorithm);
    serve(identity.files());
    assertThat(ping(HttpClient.Version.HTTP_2, identity).statusCode()).isEqualTo(200);
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
    Identity one = identity("one", "EC");
    Identity two = identity("two", "EC");
    serve(one.files());
    assertThat(serial(one, two)).isEqualTo(one.certificate().getSerialNumber());

    Files.writeString(one.files().certificate(), "no certificate at all");
    Thread.sleep(LIMITS.certificates().multipliedBy(5));
    assertThat(serial(one, two)).isEqualTo(one.certificate().getSerialNumber());

    replace(two.files().key(), one.files().key());
    replace(two.files().certificate(), one.files().certificate());
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!serial(one, two).equals(two.certificate().getSerialNumber())) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(LIMITS.certificates());
    }
  }

  private static void replace(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private BigInteger serial(Identity... trusted) throws Exception {
    var session = ping(HttpClient.Version.HTTP_1_1, trusted).sslSession().orElseThrow();
    return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
  }

  @Test
  void saysWhatIsWrongWithItsFiles() throws Exception {
    Identity one = identity("one", "EC");
    Identity two = identity("two", "EC");
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
