package io.refugium.fql4.documents;

import io.refugium.access.Session;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Position;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;

/** What must not be done to the schema of a protected database (spec: FQL v4, 9.5). */
public final class Protection {
  private static final String REASON =
      ": destructive change forbidden because database is in protected mode.";

  private Protection() {}

  private static boolean isOn(Session session) {
    DatabaseInfo database = session.database(session.scope());
    return database != null && database.isProtected();
  }

  /** Refuses changes of a collection that lose documents or history. */
  static void checkCollection(Draft draft) {
    if (draft.before() == null || !isOn(draft.session())) {
      return;
    }
    ObjectValue before = draft.before().fields();
    ObjectValue after = draft.fields();
    Position position = draft.call().position();
    long oldHistory = days(before, "history_days");
    if (oldHistory != days(after, "history_days")) {
      if (!after.has("history_days")
          && before.has("history_days")
          && draft.given().has("history_days")) {
        throw Errors.schemaInvalid(position, "Cannot remove `history_days` field" + REASON);
      }
      if (days(after, "history_days") < oldHistory) {
        throw Errors.schemaInvalid(position, "Cannot decrease `history_days` field" + REASON);
      }
    }
    if (after.get("ttl_days") instanceof LongValue(long now)) {
      if (!before.has("ttl_days")) {
        throw Errors.schemaInvalid(position, "Cannot remove `ttl_days` field" + REASON);
      }
      if (now < days(before, "ttl_days")) {
        throw Errors.schemaInvalid(position, "Cannot decrease `ttl_days` field" + REASON);
      }
    }
  }

  /** Days as a number: none is for ever. */
  private static long days(ObjectValue fields, String field) {
    return fields.get(field) instanceof LongValue(long days) ? days : Long.MAX_VALUE;
  }

  /** Refuses to delete collections and indexes. */
  public static void checkDelete(Session session, Ref ref, Position position) {
    if (ref.collection() == SystemCollections.COLLECTION && isOn(session)) {
      throw Errors.schemaInvalid(position, "Cannot delete collection" + REASON);
    }
    if (ref.collection() == SystemCollections.INDEX && isOn(session)) {
      throw Errors.schemaInvalid(position, "Cannot cause deletion of backing index" + REASON);
    }
  }
}
