package io.refugium.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SigningKeysTest {
  private static final String ADDRESS = "https://idp.example/keys";
  private static final RSAKey FIRST = Tokens.key("k1");
  private static final RSAKey SECOND = Tokens.key("k2");

  private final AtomicInteger fetches = new AtomicInteger();
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private volatile String published = Tokens.published(FIRST);
  private volatile boolean reachable = true;
  private final SigningKeys keys = new SigningKeys(KeyAddresses.STRICT, this::serve, () -> now);

  private KeyServer.Answer serve(URI uri, String tag) throws IOException {
    fetches.incrementAndGet();
    if (!reachable) {
      throw new IOException("unreachable");
    }
    return new KeyServer.Answer(published, null);
  }

  @Test
  void keysAreFetchedOnce() {
    for (int i = 0; i < 5; i++) {
      assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void anUnknownKeyCausesOneNewLook() {
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
    published = Tokens.published(SECOND);
    assertThat(keys.vouchFor(token(SECOND), ADDRESS)).isFalse(); // too soon
    now = now.plusMillis(600);
    assertThat(keys.vouchFor(token(SECOND), ADDRESS)).isTrue();
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isFalse();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void anotherKeyUnderTheSameNameIsFound() {
    RSAKey sameName = Tokens.key("k1");
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
    published = Tokens.published(sameName);
    now = now.plusMillis(600);
    assertThat(keys.vouchFor(token(sameName), ADDRESS)).isTrue();
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isFalse();
    assertThat(fetches).hasValue(2);
  }

  @Test
  void unknownKeysCannotCauseAFlood() {
    RSAKey stranger = Tokens.key("k9");
    for (int i = 0; i < 50; i++) {
      assertThat(keys.vouchFor(token(stranger), ADDRESS)).isFalse();
      now = now.plusMillis(20);
    }
    assertThat(fetches.get()).isBetween(2, 3);
  }

  @Test
  void keysAreUsedForAnHourAtMost() {
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
    reachable = false;
    now = now.plus(Duration.ofMinutes(29));
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
    now = now.plus(Duration.ofMinutes(32));
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isFalse();
    reachable = true;
    now = now.plusSeconds(1);
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isTrue();
  }

  @Test
  void anUnreachableOrSillyServerVouchesForNothing() {
    reachable = false;
    assertThat(keys.vouchFor(token(FIRST), ADDRESS)).isFalse();
    reachable = true;
    for (String body :
        new String[] {"", "[]", "{}", "{\"keys\":5}", "{\"keys\":[{\"kty\":\"RSA\"}]}", "<html>"}) {
      published = body;
      now = now.plusSeconds(1);
      assertThat(keys.vouchFor(token(FIRST), ADDRESS)).as(body).isFalse();
    }
  }

  @Test
  void keysThatAreNotRsaAreIgnored() throws Exception {
    KeySet set =
        KeySet.parse(
            "{\"keys\":[{\"kty\":\"EC\",\"kid\":\"e\"},{\"kty\":\"oct\",\"k\":\"AAAA\"},5,"
                + FIRST.toPublicJWK().toJSONString()
                + "]}");
    assertThat(set.keys()).hasSize(1);
    assertThat(set.find(null)).isNotNull();
    assertThat(set.find("k1")).isNotNull();
    assertThat(set.find("e")).isNull();
  }

  @Test
  void aTokenWithoutKeyNameTakesTheOnlyKeyOrTheOneWithoutName() throws Exception {
    RSAKey nameless = new RSAKey.Builder(Tokens.key("x")).keyID(null).build();
    assertThat(KeySet.parse(Tokens.published(FIRST)).find(null)).isEqualTo(FIRST.toRSAPublicKey());
    assertThat(KeySet.parse(Tokens.published(FIRST, SECOND)).find(null)).isNull();
    assertThat(KeySet.parse(Tokens.published(FIRST, nameless)).find(null))
        .isEqualTo(nameless.toRSAPublicKey());
  }

  @Test
  void addresses() {
    assertThat(KeyAddresses.STRICT.parse("https://a.example/k")).isNotNull();
    KeyAddresses trusting = new KeyAddresses(Set.of("localhost:9000", "dev"));
    assertThat(trusting.parse("http://localhost:9000/k")).isNotNull();
    assertThat(trusting.parse("http://dev/k")).isNotNull();
    for (String text :
        new String[] {
          "http://a.example/k",
          "http://localhost:9001/k",
          "ftp://dev/k",
          "file:///etc/passwd",
          "aUrl",
          "",
          "https:",
          "https:/k",
          "https://user:pw@a.example/k",
          "https://a b/"
        }) {
      assertThat(trusting.parse(text)).as(text).isNull();
    }
  }

  @Test
  void fetchesOverHttp() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          boolean known = "\"t1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
          byte[] body = published.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("ETag", "\"t1\"");
          exchange.sendResponseHeaders(known ? 304 : 200, known ? -1 : body.length);
          if (!known) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.createContext(
        "/elsewhere",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/keys");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/huge",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] block = new byte[64 * 1024];
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 8; i++) {
              body.write(block);
            }
          }
        });
    server.start();
    try {
      String host =
          server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
      HttpKeyServer http = new HttpKeyServer(new KeyAddresses(Set.of(host)));
      KeyServer.Answer answer = http.get(URI.create("http://" + host + "/keys"), null);
      assertThat(answer.body()).isEqualTo(published);
      assertThat(http.get(URI.create("http://" + host + "/keys"), answer.tag())).isNull();
      for (String path : new String[] {"/elsewhere", "/huge", "/nothing"}) {
        assertThatThrownBy(() -> http.get(URI.create("http://" + host + path), null))
            .as(path)
            .isInstanceOf(IOException.class);
      }
    } finally {
      server.stop(0);
    }
  }

  @Test
  void anAnswerThatTricklesInIsNotWaitedFor() throws Exception {
    CountDownLatch enough = new CountDownLatch(1);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/keys",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          try {
            enough.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
        });
    server.start();
    try {
      String host =
          server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort();
      HttpKeyServer http =
          new HttpKeyServer(new KeyAddresses(Set.of(host)), Duration.ofMillis(200));
      assertThatThrownBy(() -> http.get(URI.create("http://" + host + "/keys"), null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no answer");
    } finally {
      enough.countDown();
      server.stop(0);
    }
  }

  private static Jwt token(RSAKey key) {
    return Jwt.parse(
        Tokens.signed(key, JWSAlgorithm.RS256, Tokens.claims("iss", "i", "aud", Jwt.audience(42))));
  }
}
