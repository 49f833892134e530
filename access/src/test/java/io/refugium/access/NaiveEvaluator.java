package io.refugium.access;

import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The decision procedure of spec access 13.2 once more, as plainly as possible and sharing nothing
 * with the access system: loops over the model of a database, no compilation, no caches. Written
 * for the tests only.
 */
final class NaiveEvaluator {
  final Map<String, Role> roles = new LinkedHashMap<>();
  final Map<Ref, Map<String, List<Value>>> permissions = new HashMap<>();
  final Map<Ref, Set<Ref>> delegates = new HashMap<>();

  private final long here;
  private final long below;

  /** A role: what it allows, and who has it. */
  record Role(List<Privilege> privileges, List<Membership> members) {}

  /** Grants for a resource: {@code yes}, {@code no} or the name of a predicate. */
  record Privilege(Ref resource, boolean byName, Map<Action, String> actions) {}

  /** The documents of a collection for which a predicate holds; the empty name is no predicate. */
  record Membership(int collection, boolean byName, String predicate) {}

  /** A principal: a built-in set, or an identity, or bare roles. */
  record Who(String secret, PermissionSet.BuiltIn builtIn, Ref identity, Set<String> roles) {
    @Override
    public String toString() {
      return builtIn != null
          ? builtIn.name()
          : identity != null ? "token of " + identity : "roles " + roles;
    }
  }

  NaiveEvaluator(long here, long below) {
    this.here = here;
    this.below = below;
  }

  boolean may(Who who, Operation operation) {
    long scope = operation.target().scope();
    boolean reads =
        operation instanceof Operation.Read
            || operation instanceof Operation.HistoryRead
            || operation instanceof Operation.ReadIndex;
    boolean calls = operation instanceof Operation.Call;
    boolean unrestricted =
        operation instanceof Operation.ReadIndexUnrestricted
            || operation instanceof Operation.ListUnrestricted;
    Ref about = operation.target();
    boolean adminOnly =
        !(operation instanceof Operation.ReadIndex)
            && !calls
            && List.of(
                    SystemCollections.DATABASE,
                    SystemCollections.KEY,
                    SystemCollections.ROLE,
                    SystemCollections.ACCESS_PROVIDER)
                .contains(about.collection());
    if (who.builtIn == PermissionSet.BuiltIn.ADMIN || who.builtIn == PermissionSet.BuiltIn.SERVER) {
      boolean reachable = scope == here || (reads || calls) && scope == below;
      return reachable
          && !unrestricted
          && !(adminOnly && who.builtIn == PermissionSet.BuiltIn.SERVER);
    }
    if (who.builtIn == PermissionSet.BuiltIn.SERVER_READONLY) {
      return reads && (scope == here || scope == below) && !adminOnly;
    }
    if (scope != here) {
      return false;
    }
    Ref resource = resource(operation);
    boolean governed =
        roles.values().stream()
            .flatMap(role -> role.privileges.stream())
            .anyMatch(privilege -> privilege.resource.equals(resource));
    return governed ? byRoles(who, operation, resource) : byPermissions(who, operation, resource);
  }

  /** Reading in v4 and in v10, then writing in v4 and in v10: Yes, No, Missing. */
  String outcomes(Who who, Ref ref, boolean present) {
    boolean read = may(who, new Operation.Read(ref));
    boolean write = may(who, new Operation.Write(ref, null, null, null));
    String reading = !read ? "N" : present ? "Y" : "M";
    String v4Writing = !present ? "M" : write ? "Y" : "N";
    String v10Writing = !read ? "N" : !present ? "M" : write ? "Y" : "N";
    return reading + reading + v4Writing + v10Writing;
  }

  private static Ref resource(Operation operation) {
    Ref target = operation.target();
    return switch (operation) {
      case Operation.ReadIndex _,
          Operation.ReadIndexUnrestricted _,
          Operation.ListUnrestricted _,
          Operation.Call _ ->
          target;
      default -> new Ref(target.scope(), SystemCollections.COLLECTION, target.collection());
    };
  }

  private boolean byRoles(Who who, Operation operation, Ref resource) {
    for (Map.Entry<String, Role> role : roles.entrySet()) {
      boolean has =
          who.identity == null
              ? who.roles.contains(role.getKey())
              : actingFor(who).stream()
                  .anyMatch(document -> isMember(document, role.getValue(), who));
      if (!has) {
        continue;
      }
      for (Privilege privilege : role.getValue().privileges) {
        String grant = privilege.actions.get(operation.action());
        if (privilege.resource.equals(resource)
            && grant != null
            && holds(grant, operation.target(), who.identity)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMember(Ref document, Role role, Who who) {
    for (Membership membership : role.members) {
      if (membership.collection == document.collection()
          && (membership.predicate.isEmpty()
              || holds(membership.predicate, document, who.identity))) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String grant, Ref target, Ref identity) {
    return switch (grant) {
      case "yes", "true" -> true;
      case "even" -> target.id() % 2 == 0;
      case "known" -> identity != null;
      case "mine" -> identity != null && identity.id() == target.id() % 3;
      case "no", "false", "one", "fails" -> false;
      default -> throw new AssertionError(grant);
    };
  }

  private boolean byPermissions(Who who, Operation operation, Ref resource) {
    String field =
        switch (operation) {
          case Operation.Read _, Operation.ReadIndex _ -> "read";
          case Operation.Write _, Operation.Delete _ -> "write";
          case Operation.Create _ -> "create";
          case Operation.HistoryRead _ -> "history_read";
          case Operation.HistoryWrite _ -> "history_write";
          default -> "none";
        };
    if (!SystemCollections.isUser((int) resource.id())) {
      return false;
    }
    List<Value> values =
        new ArrayList<>(
            permissions.getOrDefault(resource, Map.of()).getOrDefault(field, List.of()));
    if (!(operation instanceof Operation.Create)) {
      values.addAll(
          permissions.getOrDefault(operation.target(), Map.of()).getOrDefault(field, List.of()));
    }
    for (Value value : values) {
      if (value.equals(new StringValue("public"))) {
        return true;
      }
      for (Ref document : actingFor(who)) {
        Ref collection = new Ref(here, SystemCollections.COLLECTION, document.collection());
        if (value.equals(document) || value.equals(collection)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Its identity, and whoever lists it as a delegate. */
  private Set<Ref> actingFor(Who who) {
    Set<Ref> all = new LinkedHashSet<>();
    if (who.identity != null) {
      all.add(who.identity);
      delegates.forEach(
          (from, to) -> {
            if (to.contains(who.identity)) {
              all.add(from);
            }
          });
    }
    return all;
  }
}
