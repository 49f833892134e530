package io.refugium.fql4.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql4.language.Limits;
import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Documents of user collections. */
public final class UserDocuments implements DocumentKind {
  static final UserDocuments INSTANCE = new UserDocuments();
  private static final String CREDENTIALS = "credentials";

  private UserDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("data", "ttl", "permissions", "delegates");
  }

  @Override
  public Set<String> keptByReplace() {
    return Set.of();
  }

  @Override
  public void prepare(Draft draft) {
    draft.optionalObject("data");
    draft.optionalTime("ttl");
    Permissions.prepare(draft, Permissions.OF_DOCUMENT);
    checkDelegates(draft);
    checkCredentials(draft);
    setDefaultTtl(draft);
  }

  private static void checkDelegates(Draft draft) {
    switch (draft.get("delegates")) {
      case null -> {}
      case ArrayValue(List<Value> delegates) -> {
        if (draft.given().has("delegates")) {
          delegates.forEach(delegate -> draft.requireDocument(List.of("delegates"), delegate));
        }
      }
      case Value other -> draft.fail(Invalid.type(List.of("delegates"), other, "Ref Array"));
    }
  }

  /** The parameter {@code credentials}: written to a document of its own, never stored here. */
  public static ObjectValue credentials(ObjectValue params) {
    return params.get(CREDENTIALS) instanceof ObjectValue credentials && !credentials.isEmpty()
        ? Nulls.without(credentials)
        : null;
  }

  private static void checkCredentials(Draft draft) {
    switch (draft.given().get(CREDENTIALS)) {
      case null -> {}
      case NullValue _ -> {}
      case ObjectValue credentials -> {
        checkText(draft, credentials, "password");
        checkText(draft, credentials, "hashed_password");
      }
      case Value other -> {
        draft.fail(Invalid.type(List.of(CREDENTIALS, "password"), other, "Map"));
        draft.fail(Invalid.type(List.of(CREDENTIALS, "hashed_password"), other, "Map"));
      }
    }
  }

  private static void checkText(Draft draft, ObjectValue credentials, String field) {
    Value value = credentials.get(field);
    if (value != null && !(value instanceof StringValue) && !(value instanceof NullValue)) {
      draft.fail(Invalid.type(List.of(CREDENTIALS, field), value, "String"));
    }
  }

  /** A document without a time to live gets that of its collection. */
  private static void setDefaultTtl(Draft draft) {
    if (draft.has("ttl")) {
      return;
    }
    CollectionDef collection =
        draft.session().documentCatalog().collection(draft.ref().collection());
    Long days = collection == null ? null : collection.ttlDays();
    if (days != null) {
      long bounded = Math.max(-Limits.MAX_TTL_DAYS, Math.min(days, Limits.MAX_TTL_DAYS));
      draft.set(
          "ttl",
          new TimeValue(draft.call().evaluation().snapshotTime().plus(bounded, ChronoUnit.DAYS)));
    }
  }
}
