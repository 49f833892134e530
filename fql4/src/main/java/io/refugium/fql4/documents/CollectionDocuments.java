package io.refugium.fql4.documents;

import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;

/** Collections. What FQL v10 has defined on them stays as it is. */
final class CollectionDocuments implements DocumentKind {
  static final CollectionDocuments INSTANCE = new CollectionDocuments();

  private CollectionDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("name", "history_days", "ttl_days", "data", "permissions");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of("name", "history_days");
  }

  @Override
  public void prepare(Draft draft) {
    draft.requireName();
    if (draft.before() == null && !draft.given().has("history_days")) {
      draft.setDefault("history_days", new LongValue(0));
    }
    Value days = draft.get("history_days");
    if (days instanceof LongValue(long number)) {
      if (number < 0) {
        draft.fail(Invalid.negative("history_days"));
      }
    } else if (days != null) {
      draft.fail(Invalid.type(List.of("history_days"), days, "Long"));
    }
    draft.optionalInteger("ttl_days");
    draft.optionalObject("data");
    Permissions.prepare(draft, Permissions.OF_COLLECTION);
    Protection.checkCollection(draft);
  }
}
