package io.refugium.fql4.documents;

import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/**
 * The {@code role} of functions and keys: a built-in name, or user roles by name or ref (spec: FQL
 * v4, 13.1; access, 2.6).
 */
final class RoleReferences {
  private RoleReferences() {}

  static void check(Draft draft, String field) {
    List<String> path = List.of(field);
    switch (draft.get(field)) {
      case StringValue(String name) -> {
        if (!BuiltInRoles.has(name) && !exists(draft, name)) {
          draft.fail(Invalid.unknownRole(path, name));
        }
      }
      case Ref ref when ref.collection() == SystemCollections.ROLE -> {}
      case ArrayValue(List<Value> several) ->
          several.forEach(one -> checkElement(draft, path, one));
      case Value other -> draft.fail(Invalid.type(path, other, "Role"));
    }
  }

  /** In an array built-in names are not allowed: there they would be the name of a user role. */
  private static void checkElement(Draft draft, List<String> path, Value role) {
    switch (role) {
      case StringValue(String name) -> {
        if (!exists(draft, name)) {
          draft.fail(Invalid.type(path, draft.get(path.getFirst()), "Role"));
          draft.fail(Invalid.unknownRole(path, name));
        }
      }
      case Ref ref when ref.collection() == SystemCollections.ROLE -> {}
      default -> draft.fail(Invalid.type(path, draft.get(path.getFirst()), "Role"));
    }
  }

  static boolean exists(Draft draft, String name) {
    return draft.session().byName(draft.session().scope(), SystemCollections.ROLE, name) != null;
  }
}
