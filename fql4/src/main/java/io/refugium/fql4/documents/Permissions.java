package io.refugium.fql4.documents;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The {@code permissions} object of documents, from before there were roles (spec: access, 7). */
final class Permissions {
  private static final String FIELD = "permissions";
  static final Set<String> OF_COLLECTION =
      Set.of(
          "create",
          "read",
          "write",
          "history_read",
          "history_write",
          "create_instances",
          "create_documents");
  static final Set<String> OF_DOCUMENT = Set.of("read", "write", "history_read", "history_write");
  static final Set<String> OF_FUNCTION = Set.of("call");
  static final Set<String> OF_INDEX = Set.of("read", "unrestricted_read");

  private Permissions() {}

  /**
   * Keeps the actions that mean something for the document, and checks to whom they are granted.
   */
  static void prepare(Draft draft, Set<String> actions) {
    switch (draft.get(FIELD)) {
      case null -> {}
      case ObjectValue granted -> {
        ObjectValue.Builder kept = ObjectValue.builder();
        for (Map.Entry<String, Value> action : granted) {
          if (actions.contains(action.getKey())) {
            kept.put(action.getKey(), action.getValue());
            if (isGiven(draft, action.getKey())) {
              check(draft, action.getKey(), action.getValue());
            }
          }
        }
        ObjectValue result = kept.build();
        if (result.isEmpty()) {
          draft.remove(FIELD);
        } else {
          draft.set(FIELD, result);
        }
      }
      case Value other -> draft.fail(Invalid.type(List.of(FIELD), other, "Map"));
    }
  }

  /** What an update leaves alone stays, also when what it refers to is gone. */
  private static boolean isGiven(Draft draft, String action) {
    return draft.given().get(FIELD) instanceof ObjectValue given && given.has(action);
  }

  private static void check(Draft draft, String action, Value grant) {
    List<Value> grants =
        grant instanceof ArrayValue(List<Value> several) ? several : List.of(grant);
    for (Value one : grants) {
      boolean isPublic = one instanceof StringValue(String word) && word.equals("public");
      if (!isPublic && !isCollection(one)) {
        draft.requireDocument(List.of(FIELD, action), one);
      }
    }
  }

  private static boolean isCollection(Value grant) {
    return grant instanceof Ref ref
        && ref.collection() == SystemCollections.COLLECTION
        && SystemCollections.isUser((int) ref.id());
  }
}
