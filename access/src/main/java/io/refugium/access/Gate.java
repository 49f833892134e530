package io.refugium.access;

import io.refugium.access.jwt.Jwt;
import io.refugium.access.jwt.KeyAddresses;
import io.refugium.access.jwt.SigningKeys;
import io.refugium.access.secret.Credentials;
import io.refugium.access.secret.ScopedSecret;
import io.refugium.access.secret.SecretHash;
import io.refugium.database.Database;
import io.refugium.database.Metrics;
import io.refugium.database.MustWait;
import io.refugium.database.Transaction;
import io.refugium.database.TransactionOptions;
import io.refugium.database.TransactionResult;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only way in: opens a transaction, finds out who is asking, and hands over a {@link Session}
 * with that principal's rights. Languages and endpoints hold a gate and nothing below it.
 * Thread-safe.
 */
public final class Gate {
  private final Database database;
  private final Languages languages;
  private final Vault vault;
  private final Authenticator authenticator;
  private final SigningKeys signingKeys;
  private final LeaseWatch leases;
  private final Audiences audiences;
  private final Guesses guesses;
  private final RateLimiter rates;
  private final QueryLimits queries;
  private final Explanation explanation; // null unless somebody asked for one

  /**
   * A gate to the databases of one engine, that trusts proper {@code https} addresses of signing
   * keys only.
   *
   * @param rootHashes bcrypt hashes of the root secrets: see {@link #hashRootSecret}
   */
  public Gate(Database database, Languages languages, List<String> rootHashes) {
    this(database, languages, rootHashes, KeyAddresses.STRICT);
  }

  /**
   * A gate to the databases of one engine.
   *
   * @param rootHashes bcrypt hashes of the root secrets: see {@link #hashRootSecret}
   * @param keyAddresses where signing keys of access providers may be fetched from
   */
  public Gate(
      Database database, Languages languages, List<String> rootHashes, KeyAddresses keyAddresses) {
    this(database, languages, rootHashes, keyAddresses, RateLimits.NONE, QueryLimits.STANDARD);
  }

  /**
   * The same with limits of what each database and each query may use.
   *
   * @param limits the same for all databases
   */
  public Gate(
      Database database,
      Languages languages,
      List<String> rootHashes,
      KeyAddresses keyAddresses,
      RateLimits limits,
      QueryLimits queries) {
    this(database, languages, rootHashes, keyAddresses, Guesses.Pace.REAL, limits, queries);
  }

  Gate(
      Database database,
      Languages languages,
      List<String> rootHashes,
      KeyAddresses keyAddresses,
      Guesses.Pace pace,
      RateLimits limits,
      QueryLimits queries) {
    this.queries = queries;
    this.guesses = new Guesses(pace);
    this.rates = new RateLimiter(limits, pace::nanoTime);
    this.database = database;
    this.languages = languages;
    this.vault = Vault.create(keyAddresses);
    this.signingKeys = new SigningKeys(keyAddresses);
    this.authenticator = new Authenticator(languages, vault, queries, rootHashes);
    this.leases = new LeaseWatch(database);
    this.audiences = new Audiences(pace::nanoTime);
    this.explanation = null;
  }

  private Gate(Gate other, Explanation explanation) {
    this.queries = other.queries;
    this.guesses = other.guesses;
    this.rates = other.rates;
    this.database = other.database;
    this.languages = other.languages;
    this.vault = other.vault;
    this.signingKeys = other.signingKeys;
    this.authenticator = other.authenticator;
    this.leases = other.leases;
    this.audiences = other.audiences;
    this.explanation = explanation;
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
   * @throws RateLimitExceeded when its database has used up what it may use
   * @throws DatabaseException as {@link Database#execute} says
   * @throws MustWait when the options do not allow it to wait, and it would have to: then nothing
   *     has happened, and nothing is charged
   */
  public <T> TransactionResult<T> execute(
      Credentials credentials, TransactionOptions options, Metrics metrics, Body<T> body) {
    return execute(credentials, options, metrics, body, session -> admit(session, false));
  }

  /** The same for a request that opens a stream. */
  public <T> TransactionResult<T> openStream(
      Credentials credentials, TransactionOptions options, Metrics metrics, Body<T> body) {
    return execute(credentials, options, metrics, body, session -> admit(session, true));
  }

  /** The same for what must go on: it is charged to its database, but never refused for that. */
  <T> TransactionResult<T> proceed(
      Credentials credentials, TransactionOptions options, Metrics metrics, Body<T> body) {
    return execute(credentials, options, metrics, body, _ -> {});
  }

  private void admit(Session session, boolean opensStream) {
    rates.admit(session.catalog().database().tenant(), opensStream);
  }

  /**
   * Runs a request.
   *
   * @param admission refuses it, by throwing, once it is known who asks
   */
  private <T> TransactionResult<T> execute(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Body<T> body,
      Consumer<Session> admission) {
    return explanation == null
        ? enter(credentials, options, metrics, body, admission)
        : explain(credentials, options, metrics, body, admission);
  }

  private <T> TransactionResult<T> enter(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Body<T> body,
      Consumer<Session> admission) {
    AtomicReference<Session> last = new AtomicReference<>();
    Body<T> admitted =
        session -> {
          if (last.get() == null) {
            admission.accept(session);
          }
          last.set(session);
          return body.run(session);
        };
    if (!options.mayWait()) {
      return briefly(credentials, options, metrics, admitted, last);
    }
    try {
      return guesses.attempt(
          credentials.source(),
          () -> isKnown(credentials),
          options.deadline(),
          guessing -> attempt(credentials, options, metrics, guessing, admitted));
    } finally {
      charge(last.get(), metrics);
    }
  }

  /**
   * An attempt that must not wait. It makes no guesses, because it ends before a hash is computed
   * or a guess is answered; so only refusals, which may have to be held back, and a lack of time
   * are left to one that may.
   */
  private <T> TransactionResult<T> briefly(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Body<T> body,
      AtomicReference<Session> last) {
    if (credentials instanceof Credentials.Jwt) {
      throw new MustWait(); // its signing keys may have to be fetched
    }
    try {
      return attempt(credentials, options, metrics, Guesses.Attempt.UNBLAMED, body);
    } catch (AccessException.Unauthorized | DatabaseException.DeadlineExceeded _) {
      last.set(null);
      throw new MustWait();
    } catch (MustWait waiting) {
      last.set(null);
      throw waiting;
    } finally {
      charge(last.get(), metrics);
    }
  }

  private void charge(Session session, Metrics metrics) {
    if (session != null) {
      rates.charge(session.catalog().database().tenant(), metrics);
    }
  }

  private boolean isKnown(Credentials credentials) {
    return credentials instanceof Credentials.Scoped scoped
        && vault.verifier().isKnown(scoped.secret().secret());
  }

  private <T> TransactionResult<T> attempt(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Guesses.Attempt guessing,
      Body<T> body) {
    Function<Transaction, Principal> authentication =
        switch (credentials) {
          case Credentials.None _ -> throw new AccessException.Unauthorized();
          case Credentials.Scoped(ScopedSecret secret, String _) ->
              transaction -> authenticator.authenticate(transaction, secret);
          case Credentials.Jwt(String text, String _) -> verified(text, options);
        };
    return database.execute(
        options,
        metrics,
        transaction -> {
          Principal principal = authentication.apply(transaction);
          if (principal == null) {
            throw new AccessException.Unauthorized();
          }
          return body.run(
              Session.open(transaction, principal, languages, vault, queries, guessing));
        });
  }

  /**
   * Runs what would change the schema, for whoever may read it, and takes everything back: the body
   * may write as an administrator, and nothing that it writes is ever committed.
   *
   * @throws AccessException.Unauthorized when the credentials are not accepted
   * @throws AccessException.WriteRefused when they do not allow to read the schema
   */
  public <T> T rehearse(
      Credentials credentials, TransactionOptions options, Metrics metrics, Body<T> body) {
    return takenBack(
        credentials,
        options,
        metrics,
        session -> {
          if (!session.permissions().mayReadSchema()) {
            throw new AccessException.WriteRefused(false);
          }
          return body.run(session.with(PermissionSet.BuiltIn.ADMIN));
        },
        session -> admit(session, false));
  }

  /**
   * This gate for whoever wants to know why something is allowed or is not: what passes through it
   * runs as it would, is explained, and is taken back. Only the root secret and keys with the role
   * admin get in ({@link AccessException.NotExplained}); with a scope they ask on behalf of a
   * document or role (spec access 2.4).
   *
   * @param explanation to be filled
   */
  public Gate explaining(Explanation explanation) {
    return new Gate(this, explanation);
  }

  private <T> TransactionResult<T> explain(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Body<T> body,
      Consumer<Session> admission) {
    return takenBack(
        credentials,
        options,
        metrics,
        session -> {
          if (!mayExplain(session)) {
            throw new AccessException.NotExplained();
          }
          Session explained = session.explained(explanation);
          explanation.begin(explained);
          T value = body.run(explained);
          return new TransactionResult<>(value, session.snapshotTime(), false, 1, metrics);
        },
        admission);
  }

  /** Goes by the secret itself, whatever it asks to act as. */
  private static boolean mayExplain(Session session) {
    return switch (session.principal().loginSource()) {
      case LoginSource.Root _ -> true;
      case LoginSource.Key(Ref key) ->
          session.peek(key).get("role") instanceof StringValue(String name) && name.equals("admin");
      case LoginSource.Token _, LoginSource.Jwt _ -> false;
    };
  }

  /** Runs a body in a transaction that never commits. */
  private <T> T takenBack(
      Credentials credentials,
      TransactionOptions options,
      Metrics metrics,
      Body<T> body,
      Consumer<Session> admission) {
    List<T> result = new ArrayList<>(1);
    try {
      enter(
          credentials,
          options,
          metrics,
          session -> {
            result.clear();
            result.add(body.run(session));
            throw new TakenBack();
          },
          admission);
    } catch (TakenBack _) {
      return result.getFirst();
    }
    throw new IllegalStateException("what was to be taken back was committed");
  }

  /** Ends a transaction, so that it cannot commit. */
  private static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TakenBack() {
      super("taken back", null, false, false);
    }
  }

  /**
   * Checks the signature before the transaction of the request begins: fetching keys takes time
   * that a snapshot should not.
   */
  private Function<Transaction, Principal> verified(String text, TransactionOptions options) {
    Jwt token = Jwt.parse(text);
    if (token == null) {
      throw new AccessException.Unauthorized();
    }
    String keys =
        database.execute(options, transaction -> authenticator.keysFor(transaction, token)).value();
    if (keys == null || !signingKeys.vouchFor(token, keys)) {
      throw new AccessException.Unauthorized();
    }
    return transaction -> authenticator.authenticate(transaction, token, keys);
  }

  /** Watches the rights of those who stay. */
  LeaseWatch leases() {
    return leases;
  }

  /** Who must be told the same. */
  Audiences audiences() {
    return audiences;
  }

  /**
   * The newest time at which everything is final, in microseconds: what answers without a
   * transaction report.
   */
  public long now() {
    return database.now();
  }
}
