package io.refugium.fql4.documents;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.RoleDef;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roles: their shape, and lambdas of the right arity where the wire checks it (spec: access, 5.1 to
 * 5.3).
 */
final class RoleDocuments implements DocumentKind {
  static final RoleDocuments INSTANCE = new RoleDocuments();

  /** Roles with one membership resource, at most. */
  private static final int MAX_ROLES_OF_A_COLLECTION = 64;

  private static final Map<String, Integer> ARITY =
      Map.of(
          "read", 1,
          "write", 2,
          "create", 1,
          "create_with_id", 2,
          "delete", 1,
          "history_read", 1,
          "history_write", 4,
          "unrestricted_read", 1,
          "call", 1);

  private RoleDocuments() {}

  @Override
  public Set<String> writable() {
    return Set.of("name", "privileges", "membership", "data");
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
    clean(draft, "privileges", RoleDocuments::privilege);
    clean(draft, "membership", RoleDocuments::membership);
    draft.optionalObject("data");
    draft.checkReferences();
    if (draft.failures().isEmpty()) {
      checkNumberOfRoles(draft);
    }
  }

  /** Checks one entry and gives what of it is stored. */
  @FunctionalInterface
  private interface Entry {
    ObjectValue clean(Draft draft, ObjectValue entry, boolean alone);
  }

  /** One entry or an array of them; an empty object is none. */
  private static void clean(Draft draft, String field, Entry entry) {
    switch (draft.get(field)) {
      case null -> {}
      case ObjectValue object when object.isEmpty() -> draft.remove(field);
      case ObjectValue object -> draft.set(field, entry.clean(draft, object, true));
      case ArrayValue array -> {
        List<Value> entries = new ArrayList<>(array.size());
        for (Value element : array.values()) {
          if (element instanceof ObjectValue object) {
            entries.add(entry.clean(draft, object, false));
          } else {
            draft.fail(Invalid.type(List.of(field), element, typeName(field)));
          }
        }
        draft.set(field, new ArrayValue(entries));
      }
      case Value other -> draft.fail(Invalid.type(List.of(field), other, typeName(field)));
    }
  }

  private static String typeName(String field) {
    return field.equals("privileges") ? "Privilege" : "Membership";
  }

  private static ObjectValue privilege(Draft draft, ObjectValue entry, boolean alone) {
    ObjectValue.Builder kept = ObjectValue.builder();
    resource(draft, "privileges", entry, kept);
    switch (entry.get("actions")) {
      case null -> {}
      case ObjectValue actions -> {
        ObjectValue.Builder known = ObjectValue.builder();
        for (Map.Entry<String, Value> action : actions) {
          if (ARITY.containsKey(action.getKey())) {
            known.put(action.getKey(), action.getValue());
            checkAction(draft, action.getKey(), action.getValue(), alone);
          }
        }
        ObjectValue result = known.build();
        if (!result.isEmpty()) {
          kept.put("actions", result);
        }
      }
      case Value other -> draft.fail(Invalid.type(List.of("actions"), other, "RoleAction Map"));
    }
    return kept.build();
  }

  private static void checkAction(Draft draft, String action, Value value, boolean alone) {
    switch (value) {
      case BooleanValue _ -> {}
      case LambdaValue lambda when alone ->
          checkArity(draft, List.of("privileges", "actions", action), lambda, ARITY.get(action));
      case LambdaValue _ -> {}
      case StringValue text ->
          draft.fail(Invalid.type(List.of("privileges", "actions", action), text, "Query"));
      default -> draft.fail(Invalid.type(List.of("actions", action), value, "RoleAction"));
    }
  }

  /** A lambda that ignores its argument has every arity. */
  private static void checkArity(
      Draft draft, List<String> field, LambdaValue lambda, int expected) {
    int found = lambda.parameters() instanceof ArrayValue array ? array.size() : 1;
    boolean ignores = lambda.parameters() instanceof StringValue(String name) && name.equals("_");
    if (!ignores && found != expected) {
      draft.fail(Invalid.arity(field, found, expected));
    }
  }

  private static ObjectValue membership(Draft draft, ObjectValue entry, boolean alone) {
    ObjectValue.Builder kept = ObjectValue.builder();
    resource(draft, "membership", entry, kept);
    if (entry.get("resource") instanceof Ref ref
        && ref.collection() != SystemCollections.COLLECTION) {
      draft.fail(Invalid.type(List.of("resource"), ref, "Class Ref"));
    }
    switch (entry.get("predicate")) {
      case null -> {}
      case LambdaValue lambda -> {
        kept.put("predicate", lambda);
        if (alone) {
          checkArity(draft, List.of("membership", "predicate"), lambda, 1);
        }
      }
      case StringValue text ->
          draft.fail(Invalid.type(List.of("membership", "predicate"), text, "Query"));
      case Value other -> draft.fail(Invalid.type(List.of("predicate"), other, "Query"));
    }
    return kept.build();
  }

  private static void resource(
      Draft draft, String field, ObjectValue entry, ObjectValue.Builder kept) {
    switch (entry.get("resource")) {
      case null -> {}
      case Ref ref -> kept.put("resource", ref);
      case Value other -> draft.fail(Invalid.type(List.of(field, "resource"), other, "Ref"));
    }
  }

  private static void checkNumberOfRoles(Draft draft) {
    Catalog catalog = draft.session().pendingCatalog();
    for (Value resource : memberships(draft.fields())) {
      long others =
          catalog.roles().stream()
              .map(RoleDef::document)
              .filter(
                  role ->
                      !role.ref().equals(draft.ref())
                          && memberships(role.fields()).contains(resource))
              .count();
      if (others >= MAX_ROLES_OF_A_COLLECTION) {
        List<String> field = draft.before() == null ? List.of(draft.call().name()) : List.of();
        draft.fail(Invalid.tooManyRoles(field, MAX_ROLES_OF_A_COLLECTION));
        return;
      }
    }
  }

  private static List<Value> memberships(ObjectValue role) {
    Value membership = role.get("membership");
    List<Value> entries =
        membership instanceof ArrayValue(List<Value> several)
            ? several
            : membership == null ? List.of() : List.of(membership);
    List<Value> resources = new ArrayList<>();
    for (Value entry : entries) {
      if (entry instanceof ObjectValue object && object.get("resource") instanceof Ref ref) {
        resources.add(ref);
      }
    }
    return resources;
  }
}
