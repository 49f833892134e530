package io.refugium.access;

import io.refugium.database.Transaction;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.RoleDef;
import io.refugium.database.document.DocumentScan;
import io.refugium.model.ArrayValue;
import io.refugium.model.BuiltInRoles;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The {@code role} of keys and functions: a built-in name, or user roles by name or reference (spec
 * access 2.6, 5.8).
 */
public final class RoleNames {
  private static final Map<String, PermissionSet> BUILT_IN =
      Map.of(
          BuiltInRoles.ADMIN, PermissionSet.BuiltIn.ADMIN,
          BuiltInRoles.SERVER, PermissionSet.BuiltIn.SERVER,
          BuiltInRoles.SERVER_READONLY, PermissionSet.BuiltIn.SERVER_READONLY,
          BuiltInRoles.CLIENT, PermissionSet.BuiltIn.NONE);

  private RoleNames() {}

  /** The name of built-in rights. */
  static String nameOf(PermissionSet.BuiltIn set) {
    return switch (set) {
      case ADMIN -> BuiltInRoles.ADMIN;
      case SERVER -> BuiltInRoles.SERVER;
      case SERVER_READONLY -> BuiltInRoles.SERVER_READONLY;
      case NONE -> BuiltInRoles.CLIENT;
      case PREDICATE -> "predicate";
    };
  }

  /**
   * The rights that a {@code role} gives in a database. Names are looked up there; a reference
   * counts only if it is one of that database. Roles that do not exist (any more) give none. In an
   * array a name is always that of a user role.
   */
  static PermissionSet permissions(Value role, Catalog catalog) {
    if (role instanceof StringValue(String name) && BuiltInRoles.has(name)) {
      return BUILT_IN.get(name);
    }
    Set<Ref> roles = new HashSet<>();
    List<Value> named = role instanceof ArrayValue(List<Value> several) ? several : List.of(role);
    for (Value one : named) {
      Ref ref = userRole(one, catalog);
      if (ref != null) {
        roles.add(ref);
      }
    }
    return new PermissionSet.Roles(roles);
  }

  /**
   * Whether a stored {@code role} gives a user role, alone or among others, under its name or by
   * reference.
   *
   * @param stored what a key or function holds; null if it holds none
   */
  public static boolean gives(Value stored, Ref role, String name) {
    return switch (stored) {
      case null -> false;
      case Ref ref -> ref.equals(role);
      case StringValue(String alone) -> alone.equals(name) && !BuiltInRoles.has(alone);
      case ArrayValue(List<Value> several) ->
          several.contains(role) || several.contains(new StringValue(name));
      default -> false;
    };
  }

  /**
   * The keys of a session's database that have a role. Whoever may delete the role learns of all of
   * them, as of the functions that have it.
   */
  public static List<Ref> keysWith(Session session, Ref role, String name) {
    List<Ref> keys = new ArrayList<>();
    try (DocumentScan scan =
        session
            .transaction()
            .sets()
            .scan(session.scope(), SystemCollections.KEY, Transaction.NOW, Direction.ASCENDING)) {
      while (scan.next()) {
        if (gives(scan.document().get("role"), role, name)) {
          keys.add(scan.ref());
        }
      }
    }
    return keys;
  }

  /** The user role that this names in the database, or null. */
  static Ref userRole(Value role, Catalog catalog) {
    RoleDef found =
        switch (role) {
          case StringValue(String name) -> catalog.role(name);
          case Ref ref when ref.scope() == catalog.scope() -> catalog.role(ref.id());
          case null, default -> null;
        };
    return found == null || role instanceof Ref ref && !ref.equals(found.document().ref())
        ? null
        : found.document().ref();
  }
}
