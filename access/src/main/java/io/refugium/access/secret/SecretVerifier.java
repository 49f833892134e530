package io.refugium.access.secret;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks secrets against stored hashes and remembers the ones that matched, so that a request does
 * not pay for bcrypt.
 *
 * <p>That a text matches a hash is a fact about the two alone, so it stays true whatever happens to
 * the document that holds the hash: a changed hash is another question, a deleted document asks
 * none. Only matches are remembered, as a digest under a key that lives and dies with the process;
 * a wrong or unknown secret always pays in full. Thread-safe.
 */
public final class SecretVerifier {
  /** How many hashes are remembered. */
  public static final int REMEMBERED = 100_000;

  private static final String ALGORITHM = "HmacSHA256";

  /** Knows the key; copied for each digest, which costs less than looking the algorithm up. */
  private final Mac keyed;

  private final Cache<String, byte[]> matched =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();
  private final Cache<ByteBuffer, Boolean> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  public SecretVerifier(SecureRandom source) {
    byte[] key = new byte[32];
    source.nextBytes(key);
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Whether the hash is one of the secret: of its random part or, as very old documents have it, of
   * its whole text.
   *
   * @param beforeHashing called before anything slow; may throw
   */
  public boolean matches(Secret secret, String hash, Runnable beforeHashing) {
    if (remembered(secret.text(), hash)) {
      return true;
    }
    beforeHashing.run();
    // Both in any case: how long it takes must not tell which one it was.
    boolean byProof = computed(secret.proof(), hash);
    boolean byText = computed(secret.text(), hash);
    return (byProof || byText) && remember(secret.text(), hash);
  }

  /**
   * Whether the hash is one of this text, such as a root secret.
   *
   * @param beforeHashing called before anything slow; may throw
   */
  public boolean matches(String text, String hash, Runnable beforeHashing) {
    if (remembered(text, hash)) {
      return true;
    }
    beforeHashing.run();
    return computed(text, hash) && remember(text, hash);
  }

  /** Whether this text has matched a hash lately, whatever has become of its document since. */
  public boolean isKnown(String text) {
    return known.getIfPresent(ByteBuffer.wrap(digest(text))) != null;
  }

  /** Spends the time that {@link #matches(Secret, String, Runnable)} spends on a wrong secret. */
  public void refuse(Secret secret) {
    matches(secret, null, () -> {});
  }

  private static boolean computed(String text, String hash) {
    return SecretHash.matches(text, hash);
  }

  private boolean remembered(String text, String hash) {
    byte[] known = hash == null ? null : matched.getIfPresent(hash);
    return known != null && MessageDigest.isEqual(known, digest(text));
  }

  private boolean remember(String text, String hash) {
    byte[] digest = digest(text);
    matched.put(hash, digest);
    known.put(ByteBuffer.wrap(digest), Boolean.TRUE);
    return true;
  }

  private byte[] digest(String text) {
    try {
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The " + ALGORITHM + " of this platform cannot be copied", e);
    }
  }
}
