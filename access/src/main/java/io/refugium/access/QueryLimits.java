package io.refugium.access;

/**
 * What one query may use, in both languages.
 *
 * @param computeOps operations of compute as answers tell them, at least 1; more is an error of the
 *     query
 */
public record QueryLimits(int computeOps) {
  /** The values of the wire contract. */
  public static final QueryLimits STANDARD = new QueryLimits(12_000);

  public QueryLimits {
    if (computeOps < 1) {
      throw new IllegalArgumentException("a query needs at least 1 compute operation");
    }
  }
}
