package io.refugium.access;

import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.secret.SecretVerifier;
import java.security.SecureRandom;

/**
 * What secrets are made and checked with, shared by the whole process. Thread-safe.
 *
 * @param random cryptographically secure
 * @param verifier remembers which secrets matched
 * @param keyAddresses where the signing keys of access providers may be fetched from
 */
record Vault(SecureRandom random, SecretVerifier verifier, KeyAddresses keyAddresses) {
  static Vault create(KeyAddresses keyAddresses) {
    SecureRandom random = new SecureRandom();
    return new Vault(random, new SecretVerifier(random), keyAddresses);
  }
}
