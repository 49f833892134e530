package io.refugium.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An identity provider for tests: keys, key sets and signed tokens. */
public final class Tokens {
  private Tokens() {}

  /** A new key pair with this name. */
  public static RSAKey key(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The public halves of keys as they are published. */
  public static String published(RSAKey... keys) {
    return new JWKSet(Arrays.stream(keys).map(com.nimbusds.jose.jwk.JWK.class::cast).toList())
        .toString();
  }

  /** Claims from pairs of names and values. */
  public static Map<String, Object> claims(Object... pairs) {
    Map<String, Object> claims = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      claims.put((String) pairs[i], pairs[i + 1]);
    }
    return claims;
  }

  /** A signed token in its compact form. */
  public static String signed(RSAKey key, JWSAlgorithm algorithm, Map<String, Object> claims) {
    try {
      JWSObject token =
          new JWSObject(
              new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), new Payload(claims));
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
