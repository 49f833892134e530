package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must not be done to the schema of a protected database (schema specification, 2.6). */
final class Protection {
  private static final String REASON =
      ": destructive change forbidden because database is in protected mode.";

  private final Session session;

  Protection(Session session) {
    this.session = session;
  }

  private boolean isOn() {
    DatabaseInfo database = session.database(session.scope());
    return database != null && database.isProtected();
  }

  private static ConstraintFailure forbidden(String change) {
    return new ConstraintFailure(List.of(), change + REASON);
  }

  /**
   * Refuses changes of a collection that lose documents or history.
   *
   * @param given what the query wants to write
   * @param after the fields as they will be
   */
  void checkChange(
      Document before, ObjectValue given, ObjectValue after, List<ConstraintFailure> failures) {
    if (before.ref().collection() != SystemCollections.COLLECTION || !isOn()) {
      return;
    }
    long oldHistory = days(before.fields(), "history_days");
    if (before.fields().has("history_days")
        && given.has("history_days")
        && Kind.isNull(given.get("history_days"))) {
      failures.add(forbidden("Cannot remove `history_days` field"));
    } else if (days(after, "history_days") < oldHistory) {
      failures.add(forbidden("Cannot decrease `history_days` field"));
    }
    if (after.get("ttl_days") instanceof LongValue(long now)) {
      if (!before.fields().has("ttl_days")) {
        failures.add(forbidden("Cannot remove `ttl_days` field"));
      } else if (now < days(before.fields(), "ttl_days")) {
        failures.add(forbidden("Cannot decrease `ttl_days` field"));
      }
    }
  }

  /** Days as a number: none is for ever. */
  private static long days(ObjectValue fields, String field) {
    return fields.get(field) instanceof LongValue(long days) ? days : Long.MAX_VALUE;
  }

  /** Refuses to delete a collection. */
  void checkDeletion(Ref ref, String failure) {
    if (ref.collection() == SystemCollections.COLLECTION && isOn()) {
      SchemaRules.failIfAny(failure, List.of(forbidden("Cannot delete collection")));
    }
  }

  /** Refuses a schema, unless it is staged, in which a collection has lost an index. */
  void checkIndexes() {
    if (!isOn() || session.schemaStage().isStaged()) {
      return;
    }
    Catalog pending = session.pendingCatalog();
    for (CollectionDef before : session.catalog().collections()) {
      CollectionDef after = pending.collection(before.id());
      if (after != null && !indexes(after).containsAll(indexes(before))) {
        throw QueryFailure.of(
            ErrorCode.INVALID_SCHEMA,
            "Invalid database schema update.\n",
            List.of(forbidden("Cannot cause deletion of backing index")));
      }
    }
  }

  private static Set<Integer> indexes(CollectionDef collection) {
    Set<Integer> ids = new HashSet<>();
    for (IndexDef index : collection.indexes()) {
      if (index.language() == IndexDef.Language.V10) {
        ids.add(index.id());
      }
    }
    return ids;
  }
}
