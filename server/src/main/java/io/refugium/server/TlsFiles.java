package io.refugium.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Certificate and key of a server that speaks TLS.
 *
 * @param certificate a PEM file: the server's certificate first, then those of its issuers
 * @param key a PEM file: the private key (PKCS #8, not encrypted)
 */
public record TlsFiles(Path certificate, Path key) {
  private static final Pattern PEM_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** Why a certificate and a key cannot be used; the message is for people. */
  public static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** How keys are made of their bytes, and how one signs with them. */
  private enum Algorithm {
    RSA("RSA", "SHA256withRSA"),
    EC("EC", "SHA256withECDSA"),
    ED25519("Ed25519", "Ed25519");

    private final String keys;
    private final String signatures;

    Algorithm(String keys, String signatures) {
      this.keys = keys;
      this.signatures = signatures;
    }
  }

  /**
   * A key store with this certificate and key; it has no password.
   *
   * @throws Unusable if a file cannot be read or is not what it should be, or if the two do not
   *     belong together
   */
  KeyStore load() throws Unusable {
    Certificate[] chain = chain();
    byte[] encoded = keyBytes();
    for (Algorithm algorithm : Algorithm.values()) {
      PrivateKey privateKey = privateKey(algorithm, encoded);
      if (privateKey != null) {
        requirePair(algorithm, chain[0].getPublicKey(), privateKey);
        return keyStore(privateKey, chain);
      }
    }
    throw new Unusable(key + " has no key for RSA, EC or Ed25519", null);
  }

  private Certificate[] chain() throws Unusable {
    try (var in = Files.newInputStream(certificate)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (all.isEmpty()) {
        throw new Unusable(certificate + " has no certificate", null);
      }
      return List.copyOf(all).toArray(Certificate[]::new);
    } catch (IOException | CertificateException e) {
      throw new Unusable("Cannot read the certificate " + certificate + reason(e), e);
    }
  }

  private byte[] keyBytes() throws Unusable {
    try {
      Matcher pem = PEM_KEY.matcher(Files.readString(key, StandardCharsets.US_ASCII));
      if (!pem.find()) {
        throw new Unusable(
            key + " has no PRIVATE KEY in PEM (PKCS #8); openssl pkcs8 -topk8 -nocrypt makes one",
            null);
      }
      return Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IOException | IllegalArgumentException e) {
      throw new Unusable("Cannot read the key " + key + reason(e), e);
    }
  }

  /** The contents of a key file are in no message. */
  private static String reason(Exception e) {
    return " (" + e.getClass().getSimpleName() + ")";
  }

  private static PrivateKey privateKey(Algorithm algorithm, byte[] encoded) throws Unusable {
    try {
      return KeyFactory.getInstance(algorithm.keys)
          .generatePrivate(new PKCS8EncodedKeySpec(encoded));
    } catch (InvalidKeySpecException other) {
      return null;
    } catch (GeneralSecurityException e) {
      throw new Unusable("This Java platform has no " + algorithm.keys, e);
    }
  }

  private void requirePair(Algorithm algorithm, PublicKey publicKey, PrivateKey privateKey)
      throws Unusable {
    byte[] text = "one pair".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm.signatures);
      signature.initSign(privateKey);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(text);
      if (signature.verify(signed)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw new Unusable(key + " is not the key of " + certificate, e);
    }
    throw new Unusable(key + " is not the key of " + certificate, null);
  }

  private static KeyStore keyStore(PrivateKey privateKey, Certificate[] chain) throws Unusable {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, new char[0], chain);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new Unusable("The certificate cannot be used" + reason(e), e);
    }
  }
}
