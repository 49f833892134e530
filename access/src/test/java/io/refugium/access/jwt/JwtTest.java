package io.refugium.access.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JwtTest {
  private static final RSAKey KEY = Tokens.key("k1");
  private static final String AUDIENCE = Jwt.audience(42);

  @Test
  void readsClaimsAndDatabase() {
    Jwt token = Jwt.parse(token("iss", "i", "aud", AUDIENCE, "sub", "x", "n", 5));
    assertThat(token.scope()).isEqualTo(42);
    assertThat(token.issuer()).isEqualTo("i");
    assertThat(token.keyId()).isEqualTo("k1");
    assertThat(token.payload().get("sub")).isEqualTo(new StringValue("x"));
    assertThat(token.payload().get("n")).isEqualTo(new LongValue(5));
  }

  @Test
  void oneAudienceOfOursIsNeeded() {
    assertThat(Jwt.parse(token("iss", "i", "aud", List.of("other", AUDIENCE)))).isNotNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", List.of(AUDIENCE, AUDIENCE)))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", List.of(AUDIENCE, Jwt.audience(43))))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", "other"))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", AUDIENCE + "x"))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", Jwt.AUDIENCE_PREFIX))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", 5))).isNull();
    assertThat(Jwt.parse(token("iss", "i"))).isNull();
  }

  @Test
  void anIssuerIsNeeded() {
    assertThat(Jwt.parse(token("aud", AUDIENCE))).isNull();
    assertThat(Jwt.parse(token("aud", AUDIENCE, "iss", 5))).isNull();
  }

  @Test
  void timesAreIntegers() {
    assertThat(Jwt.parse(token("iss", "i", "aud", AUDIENCE, "exp", "soon"))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", AUDIENCE, "exp", 1.5))).isNull();
    assertThat(Jwt.parse(token("iss", "i", "aud", AUDIENCE, "nbf", true))).isNull();
  }

  @Test
  void thereIsNoLeeway() {
    Jwt token = Jwt.parse(token("iss", "i", "aud", AUDIENCE, "nbf", 100, "exp", 200));
    assertThat(token.isTimely(Instant.ofEpochSecond(99))).isFalse();
    assertThat(token.isTimely(Instant.ofEpochSecond(100))).isFalse();
    assertThat(token.isTimely(Instant.ofEpochSecond(100, 1))).isTrue();
    assertThat(token.isTimely(Instant.ofEpochSecond(199, 999_999_999))).isTrue();
    assertThat(token.isTimely(Instant.ofEpochSecond(200))).isFalse();
    assertThat(Jwt.parse(token("iss", "i", "aud", AUDIENCE)).isTimely(Instant.MAX)).isTrue();
  }

  @Test
  void onlyRsaWithSha2IsAccepted() {
    for (JWSAlgorithm algorithm :
        List.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512)) {
      Jwt token = Jwt.parse(Tokens.signed(KEY, algorithm, claims()));
      assertThat(isSigned(token, KEY)).as(algorithm.getName()).isTrue();
    }
    assertThat(Jwt.parse(Tokens.signed(KEY, JWSAlgorithm.PS256, claims()))).isNull();
    String payload = base64("{\"iss\":\"i\",\"aud\":\"" + AUDIENCE + "\"}");
    for (String algorithm : List.of("HS256", "HS384", "HS512", "ES256", "none", "x", "")) {
      String header = base64("{\"alg\":\"" + algorithm + "\"}");
      assertThat(Jwt.parse(header + "." + payload + "." + base64("signature")))
          .as(algorithm)
          .isNull();
      assertThat(Jwt.parse(header + "." + payload + ".")).as(algorithm).isNull();
    }
  }

  @Test
  void aSignatureOfAnotherKeyAlgorithmOrTextIsWrong() {
    String text = Tokens.signed(KEY, JWSAlgorithm.RS256, claims());
    String[] parts = text.split("\\.");
    String sameWithOtherHeader =
        base64("{\"alg\":\"RS256\"}")
            + "."
            + parts[1]
            + "."
            + Tokens.signed(KEY, JWSAlgorithm.RS384, claims()).split("\\.")[2];
    assertThat(isSigned(Jwt.parse(text), KEY)).isTrue();
    assertThat(isSigned(Jwt.parse(text), Tokens.key("k1"))).isFalse();
    assertThat(isSigned(Jwt.parse(sameWithOtherHeader), KEY)).isFalse();
    assertThat(isSigned(Jwt.parse(text.substring(0, text.length() - 4)), KEY)).isFalse();
    String forged = base64("{\"iss\":\"i\",\"aud\":\"" + AUDIENCE + "\",\"admin\":true}");
    assertThat(isSigned(Jwt.parse(parts[0] + "." + forged + "." + parts[2]), KEY)).isFalse();
  }

  @Test
  void textThatOnlyLooksLikeATokenIsNone() {
    for (String text :
        List.of(
            "ey.a", "eyJ..", "eyJ..x", "ey.ey.ey", "ey.ey.ey.ey", "ey.ey.ey.ey.ey", ".", "..")) {
      assertThat(Jwt.parse(text)).as(text).isNull();
    }
  }

  @Test
  void deepNestingIsRefusedLikeEverythingElse() {
    String deep =
        base64("{\"alg\":\"RS256\"}") + "." + base64("[".repeat(10_000)) + "." + base64("x");
    assertThat(Jwt.parse(deep)).isNull();
    String deepObject = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
    assertThat(
            Jwt.parse(base64("{\"alg\":\"RS256\"}") + "." + base64(deepObject) + "." + base64("x")))
        .isNull();
  }

  @Property
  void neverThrows(@ForAll String header, @ForAll String payload, @ForAll String signature) {
    assertThat(Jwt.parse(header + "." + payload + "." + signature)).isNull();
    assertThat(Jwt.parse(base64(header) + "." + base64(payload) + "." + base64(signature)))
        .isNull();
  }

  private static Map<String, Object> claims() {
    return Tokens.claims("iss", "i", "aud", AUDIENCE);
  }

  private static boolean isSigned(Jwt token, RSAKey key) {
    try {
      return token.isSignedWith(KeySet.parse(Tokens.published(key)).find("k1"));
    } catch (ParseException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String token(Object... claims) {
    return Tokens.signed(KEY, JWSAlgorithm.RS256, Tokens.claims(claims));
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
