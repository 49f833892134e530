package io.refugium.fql10.documents;

import io.refugium.access.RoleNames;
import io.refugium.access.Session;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.RoleDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.DocumentErrors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the fields of a native document must satisfy beyond their types (schema specification,
 * sections 2.4 step 2 and 3, and 3).
 */
final class SchemaRules {
  /** Roles that may have the same membership resource. */
  private static final int ROLES_OF_A_RESOURCE = 64;

  private final Session session;
  private final int collection;
  private final Document before;

  /**
   * The rules for a write.
   *
   * @param before the document as stored; null for a new one
   */
  SchemaRules(Session session, int collection, Document before) {
    this.session = session;
    this.collection = collection;
    this.before = before;
  }

  static void failIfAny(String message, List<ConstraintFailure> failures) {
    if (!failures.isEmpty()) {
      throw QueryFailure.constraint(message, failures);
    }
  }

  /**
   * Checks fields, of which some may have wrong types.
   *
   * @param failures what is wrong with types; the rest is added, all in the order of the fields
   */
  void check(ObjectValue fields, List<ConstraintFailure> failures) {
    List<ConstraintFailure> found = new ArrayList<>();
    checkRules(fields, failures.isEmpty(), found);
    found.removeIf(failure -> failures.stream().anyMatch(known -> isInside(failure, known)));
    failures.addAll(found);
    inOrderOf(fields, failures);
  }

  /** Whether a failure is about a value that another one refuses as a whole. */
  private static boolean isInside(ConstraintFailure failure, ConstraintFailure other) {
    if (failure.paths().isEmpty() || other.paths().isEmpty()) {
      return false;
    }
    List<Object> path = failure.paths().getFirst();
    List<Object> above = other.paths().getFirst();
    return path.size() >= above.size() && path.subList(0, above.size()).equals(above);
  }

  private void checkRules(ObjectValue fields, boolean typed, List<ConstraintFailure> failures) {
    switch (collection) {
      case SystemCollections.COLLECTION -> {
        globalName(fields, failures);
        new CollectionRules(fields, before, failures).check();
      }
      case SystemCollections.FUNCTION -> {
        globalName(fields, failures);
        FunctionRules.checkBody(fields.get("body"), List.of("body"), failures);
        FunctionRules.checkSignature(fields.get("signature"), failures);
        functionRole(fields, failures);
      }
      case SystemCollections.ROLE -> {
        roleName(fields, failures);
        FunctionRules.checkRole(fields, failures);
        numberOfRoles(fields, failures);
      }
      case SystemCollections.ACCESS_PROVIDER -> {
        validName(fields, failures);
        accessProvider(fields, failures);
      }
      case SystemCollections.DATABASE -> validName(fields, failures);
      case SystemCollections.KEY -> key(fields, failures);
      case SystemCollections.TOKEN, SystemCollections.CREDENTIAL -> {
        if (typed) {
          identity(fields, failures);
        }
      }
      default -> throw new IllegalStateException("no native collection: " + collection);
    }
  }

  /** Failures are reported in the order in which the fields were given. */
  private static void inOrderOf(ObjectValue fields, List<ConstraintFailure> failures) {
    List<String> names = new ArrayList<>();
    fields.forEach(
        field -> {
          if (!Kind.isNull(field.getValue())) {
            names.add(field.getKey());
          }
        });
    failures.sort(
        Comparator.comparingInt(
            failure ->
                failure.paths().isEmpty() || failure.paths().getFirst().isEmpty()
                    ? names.size()
                    : place(names, failure.paths().getFirst().getFirst().toString())));
  }

  /** What is not about a given field comes last. */
  private static int place(List<String> names, String name) {
    int place = names.indexOf(name);
    return place < 0 ? names.size() : place;
  }

  private boolean isUnchanged(ObjectValue fields, String name) {
    return before != null && fields.get(name) != null && fields.get(name).equals(before.get(name));
  }

  private void globalName(ObjectValue fields, List<ConstraintFailure> failures) {
    Ref self = before == null ? null : before.ref();
    for (String field : List.of(FieldNames.NAME, "alias")) {
      if (!isUnchanged(fields, field) && fields.get(field) instanceof StringValue(String name)) {
        Names.invalidGlobal(session.pendingCatalog(), name, self)
            .ifPresent(problem -> failures.add(ConstraintFailure.of(field, problem)));
      }
    }
  }

  private void validName(ObjectValue fields, List<ConstraintFailure> failures) {
    if (!isUnchanged(fields, FieldNames.NAME)
        && fields.get(FieldNames.NAME) instanceof StringValue(String name)) {
      Names.invalid(name)
          .ifPresent(problem -> failures.add(ConstraintFailure.of(FieldNames.NAME, problem)));
    }
  }

  private void roleName(ObjectValue fields, List<ConstraintFailure> failures) {
    if (fields.get(FieldNames.NAME) instanceof StringValue(String name)
        && (name.equals("admin") || name.equals("server"))) {
      failures.add(ConstraintFailure.of(FieldNames.NAME, Names.reservedIdentifier(name)));
    } else {
      validName(fields, failures);
    }
  }

  private boolean roleExists(String name) {
    return BuiltInRoles.has(name) || session.pendingCatalog().role(name) != null;
  }

  private void functionRole(ObjectValue fields, List<ConstraintFailure> failures) {
    if (!(fields.get("role") instanceof StringValue(String role))) {
      return;
    }
    if (!roleExists(role)) {
      failures.add(unknownRole(role));
    } else if (role.equals("admin")
        && !isUnchanged(fields, "role")
        && !session.permissions().mayGrantAdminToFunctions()) {
      failures.add(
          ConstraintFailure.of(
              "role",
              before == null
                  ? "Cannot create a function with admin permissions using the server role."
                  : "Cannot grant a function admin permissions using the server role."));
    }
  }

  private static ConstraintFailure unknownRole(String role) {
    return ConstraintFailure.of("role", "Field refers to an unknown role name `" + role + "`.");
  }

  private void key(ObjectValue fields, List<ConstraintFailure> failures) {
    if (fields.get("role") instanceof StringValue(String role) && !roleExists(role)) {
      failures.add(unknownRole(role));
    }
    if (fields.get("database") instanceof StringValue(String database)
        && session.byName(session.scope(), SystemCollections.DATABASE, database) == null) {
      failures.add(
          ConstraintFailure.of(
              "database", "Field refers to an unknown database name `" + database + "`."));
    }
  }

  private void identity(ObjectValue fields, List<ConstraintFailure> failures) {
    if (fields.get("document") instanceof Ref document) {
      if (!SystemCollections.isUser(document.collection())) {
        failures.add(
            ConstraintFailure.of("document", "Expected document from a user-defined collection."));
      } else if (collection == SystemCollections.CREDENTIAL
          && session.v10().identity().credentialOf(document) instanceof Ref other
          && (before == null || !other.equals(before.ref()))) {
        throw DocumentErrors.notUnique(List.of(List.of("document")));
      }
    }
  }

  private void accessProvider(ObjectValue fields, List<ConstraintFailure> failures) {
    if (fields.get("jwks_uri") instanceof StringValue(String uri) && !session.isKeyAddress(uri)) {
      failures.add(ConstraintFailure.of("jwks_uri", "`" + uri + "` must be a valid https URI."));
    }
    FunctionRules.checkAccessProvider(fields, failures);
    Set<String> seen = new HashSet<>();
    for (String role : rolesOf(fields.get("roles"))) {
      // A single role is left to the check of the whole schema, as the original leaves it.
      if (fields.get("roles") instanceof ArrayValue && BuiltInRoles.has(role)) {
        failures.add(ConstraintFailure.of("roles", "Builtin role `" + role + "` not allowed."));
      } else if (!seen.add(role)) {
        failures.add(
            ConstraintFailure.of(
                "roles",
                "The role `"
                    + role
                    + "` is present more than once, there can only be one entry per role."));
      }
    }
  }

  /** The names of the roles that an access provider gives. */
  static List<String> rolesOf(Value roles) {
    List<String> names = new ArrayList<>();
    switch (roles) {
      case StringValue(String name) -> names.add(name);
      case ObjectValue entry when entry.get("role") instanceof StringValue(String name) ->
          names.add(name);
      case ArrayValue(List<Value> entries) ->
          entries.forEach(entry -> names.addAll(rolesOf(entry)));
      case null, default -> {}
    }
    return names;
  }

  // ---------------------------------------------------------------- deletion

  /** Refuses to delete a role that keys or functions use. */
  static void checkDeletion(Session session, Ref ref, String failure) {
    if (ref.collection() != SystemCollections.ROLE) {
      return;
    }
    RoleDef role = session.pendingCatalog().role(ref.id());
    if (role == null) {
      return;
    }
    List<ConstraintFailure> failures = new ArrayList<>();
    for (FunctionDef function : session.pendingCatalog().functions()) {
      if (RoleNames.gives(function.role(), ref, role.name())) {
        failures.add(stillUsed("function", function.name(), role.name()));
      }
    }
    for (Ref key : RoleNames.keysWith(session, ref, role.name())) {
      failures.add(stillUsed("key", Long.toString(key.id()), role.name()));
    }
    failIfAny(failure, failures);
  }

  private static ConstraintFailure stillUsed(String kind, String user, String role) {
    return ConstraintFailure.of(
        FieldNames.NAME,
        "The "
            + kind
            + " `"
            + user
            + "` refers to this document by its previous identifier `"
            + role
            + "`.");
  }

  /** Roles with the same membership resource are counted: each token is asked about all of them. */
  private void numberOfRoles(ObjectValue fields, List<ConstraintFailure> failures) {
    for (Value resource : resources(fields.get("membership"))) {
      long others =
          session.pendingCatalog().roles().stream()
              .filter(role -> before == null || !role.document().ref().equals(before.ref()))
              .filter(role -> resources(role.document().get("membership")).contains(resource))
              .count();
      if (others >= ROLES_OF_A_RESOURCE) {
        failures.add(
            ConstraintFailure.at(
                List.of(),
                "The maximum number of roles per resource (%d) have been exceeded."
                    .formatted(ROLES_OF_A_RESOURCE)));
        return;
      }
    }
  }

  private static Set<Value> resources(Value membership) {
    List<Value> entries =
        switch (membership) {
          case ArrayValue(List<Value> several) -> several;
          case ObjectValue one -> List.of(one);
          case null, default -> List.of();
        };
    Set<Value> resources = new HashSet<>();
    for (Value entry : entries) {
      if (entry instanceof ObjectValue object && object.get("resource") instanceof Value resource) {
        resources.add(resource);
      }
    }
    return resources;
  }

  static boolean isNegative(Value value) {
    return value instanceof LongValue(long number) && number < 0;
  }

  static void each(Value object, java.util.function.BiConsumer<String, Value> action) {
    if (object instanceof ObjectValue fields) {
      for (Map.Entry<String, Value> field : fields) {
        action.accept(field.getKey(), field.getValue());
      }
    }
  }
}
