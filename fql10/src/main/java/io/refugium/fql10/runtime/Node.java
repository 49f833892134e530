package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * An executable piece of a query. Immutable and shared by all runs of the query; what belongs to a
 * run is in the {@link Frame}.
 */
@FunctionalInterface
public interface Node {
  /**
   * The value of this piece.
   *
   * @throws QueryFailure if the query fails here
   */
  Value evaluate(Frame frame);
}
