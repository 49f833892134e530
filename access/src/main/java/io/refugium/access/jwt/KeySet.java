package io.refugium.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The public keys that one address publishes. Keys that are not RSA, or not readable, are left out.
 */
record KeySet(List<Key> keys) {
  /** A key and its name, if it has one. */
  record Key(String id, RSAPublicKey key) {}

  /** Reads a JSON Web Key Set. */
  static KeySet parse(String json) throws ParseException {
    List<Key> keys = new ArrayList<>();
    if (JSONObjectUtils.parse(json).get("keys") instanceof List<?> entries) {
      for (Object entry : entries) {
        Key key =
            entry instanceof Map<?, ?> fields && "RSA".equals(fields.get("kty"))
                ? rsa(fields)
                : null;
        if (key != null) {
          keys.add(key);
        }
      }
    }
    return new KeySet(List.copyOf(keys));
  }

  private static Key rsa(Map<?, ?> fields) {
    try {
      Map<String, Object> publicPart =
          Map.of("kty", "RSA", "n", text(fields, "n"), "e", text(fields, "e"));
      String id = fields.get("kid") instanceof String text ? text : null;
      return new Key(id, RSAKey.parse(publicPart).toRSAPublicKey());
    } catch (ParseException | JOSEException | IllegalArgumentException unreadable) {
      return null;
    }
  }

  private static String text(Map<?, ?> fields, String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  /**
   * The key for a token that names this one, or none: then the only key, or the one without a name.
   * Null when there is none.
   */
  RSAPublicKey find(String id) {
    if (id == null && keys.size() == 1) {
      return keys.getFirst().key();
    }
    for (Key key : keys) {
      if (id == null ? key.id() == null : id.equals(key.id())) {
        return key.key();
      }
    }
    return null;
  }
}
