package io.refugium.access;

import io.refugium.access.secret.SecretVerifier;
import java.security.SecureRandom;

/**
 * What secrets are made and checked with, shared by the whole process. Thread-safe.
 *
 * @param random cryptographically secure
 * @param verifier remembers which secrets matched
 */
record Vault(SecureRandom random, SecretVerifier verifier) {
  static Vault create() {
    SecureRandom random = new SecureRandom();
    return new Vault(random, new SecretVerifier(random));
  }
}
