package io.refugium.fql10.engine;

import io.refugium.fql10.runtime.Errors;
import io.refugium.model.CodecException;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors that only this server can have made. A cursor contains functions that run with the
 * rights of whoever resumes it, which may be a function with a role of its own: so that a client
 * cannot smuggle code into it, a cursor carries a message authentication code. Thread-safe.
 */
public final class CursorSeal {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int CODE_BYTES = 16;

  /** Has its key and nothing else; never used but to be cloned. */
  private final Mac keyed;

  /**
   * A seal.
   *
   * @param key at least 16 secret bytes; cursors are good as long as it stays the same
   */
  public CursorSeal(byte[] key) {
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every Java platform", e);
    }
  }

  /**
   * The seal of servers that know a secret: what one has sealed, the others and the next start can
   * open.
   */
  public static CursorSeal ofSecret(String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("refugium cursor seal".getBytes(StandardCharsets.UTF_8));
      return new CursorSeal(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is part of every Java platform", e);
    }
  }

  /** A text that {@link #open} turns back into the value, in the same database only. */
  public String seal(Value recipe, long scope) {
    byte[] content = ValueCodec.encode(recipe, scope).bytes();
    byte[] code = code(content, scope);
    byte[] sealed = Arrays.copyOf(code, CODE_BYTES + content.length);
    System.arraycopy(content, 0, sealed, CODE_BYTES, content.length);
    return Base64.getEncoder().encodeToString(sealed);
  }

  /**
   * The value in a text.
   *
   * @throws io.refugium.fql10.runtime.QueryFailure {@code invalid_cursor} for any other text
   */
  public Value open(String text, long scope) {
    byte[] sealed;
    try {
      sealed = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Errors.invalidCursor();
    }
    if (sealed.length <= CODE_BYTES) {
      throw Errors.invalidCursor();
    }
    byte[] code = Arrays.copyOf(sealed, CODE_BYTES);
    byte[] content = Arrays.copyOfRange(sealed, CODE_BYTES, sealed.length);
    if (!MessageDigest.isEqual(code, code(content, scope))) {
      throw Errors.invalidCursor();
    }
    try {
      return ValueCodec.decode(content, scope);
    } catch (CodecException e) {
      throw Errors.invalidCursor();
    }
  }

  private byte[] code(byte[] content, long scope) {
    try {
      Mac mac = (Mac) keyed.clone();
      for (int shift = Long.SIZE - 8; shift >= 0; shift -= 8) {
        mac.update((byte) (scope >>> shift));
      }
      return Arrays.copyOf(mac.doFinal(content), CODE_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(ALGORITHM + " of Java platforms can be cloned", e);
    }
  }
}
