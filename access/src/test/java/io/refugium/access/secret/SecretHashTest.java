package io.refugium.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretHashTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void hashesAsBcryptOfCostFive() {
    String hash = SecretHash.hash("pw1", random);
    assertThat(hash).startsWith("$2a$05$").hasSize(60);
    assertThat(SecretHash.matches("pw1", hash)).isTrue();
    assertThat(SecretHash.matches("pw2", hash)).isFalse();
    assertThat(SecretHash.hash("pw1", random)).isNotEqualTo(hash);
  }

  /** Published test vectors of bcrypt. */
  @ParameterizedTest
  @CsvSource({
    "U*U, $2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
    "U*U*, $2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK",
    "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"
  })
  void knowsHashesFromElsewhere(String password, String hash) {
    assertThat(SecretHash.matches(password, hash)).isTrue();
    assertThat(SecretHash.matches(password + "x", hash)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "taco",
        "$2a$05$short",
        "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2a$xx$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$1a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"
      })
  void aHashThatIsNoneMatchesNothing(String hash) {
    assertThat(SecretHash.matches("U*U", hash)).isFalse();
    assertThat(SecretHash.matches(hash, hash)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "04, true",
    "09, true",
    "10, true",
    "15, true", // about two seconds
    "00, false",
    "03, false",
    "16, false",
    "31, false",
    "99, false",
    "0/, false",
    "0:, false",
    "/9, false",
    ":0, false",
    "-5, false",
    "5 , false"
  })
  void costsThatAreChecked(String cost, boolean usable) {
    String hash =
        "$2a$"
            + (cost + " ").substring(0, 2)
            + "$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    assertThat(SecretHash.isUsable(hash)).isEqualTo(usable);
  }

  @Test
  void noHashMatchesNothing() {
    assertThat(SecretHash.matches("U*U", null)).isFalse();
    assertThat(SecretHash.matches("", null)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$2a$05$!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!",
        "$2a$05$ééééééééééééééééééééééééééééééééééééééééééééééééééééé",
        "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe="
      })
  void aHashInAnotherAlphabetMatchesNothing(String hash) {
    assertThat(hash).hasSize(60);
    assertThat(SecretHash.matches("x", hash)).isFalse();
  }

  @Test
  void seventyTwoBytesCount() {
    String hash = SecretHash.hash("a".repeat(72), random);
    assertThat(SecretHash.matches("a".repeat(72) + "more", hash)).isTrue();
    assertThat(SecretHash.matches("a".repeat(71) + "b", hash)).isFalse();
    assertThat(SecretHash.matches("", SecretHash.hash("", random))).isTrue();
  }

  @Test
  void theVerifierRemembersOnlyMatches() {
    SecretVerifier verifier = new SecretVerifier(random);
    Secret secret = Secret.forKey(1, random);
    Secret other = Secret.forKey(1, random);
    String hash = SecretHash.hash(secret.proof(), random);
    for (int i = 0; i < 3; i++) {
      assertThat(verifier.matches(secret, hash, () -> {})).isTrue();
      assertThat(verifier.matches(other, hash, () -> {})).isFalse();
    }
    assertThat(verifier.matches(secret, SecretHash.hash(other.proof(), random), () -> {}))
        .isFalse();
  }

  @Test
  void theVerifierAcceptsAHashOfTheWholeSecret() {
    SecretVerifier verifier = new SecretVerifier(random);
    Secret secret = Secret.forToken(1, 2, random);
    assertThat(verifier.matches(secret, SecretHash.hash(secret.text(), random), () -> {})).isTrue();
  }

  @Test
  void theVerifierChecksTextsToo() {
    SecretVerifier verifier = new SecretVerifier(random);
    String hash = SecretHash.hash("root", random);
    assertThat(verifier.matches("root", hash, () -> {})).isTrue();
    assertThat(verifier.matches("root", hash, () -> {})).isTrue();
    assertThat(verifier.matches("toor", hash, () -> {})).isFalse();
  }

  @Test
  void theVerifierKnowsWhatHasMatched() {
    SecretVerifier verifier = new SecretVerifier(random);
    Secret secret = Secret.forKey(1, random);
    Secret other = Secret.forKey(1, random);
    String hash = SecretHash.hash(secret.proof(), random);
    assertThat(verifier.isKnown(secret.text())).isFalse();
    verifier.matches(other, hash, () -> {});
    verifier.refuse(other);
    assertThat(verifier.isKnown(other.text())).isFalse();
    verifier.matches(secret, hash, () -> {});
    assertThat(verifier.isKnown(secret.text())).isTrue();
    assertThat(verifier.isKnown(other.text())).isFalse();
  }
}
