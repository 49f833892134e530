package io.refugium.access;

/** The limits of the access system. Exceeding one denies; it is never an error of its own. */
public final class AccessLimits {
  /**
   * How deep predicates may run inside predicates: one that calls a function with a user role may
   * cause the next.
   */
  public static final int PREDICATE_DEPTH = 8;

  /** Documents whose rights a delegate has; further ones are not looked at. */
  public static final int DELEGATORS = 256;

  private AccessLimits() {}
}
