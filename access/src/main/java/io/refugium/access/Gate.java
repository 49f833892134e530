package io.refugium.access;

import io.refugium.access.secret.Credentials;
import io.refugium.access.secret.SecretHash;
import io.refugium.database.Database;
import io.refugium.database.Metrics;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import java.security.SecureRandom;
import java.util.List;

/**
 * The only way in: opens a transaction, finds out who is asking, and hands over a {@link Session}
 * with that principal's rights. Languages and endpoints hold a gate and nothing below it.
 * Thread-safe.
 */
public final class Gate {
  private final Database database;
  private final Languages languages;
  private final Vault vault = Vault.create();
  private final Authenticator authenticator;

  /**
   * A gate to the databases of one engine.
   *
   * @param rootHashes bcrypt hashes of the root secrets: see {@link #hashRootSecret}
   */
  public Gate(Database database, Languages languages, List<String> rootHashes) {
    this.database = database;
    this.languages = languages;
    this.authenticator = new Authenticator(languages, vault, rootHashes);
  }

  /** The hash to configure for a root secret. */
  public static String hashRootSecret(String secret) {
    return SecretHash.hash(secret, new SecureRandom());
  }

  /**
   * What a request does in its session; runs again from the start, authenticated anew, when its
   * transaction lost against another.
   */
  @FunctionalInterface
  public interface Body<T> {
    T run(Session session);
  }

  /**
   * Runs a request.
   *
   * @param metrics counts what is consumed, also when the request fails
   * @throws AccessException.Unauthorized when the credentials are not accepted
   * @throws io.refugium.database.DatabaseException as {@link Database#execute} says
   */
  public <T> TransactionResult<T> execute(
      Credentials credentials, TransactionOptions options, Metrics metrics, Body<T> body) {
    if (credentials instanceof Credentials.None) {
      throw new AccessException.Unauthorized();
    }
    return database.execute(
        options,
        metrics,
        transaction -> {
          Principal principal = authenticator.authenticate(transaction, credentials);
          if (principal == null) {
            throw new AccessException.Unauthorized();
          }
          return body.run(Session.open(transaction, principal, languages, vault));
        });
  }

  /**
   * The newest time at which everything is final, in microseconds: what answers without a
   * transaction report.
   */
  public long now() {
    return database.now();
  }
}
