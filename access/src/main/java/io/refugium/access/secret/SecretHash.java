package io.refugium.access.secret;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategy;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * The one way in which secrets and passwords are hashed: bcrypt, {@code $2a$} (spec access 2.2).
 *
 * <p>As everywhere with bcrypt, only the first 72 bytes of a password count. Checking accepts any
 * cost that the stored hash names, up to {@link #HIGHEST_COST}: a stored hash is data, and data
 * must not be able to occupy a processor for hours.
 */
public final class SecretHash {
  /** The cost of new hashes. */
  public static final int COST = 5;

  /** Hashes that cost more never match: about two seconds. */
  public static final int HIGHEST_COST = 15;

  private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2A;
  private static final LongPasswordStrategy LONG_PASSWORDS =
      LongPasswordStrategies.truncate(VERSION);

  /**
   * What is checked when there is nothing to check, for the time it takes; its outcome is thrown
   * away.
   */
  private static final String DECOY =
      "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

  private SecretHash() {}

  /** A new hash of this text, with a salt from this source. */
  public static String hash(String text, SecureRandom source) {
    byte[] hash =
        BCrypt.with(VERSION, source, LONG_PASSWORDS)
            .hash(COST, text.getBytes(StandardCharsets.UTF_8));
    return new String(hash, StandardCharsets.US_ASCII);
  }

  /**
   * Whether the stored hash is one of this text. A hash that is malformed or missing (null) matches
   * nothing and costs as much as one that does not match.
   */
  public static boolean matches(String text, String hash) {
    boolean usable = hash != null && isUsable(hash);
    BCrypt.Result result =
        BCrypt.verifyer(VERSION, LONG_PASSWORDS)
            .verify(
                text.getBytes(StandardCharsets.UTF_8),
                (usable ? hash : DECOY).getBytes(StandardCharsets.US_ASCII));
    return usable && result.verified;
  }

  /** Whether this is the text of a bcrypt hash that can be checked. */
  public static boolean isUsable(String hash) {
    return hash.length() == 60
        && hash.startsWith("$2")
        && hash.charAt(3) == '$'
        && hash.charAt(6) == '$'
        && "abxy".indexOf(hash.charAt(2)) >= 0
        && isCost(hash.charAt(4), hash.charAt(5))
        && hash.chars().skip(7).allMatch(SecretHash::isOfAlphabet);
  }

  private static boolean isOfAlphabet(int c) {
    return c == '.'
        || c == '/'
        || c >= '0' && c <= '9'
        || c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z';
  }

  private static boolean isCost(char tens, char ones) {
    if (tens < '0' || tens > '9' || ones < '0' || ones > '9') {
      return false;
    }
    int cost = (tens - '0') * 10 + (ones - '0');
    return cost >= 4 && cost <= HIGHEST_COST;
  }
}
