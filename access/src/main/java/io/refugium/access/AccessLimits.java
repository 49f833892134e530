package io.refugium.access;

import java.time.Duration;

/** The limits of the access system. Exceeding one denies; it is never an error of its own. */
public final class AccessLimits {
  /**
   * How deep predicates may run inside predicates: one that calls a function with a user role may
   * cause the next.
   */
  public static final int PREDICATE_DEPTH = 8;

  /**
   * Documents of which a session remembers that a predicate lets it read them; about further ones
   * predicates are asked each time.
   */
  public static final int REMEMBERED_READS = 16_384;

  /** Documents whose rights a delegate has; further ones are not looked at. */
  public static final int DELEGATORS = 256;

  /**
   * Wrong secrets and passwords that an address may have sent before its refusals are delayed; so
   * many that people and programs with an old secret never notice.
   */
  public static final int FREE_GUESSES = 100;

  /** Wrong guesses that an address is forgiven each second. */
  public static final int FORGIVEN_PER_SECOND = 10;

  /** How long a refusal is held back when its address has sent too many wrong guesses. */
  public static final Duration REFUSAL_DELAY = Duration.ofSeconds(1);

  /**
   * Refusals of one address that are held back at once, wrong passwords in queries included;
   * further attempts with secrets that were not seen lately wait for one to end before they are
   * looked at. So many guesses get an answer each second, at most.
   */
  public static final int DELAYED_REFUSALS = 16;

  /** Addresses whose wrong guesses are remembered; those seen last. */
  public static final int SUSPECTED_SOURCES = 10_000;

  /** How long an address is remembered after its last attempt; long since forgiven by then. */
  public static final Duration SUSPICION = Duration.ofMinutes(10);

  /** Databases whose use is remembered when there are rate limits; those seen last. */
  public static final int METERED_DATABASES = 10_000;

  /**
   * For how long one request can use up the allowance of its database, in seconds: what it costs
   * beyond that is forgiven.
   */
  public static final int MOST_DEBT_SECONDS = 10;

  /** Decisions that one explanation tells; of further ones it tells how many there were. */
  public static final int EXPLAINED_DECISIONS = 1_000;

  private AccessLimits() {}
}
