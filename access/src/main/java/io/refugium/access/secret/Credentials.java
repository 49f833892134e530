package io.refugium.access.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What an {@code Authorization} header carries (spec access 2.3).
 *
 * <p>Reading a header never fails: what cannot be used is {@link #NONE}, and is refused like a
 * missing header.
 */
public sealed interface Credentials {
  /** No credentials, or none that can be used. */
  Credentials NONE = new None();

  /** The longest header that is looked at, in characters; anything longer is no credentials. */
  int LONGEST_HEADER = 32 * 1024;

  /** Nothing. */
  record None() implements Credentials {
    @Override
    public String source() {
      return null;
    }
  }

  /**
   * The secret of a key or token or the root secret, with its scope.
   *
   * @param source where it comes from, see {@link #source}
   */
  record Scoped(ScopedSecret secret, String source) implements Credentials {}

  /**
   * A JSON Web Token, in its compact form, not yet verified.
   *
   * @param source where it comes from, see {@link #source}
   */
  record Jwt(String token, String source) implements Credentials {
    @Override
    public String toString() {
      return "Jwt";
    }
  }

  /**
   * The address that wrong guesses are blamed on; null for credentials that do not come from
   * outside, and where there are none.
   */
  String source();

  /**
   * Reads the value of an {@code Authorization} header; null stands for a missing one.
   *
   * @param source where it comes from, see {@link #source}
   */
  static Credentials fromHeader(String header, String source) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return NONE;
    }
    String value = header.strip();
    int space = 0;
    while (space < value.length() && !Character.isWhitespace(value.charAt(space))) {
      space++;
    }
    String text = value.substring(space).strip();
    return switch (value.substring(0, space)) {
      case "Bearer" -> bearer(text, source);
      case "Basic" -> basic(text, source);
      default -> NONE;
    };
  }

  /** The credentials in a text that stands for a secret itself, as in a {@code Bearer} header. */
  static Credentials bearer(String text) {
    return bearer(text, null);
  }

  private static Credentials bearer(String text, String source) {
    return looksLikeJwt(text) ? new Jwt(text, source) : scoped(text, source);
  }

  /** Whether this text is treated as a JSON Web Token and as nothing else. */
  static boolean looksLikeJwt(String text) {
    return text.startsWith("ey") && text.indexOf('.') >= 0;
  }

  private static Credentials basic(String encoded, String source) {
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(withoutTrailingColon(encoded));
    } catch (IllegalArgumentException notBase64) {
      return NONE;
    }
    return scoped(
        withoutTrailingColon(new String(decoded, StandardCharsets.UTF_8).strip()), source);
  }

  private static Credentials scoped(String text, String source) {
    ScopedSecret secret = ScopedSecret.parse(text);
    return secret == null ? NONE : new Scoped(secret, source);
  }

  private static String withoutTrailingColon(String text) {
    return text.endsWith(":") ? text.substring(0, text.length() - 1) : text;
  }
}
