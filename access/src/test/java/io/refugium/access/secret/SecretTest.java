package io.refugium.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final String KEY_VECTOR = "fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAAA";
  private static final String TOKEN_VECTOR = "fnF__________3__________AAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private final SecureRandom random = new SecureRandom();

  @Test
  void encodesTheTestVectors() {
    assertThat(new Secret.KeySecret(Long.MAX_VALUE, new byte[20]).text()).isEqualTo(KEY_VECTOR);
    assertThat(new Secret.TokenSecret(Long.MAX_VALUE, Long.MAX_VALUE, new byte[20]).text())
        .isEqualTo(TOKEN_VECTOR);
  }

  @Test
  void decodesTheTestVectors() {
    assertThat(Secret.decode(KEY_VECTOR))
        .isInstanceOfSatisfying(
            Secret.KeySecret.class, key -> assertThat(key.id()).isEqualTo(Long.MAX_VALUE));
    assertThat(Secret.decode(TOKEN_VECTOR))
        .isInstanceOfSatisfying(
            Secret.TokenSecret.class,
            token -> {
              assertThat(token.id()).isEqualTo(Long.MAX_VALUE);
              assertThat(token.scope()).isEqualTo(Long.MAX_VALUE);
            });
  }

  @Property(tries = 200)
  void roundTrips(@ForAll @LongRange(min = 0) long id, @ForAll @LongRange(min = 0) long scope) {
    Secret.KeySecret key = Secret.forKey(id, random);
    Secret.TokenSecret token = Secret.forToken(id, scope, random);

    assertThat(key.text()).hasSize(40).startsWith(id >= 1L << 62 ? "fnB" : "fnA");
    assertThat(token.text()).hasSize(51).startsWith(id >= 1L << 62 ? "fnF" : "fnE");
    assertThat(Secret.decode(key.text()))
        .satisfies(decoded -> assertThat(decoded.proof()).isEqualTo(key.proof()));
    assertThat(Secret.decode(token.text()))
        .satisfies(decoded -> assertThat(decoded.text()).isEqualTo(token.text()));
  }

  @Test
  void theProofIsTheRandomPartOnly() {
    assertThat(Secret.decode(KEY_VECTOR).proof()).isEqualTo("A".repeat(27));
    assertThat(Secret.decode(TOKEN_VECTOR).proof()).isEqualTo("A".repeat(27));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAA", // too short
        "fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAAAA", // too long
        "fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAA=", // padded
        "fnB//////////wAAAAAAAAAAAAAAAAAAAAAAAAAA", // the other alphabet
        " fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAA",
        "fnB__________wAAAAAAAAAAAAAAAAAAAAAAAAAé",
        "fnJ__________wAAAAAAAAAAAAAAAAAAAAAAAAAA", // type byte 0x72
        "AHB__________wAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "fnF__________wAAAAAAAAAAAAAAAAAAAAAAAAAA", // a token of the length of a key
        "fnB__________3__________AAAAAAAAAAAAAAAAAAAAAAAAAAA" // and the reverse
      })
  void refusesEverythingElse(String text) {
    assertThat(Secret.decode(text)).isNull();
  }

  @Test
  void refusesTheOlderLayouts() {
    byte[] old = new byte[30];
    old[0] = (byte) 0x92;
    assertThat(Secret.decode(Base64.getUrlEncoder().withoutPadding().encodeToString(old))).isNull();
    old[0] = (byte) 0x93;
    assertThat(Secret.decode(Base64.getUrlEncoder().withoutPadding().encodeToString(old))).isNull();
  }

  @Test
  void oneSecretHasOneSpelling() {
    String text = Secret.forToken(7, 8, random).text();
    char last = text.charAt(text.length() - 1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    // the last two bits of the last character are not part of the record
    char sibling = alphabet.charAt(alphabet.indexOf(last) + 1);
    assertThat(Secret.decode(text.substring(0, 50) + sibling)).isNull();
  }

  @Property
  void neverThrows(@ForAll String text) {
    assertThat(Secret.decode(text)).isNull();
  }

  @Test
  void doesNotShowItself() {
    Secret secret = Secret.forKey(5, random);
    assertThat(secret.toString()).doesNotContain(secret.proof()).contains("5");
  }
}
