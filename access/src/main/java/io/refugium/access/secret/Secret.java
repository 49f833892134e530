package io.refugium.access.secret;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The secret of a key or a token: a small binary record, shown as URL-safe Base64 without padding
 * (spec access 2.1).
 *
 * <p>The record names the document that it belongs to, so that a lookup needs no search; what
 * proves anything are the twenty random bytes, of which only a hash is kept. Decoding is strict:
 * exactly one text stands for a secret.
 */
public sealed interface Secret {
  /** How many random bytes a secret has. */
  int RANDOM_BYTES = 20;

  /** The document id of the key or token. */
  long id();

  /** What is hashed and stored: the Base64 text of the random bytes, 27 characters. */
  String proof();

  /** The whole secret as the client sends it. */
  String text();

  /** The secret of a key. Its id is enough to find the document in any database. */
  final class KeySecret implements Secret {
    private static final byte TYPE = 0x70;
    private static final int SIZE = 2 + Long.BYTES + RANDOM_BYTES;

    private final long id;
    private final byte[] random;

    KeySecret(long id, byte[] random) {
      this.id = id;
      this.random = checked(random);
    }

    @Override
    public long id() {
      return id;
    }

    @Override
    public String proof() {
      return Encoding.encode(random);
    }

    @Override
    public String text() {
      ByteBuffer record =
          ByteBuffer.allocate(SIZE).put(Encoding.MAGIC).put(TYPE).putLong(id).put(random);
      return Encoding.encode(record.array());
    }

    @Override
    public String toString() {
      return "KeySecret[" + id + "]";
    }
  }

  /** The secret of a token, which names its database as well. */
  final class TokenSecret implements Secret {
    private static final byte TYPE = 0x71;
    private static final int SIZE = 2 + 2 * Long.BYTES + RANDOM_BYTES;

    private final long id;
    private final long scope;
    private final byte[] random;

    TokenSecret(long id, long scope, byte[] random) {
      this.id = id;
      this.scope = scope;
      this.random = checked(random);
    }

    @Override
    public long id() {
      return id;
    }

    /** The global id of the database that holds the token. */
    public long scope() {
      return scope;
    }

    @Override
    public String proof() {
      return Encoding.encode(random);
    }

    @Override
    public String text() {
      ByteBuffer record =
          ByteBuffer.allocate(SIZE)
              .put(Encoding.MAGIC)
              .put(TYPE)
              .putLong(id)
              .putLong(scope)
              .put(random);
      return Encoding.encode(record.array());
    }

    @Override
    public String toString() {
      return "TokenSecret[" + id + "]";
    }
  }

  /** A fresh secret for the key with this id. */
  static KeySecret forKey(long id, SecureRandom source) {
    return new KeySecret(id, randomBytes(source));
  }

  /** A fresh secret for the token with this id in the database with this global id. */
  static TokenSecret forToken(long id, long scope, SecureRandom source) {
    return new TokenSecret(id, scope, randomBytes(source));
  }

  /** The key or token secret that this text spells, or null when it spells none. */
  static Secret decode(String text) {
    byte[] record = Encoding.decode(text);
    if (record == null || record.length < 2 || record[0] != Encoding.MAGIC) {
      return null;
    }
    ByteBuffer fields = ByteBuffer.wrap(record, 2, record.length - 2);
    Secret secret =
        switch (record[1]) {
          case KeySecret.TYPE ->
              record.length == KeySecret.SIZE
                  ? new KeySecret(fields.getLong(), rest(fields))
                  : null;
          case TokenSecret.TYPE ->
              record.length == TokenSecret.SIZE
                  ? new TokenSecret(fields.getLong(), fields.getLong(), rest(fields))
                  : null;
          default -> null;
        };
    return secret != null && secret.text().equals(text) ? secret : null;
  }

  private static byte[] randomBytes(SecureRandom source) {
    byte[] random = new byte[RANDOM_BYTES];
    source.nextBytes(random);
    return random;
  }

  private static byte[] rest(ByteBuffer fields) {
    byte[] rest = new byte[fields.remaining()];
    fields.get(rest);
    return rest;
  }

  private static byte[] checked(byte[] random) {
    if (random.length != RANDOM_BYTES) {
      throw new IllegalArgumentException("A secret has " + RANDOM_BYTES + " random bytes");
    }
    return Arrays.copyOf(random, RANDOM_BYTES);
  }

  /** The text form of the records. */
  final class Encoding {
    static final byte MAGIC = 0x7E;
    private static final int LONGEST = 51;

    private Encoding() {}

    static String encode(byte[] record) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(record);
    }

    static byte[] decode(String text) {
      if (text.length() > LONGEST) {
        return null;
      }
      for (int i = 0; i < text.length(); i++) {
        if (!isUrlSafe(text.charAt(i))) {
          return null;
        }
      }
      return text.length() % 4 == 1 ? null : Base64.getUrlDecoder().decode(text);
    }

    private static boolean isUrlSafe(char c) {
      return (c >= 'A' && c <= 'Z')
          || (c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || c == '-'
          || c == '_';
    }
  }
}
