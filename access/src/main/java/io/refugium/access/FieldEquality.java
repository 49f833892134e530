package io.refugium.access;

import io.refugium.database.Transaction;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import io.refugium.model.Value;

/**
 * A condition without which a predicate about reading never grants: that a top level field of the
 * document, as stored under {@code data}, equals a value.
 *
 * @param field the name of the field
 * @param value what it has to equal
 * @param sufficient whether the predicate asks no more, and cannot fail where the field, stored and
 *     not computed, equals the value
 */
public record FieldEquality(String field, Source value, boolean sufficient) {
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

  /**
   * Whether the predicate is sure to grant reading a document as it is now, which is read as the
   * predicate would. If not, nothing is known: the predicate has to be asked.
   *
   * @param session that of the predicate
   */
  boolean suffices(Session session, Ref ref) {
    if (!sufficient) {
      return false;
    }
    Value wanted = value.in(session);
    CollectionDef collection = session.catalog().collection(ref.collection());
    if (wanted == null || collection == null || collection.computedFields().has(field)) {
      return false;
    }
    Document document = session.v4().get(ref, Transaction.NOW).orNull();
    return document != null && wanted.equals(document.data().get(field));
  }
}
