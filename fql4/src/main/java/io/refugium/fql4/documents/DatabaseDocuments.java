package io.refugium.fql4.documents;

import io.refugium.database.Transaction;
import io.refugium.database.catalog.Catalog;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;

/** Databases: documents of the database above them. */
final class DatabaseDocuments implements DocumentKind {
  static final DatabaseDocuments INSTANCE = new DatabaseDocuments();
  static final long MIN_PRIORITY = 1;
  static final long MAX_PRIORITY = 500;

  private DatabaseDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("name", "data", "container", "priority", "typechecked", "protected");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("name");
  }

  @Override
  public boolean allowedInContainers() {
    return true;
  }

  @Override
  public void prepare(Draft draft) {
    draft.requireName();
    draft.optionalObject("data");
    draft.optionalBoolean("container");
    draft.optionalBoolean("typechecked");
    draft.optionalBoolean("protected");
    checkPriority(draft);
    if (draft.before() != null && draft.get("container") == BooleanValue.TRUE && holdsData(draft)) {
      draft.fail(Invalid.containerHoldsData());
    }
  }

  private static boolean holdsData(Draft draft) {
    Catalog catalog = draft.session().catalog(Transaction.scopeOf(draft.ref()));
    return catalog != null
        && (!catalog.collections().isEmpty()
            || !catalog.indexes().isEmpty()
            || !catalog.functions().isEmpty());
  }

  static void checkPriority(Draft draft) {
    Value priority = draft.get("priority");
    boolean valid =
        priority == null
            || (priority instanceof LongValue(long value)
                && value >= MIN_PRIORITY
                && value <= MAX_PRIORITY);
    if (!valid) {
      draft.fail(Invalid.type(List.of("priority"), priority, "Priority"));
    }
  }
}
