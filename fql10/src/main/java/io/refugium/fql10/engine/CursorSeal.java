package io.refugium.fql10.engine;

import io.refugium.fql10.runtime.Errors;
import io.refugium.model.CodecException;
import io.refugium.model.Value;
import io.refugium.model.ValueCodec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes cursors that only this server can have made, and that only it can read. A cursor contains
 * functions that run with the rights of whoever resumes it, which may be a function with a role of
 * its own: so that a client cannot smuggle code into it, a cursor carries a message authentication
 * code. It also contains what these functions have captured, which may be more than the client may
 * see, and their text: so it is encrypted.
 *
 * <p>The code is at the same time the initialisation vector (deterministic authenticated
 * encryption, as in RFC 5297), so that the same cursor is always the same text and no two different
 * ones share a key stream. Thread-safe.
 */
public final class CursorSeal {
  private static final String CODE = "HmacSHA256";
  private static final String CIPHER = "AES/CTR/NoPadding";
  private static final int CODE_BYTES = 16;

  /** Has its key and nothing else; never used but to be cloned. */
  private final Mac keyed;

  private final SecretKeySpec encryption;

  /**
   * Ciphers that nobody is using, as many as ever were in use at once: to find one, and to expand
   * its key, costs more than to encrypt a cursor.
   */
  private final Queue<Cipher> idle = new ConcurrentLinkedQueue<>();

  /**
   * A seal.
   *
   * @param key at least 16 secret bytes; cursors are good as long as it stays the same
   */
  public CursorSeal(byte[] key) {
    keyed = keyed(derived(key, "authentication"));
    encryption = new SecretKeySpec(derived(key, "encryption"), "AES");
  }

  private static byte[] derived(byte[] key, String purpose) {
    return keyed(key).doFinal(("refugium cursor " + purpose).getBytes(StandardCharsets.UTF_8));
  }

  private static Mac keyed(byte[] key) {
    try {
      Mac mac = Mac.getInstance(CODE);
      mac.init(new SecretKeySpec(key, CODE));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CODE + " is part of every Java platform", e);
    }
  }

  /** A text that {@link #open} turns back into the value, in the same database only. */
  public String seal(Value recipe, long scope) {
    byte[] content = ValueCodec.encode(recipe, scope).bytes();
    byte[] code = code(content, scope);
    byte[] sealed = Arrays.copyOf(code, CODE_BYTES + content.length);
    byte[] encrypted = crypt(code, content);
    System.arraycopy(encrypted, 0, sealed, CODE_BYTES, content.length);
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
    byte[] encrypted = Arrays.copyOfRange(sealed, CODE_BYTES, sealed.length);
    byte[] content = crypt(code, encrypted);
    if (!MessageDigest.isEqual(code, code(content, scope))) {
      throw Errors.invalidCursor();
    }
    try {
      return ValueCodec.decode(content, scope);
    } catch (CodecException e) {
      throw Errors.invalidCursor();
    }
  }

  /** Encrypts, or decrypts: a stream of key bytes is its own opposite. */
  private byte[] crypt(byte[] code, byte[] content) {
    try {
      Cipher known = idle.poll();
      Cipher cipher = known == null ? Cipher.getInstance(CIPHER) : known;
      cipher.init(Cipher.ENCRYPT_MODE, encryption, new IvParameterSpec(code));
      byte[] crypted = cipher.doFinal(content);
      idle.add(cipher);
      return crypted;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(CIPHER + " is part of every Java platform", e);
    }
  }

  private byte[] code(byte[] content, long scope) {
    try {
      Mac mac = (Mac) keyed.clone();
      mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, scope));
      return Arrays.copyOf(mac.doFinal(content), CODE_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(CODE + " of Java platforms can be cloned", e);
    }
  }
}
