package io.refugium.access;

import io.refugium.model.BooleanValue;
import io.refugium.model.Value;

/**
 * A compiled predicate of a role or an access provider: a function that a language runs for the
 * access system. Immutable and thread-safe.
 */
@FunctionalInterface
public interface Predicate {
  /**
   * Runs it.
   *
   * @param session read-only, with the rights of predicates ({@link
   *     PermissionSet.BuiltIn#PREDICATE}), on the snapshot and with the own writes of the request
   * @return what came out; errors of the predicate are a {@link Outcome.Failed}, not an exception
   */
  Outcome evaluate(Session session, PredicateInput input);

  /**
   * What a document must have for this predicate, asked about reading it, to be true; null when
   * nothing is known. Lists under a role use it to find documents through an index; a predicate of
   * which it is all is not run where a look at the document tells that it is true.
   */
  default FieldEquality necessary() {
    return null;
  }

  /** A predicate of which this much is known. */
  static Predicate knowing(FieldEquality necessary, Predicate predicate) {
    return new Predicate() {
      @Override
      public Outcome evaluate(Session session, PredicateInput input) {
        return predicate.evaluate(session, input);
      }

      @Override
      public FieldEquality necessary() {
        return necessary;
      }
    };
  }

  /** What came out of a predicate. Only {@code true} itself grants anything. */
  sealed interface Outcome {
    /** It returned {@code true}. */
    Outcome TRUE = new Returned(BooleanValue.TRUE);

    /** It returned a value. */
    record Returned(Value value) implements Outcome {}

    /** It failed; the text is for explanations, never for the caller. */
    record Failed(String reason) implements Outcome {}

    /** Whether this grants. */
    default boolean isTrue() {
      return this instanceof Returned(Value value) && value == BooleanValue.TRUE;
    }
  }
}
