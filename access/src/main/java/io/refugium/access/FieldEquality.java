package io.refugium.access;

import io.refugium.model.Value;

/**
 * A condition without which a predicate about reading never grants: that a top level field of the
 * document, as stored under {@code data}, equals a value. It need not be all that the predicate
 * asks.
 *
 * @param field the name of the field
 * @param value what it has to equal
 */
public record FieldEquality(String field, Source value) {
  /** Where the other value comes from. */
  @FunctionalInterface
  public interface Source {
    /**
     * The value, the same during a whole request; null when there is none.
     *
     * @param session that of the predicate
     */
    Value in(Session session);
  }
}
