package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * A set: a lazy recipe for a sequence of values (language specification, section 5.12). Immutable;
 * equal if built the same way from equal parts. Nothing is read before {@link #open}.
 */
public non-sealed interface SetValue extends QueryValue {

  /**
   * Starts to read.
   *
   * @param position where an earlier reading stopped, as {@link Elements#position()} told; null for
   *     the start
   * @throws QueryFailure {@code invalid_cursor} if the position does not fit this set
   */
  Elements open(QueryContext context, Value position);

  /** The set in the opposite order. */
  SetValue reversed();

  /** How many elements a page has unless a query says otherwise. */
  default int pageSize() {
    return Limits.DEFAULT_PAGE_SIZE;
  }

  /**
   * Whether its length depends on how much is stored: a collection or an index, not bounded by a
   * small {@code take}. Reading such a set as a whole is worth a hint.
   */
  default boolean isUnbounded() {
    return false;
  }

  @Override
  default Kind kind() {
    return Kind.SET;
  }

  /** The elements of a set in the course of being read. Confined to the thread of the query. */
  interface Elements {
    /** The next element, or Java's {@code null} at the end. */
    Value next();

    /**
     * Whether a further page is worth asking for. Does not run callbacks of the language except
     * those of filters.
     */
    boolean hasMore();

    /** The position after the element last returned: a value that can be stored. */
    Value position();
  }
}
