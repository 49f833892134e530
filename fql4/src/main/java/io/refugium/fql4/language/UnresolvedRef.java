package io.refugium.fql4.language;

import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;

/**
 * A well-formed ref whose schema object does not exist: a value that can be compared, rendered and
 * asked for with {@code exists}, nothing else (spec: FQL v4, 2.4).
 *
 * @param collection a native collection for a schema object, else the collection of the document: a
 *     {@link Ref} or again unresolved; null for a native collection of an unknown database
 * @param id the name or number
 * @param database the database it was said to be in: a {@link Ref} or again unresolved; null for
 *     the query's own
 */
public record UnresolvedRef(Value collection, String id, Value database) implements RuntimeValue {

  /** The missing schema object behind this ref. */
  private UnresolvedRef culprit() {
    if (collection instanceof UnresolvedRef unresolved) {
      return unresolved.culprit();
    }
    if (collection == null && database instanceof UnresolvedRef unresolved) {
      return unresolved.culprit();
    }
    return this;
  }

  /** The system collection that the missing schema object would be in. */
  public int kind() {
    return culprit().collection instanceof Ref ref
        ? (int) ref.id()
        : io.refugium.model.SystemCollections.DATABASE;
  }

  /** Whether this is the ref of a document, whose collection is what is missing. */
  public boolean isDocument() {
    return collection instanceof UnresolvedRef;
  }

  public Fql4Exception error(Position position, ApiVersion version) {
    return Errors.invalidRef(position, NativeCollections.word(kind(), version), culprit().id);
  }
}
