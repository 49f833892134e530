package io.refugium.fql10.runtime;

import java.time.Instant;

/**
 * What a running query sees of the transaction around it. Not thread-safe.
 */
public interface Environment {
  /** The time of the snapshot that the query reads; constant within a query. */
  Instant snapshotTime();

  /** A new document id: positive, never given before, greater than those given before. */
  long newId();

  /** Access to documents, as far as the caller may see them. */
  Documents documents();

  /** Fails when the query has run out of time. */
  void checkDeadline();
}
