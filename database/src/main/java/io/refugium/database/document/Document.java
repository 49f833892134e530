package io.refugium.database.document;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;

/**
 * One version of a document as it is stored, in the one form that both languages share (spec:
 * schema 4.1).
 *
 * <p>A user document has the fields {@code data}, {@code ttl}, {@code permissions}, {@code
 * delegates}; a schema document has its own, such as {@code name}. FQL v10 flattens {@code data}
 * itself.
 *
 * @param ref the identity of the document
 * @param ts the commit time of this version in microseconds, or {@link #UNCOMMITTED}
 * @param fields the top level fields, without {@code ref} and {@code ts}
 */
public record Document(Ref ref, long ts, ObjectValue fields) {
  /** The time of a version that the running transaction has written. */
  public static final long UNCOMMITTED = Long.MAX_VALUE;

  /** The value of a top level field, or null. */
  public Value get(String field) {
    return fields.get(field);
  }

  /** The object of user fields; empty when the document was written without. */
  public ObjectValue data() {
    return fields.get("data") instanceof ObjectValue data ? data : ObjectValue.EMPTY;
  }

  /** The instant from which the document is invisible, or null. */
  public TimeValue ttl() {
    return fields.get("ttl") instanceof TimeValue ttl ? ttl : null;
  }

  /** Whether the running transaction has written this version. */
  public boolean isUncommitted() {
    return ts == UNCOMMITTED;
  }

  /** Whether the time to live is over at a snapshot, in microseconds (spec: schema 11.4). */
  public boolean isExpiredAt(long snapshot) {
    return Ttl.expired(Ttl.of(fields), snapshot);
  }
}
