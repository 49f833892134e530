package io.refugium.database.document;

import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.Map;

/**
 * One entry in the history of a document (spec: fql4 11.3, schema 11.5). Whether it created or
 * updated follows from the version before it; the oldest version that is still readable counts as
 * the creation.
 *
 * @param ts when it was written, in microseconds, or {@link Document#UNCOMMITTED}
 * @param change what happened to the document
 * @param before the fields before, or null when there was no document
 * @param fields the fields after, or null when the document was deleted
 */
public record Version(Ref ref, long ts, Change change, ObjectValue before, ObjectValue fields) {
  /** What a version did to its document. */
  public enum Change {
    CREATE,
    UPDATE,
    DELETE
  }

  public static Version of(Ref ref, long ts, ObjectValue before, ObjectValue fields) {
    Change change = fields == null ? Change.DELETE : before == null ? Change.CREATE : Change.UPDATE;
    return new Version(ref, ts, change, before, fields);
  }

  /** The document as of this version, or null when it was deleted. */
  public Document document() {
    return fields == null ? null : new Document(ref, ts, fields);
  }

  /**
   * What an update changed: new and changed members with their new value, members that went away as
   * null; objects member by member, everything else as a whole. For a creation all fields, for a
   * deletion the empty object.
   */
  public ObjectValue diff() {
    if (fields == null) {
      return ObjectValue.EMPTY;
    }
    return before == null ? fields : diff(before, fields);
  }

  private static ObjectValue diff(ObjectValue before, ObjectValue after) {
    ObjectValue.Builder diff = ObjectValue.builder();
    for (Map.Entry<String, Value> member : before) {
      if (!after.has(member.getKey())) {
        diff.put(member.getKey(), NullValue.NULL);
      }
    }
    for (Map.Entry<String, Value> member : after) {
      Value old = before.get(member.getKey());
      Value now = member.getValue();
      if (old instanceof ObjectValue oldObject && now instanceof ObjectValue nowObject) {
        ObjectValue inner = diff(oldObject, nowObject);
        if (!inner.isEmpty()) {
          diff.put(member.getKey(), inner);
        }
      } else if (!now.equals(old)) {
        diff.put(member.getKey(), now);
      }
    }
    return diff.build();
  }
}
