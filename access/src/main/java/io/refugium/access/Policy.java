package io.refugium.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.RoleDef;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All roles of one database, compiled from one version of its schema (spec access 5). Hangs on the
 * catalog, so a change of any role makes another policy, which the next request sees. Immutable
 * apart from caches; thread-safe.
 */
public final class Policy {
  /** How many different sets of roles are kept merged. */
  private static final int MERGED_SETS = 4_096;

  private final Map<Ref, Grants> byRole = new HashMap<>();
  private final Map<Integer, List<Membership>> memberships = new HashMap<>();
  private final Set<Ref> governed = new HashSet<>();
  private final LoadingCache<Set<Ref>, Grants> merged =
      Caffeine.newBuilder().maximumSize(MERGED_SETS).executor(Runnable::run).build(this::merge);

  /**
   * A way into a role for the documents of a collection.
   *
   * @param predicate decides about a document, or null when all are members
   */
  record Membership(Ref role, Privilege predicate) {}

  private Policy(Catalog catalog, PredicateCompiler compiler) {
    for (RoleDef role : catalog.roles()) {
      byRole.put(role.document().ref(), privileges(role, catalog, compiler));
      addMemberships(role, catalog, compiler);
    }
  }

  /** The policy of a version of a schema, compiled at most once. */
  static Policy of(Catalog catalog, PredicateCompiler compiler) {
    return catalog.memo(Policy.class, () -> new Policy(catalog, compiler));
  }

  /** What these roles allow together; roles that no longer exist allow nothing. */
  Grants grants(Set<Ref> roles) {
    return merged.get(roles);
  }

  /**
   * Whether any role has a privilege for this resource, so that legacy permissions on it do not
   * count (spec access 7.3 rule 4).
   */
  boolean governs(Ref resource) {
    return governed.contains(resource);
  }

  /** The ways into roles for the documents of this collection. */
  List<Membership> memberships(int collection) {
    return memberships.getOrDefault(collection, List.of());
  }

  private Grants merge(Set<Ref> roles) {
    Grants.Builder all = new Grants.Builder();
    for (Ref role : roles) {
      Grants grants = byRole.get(role);
      if (grants != null) {
        all.addAll(grants);
      }
    }
    return all.build();
  }

  private Grants privileges(RoleDef role, Catalog catalog, PredicateCompiler compiler) {
    Grants.Builder grants = new Grants.Builder();
    Ref roleRef = role.document().ref();
    for (ObjectValue privilege : role.privileges()) {
      Ref resource = Resources.ofPrivilege(catalog, privilege.get("resource"));
      if (resource == null) {
        continue; // names nothing, or nothing any more: inert
      }
      governed.add(resource);
      if (!(privilege.get("actions") instanceof ObjectValue actions)) {
        continue;
      }
      for (Map.Entry<String, Value> entry : actions) {
        Action action = Action.named(entry.getKey());
        Value grant = entry.getValue();
        if (action == null) {
          continue;
        }
        if (grant == BooleanValue.TRUE) {
          grants.always(new Decision.Grant(roleRef, resource, action));
        } else if (isPredicate(grant)) {
          grants.when(
              resource, action, new Privilege(roleRef, resource, action, grant, catalog, compiler));
        }
      }
    }
    return grants.build();
  }

  private void addMemberships(RoleDef role, Catalog catalog, PredicateCompiler compiler) {
    Ref roleRef = role.document().ref();
    for (ObjectValue membership : role.membership()) {
      Ref collection = Resources.ofMembership(catalog, membership.get("resource"));
      if (collection == null) {
        continue;
      }
      Value source = membership.get("predicate");
      if (source != null && !isPredicate(source)) {
        continue; // a condition that cannot be read admits nobody
      }
      Privilege predicate =
          source == null
              ? null
              : new Privilege(roleRef, collection, Action.READ, source, catalog, compiler);
      memberships
          .computeIfAbsent((int) collection.id(), _ -> new ArrayList<>())
          .add(new Membership(roleRef, predicate));
    }
  }

  private static boolean isPredicate(Value value) {
    return value instanceof LambdaValue || value instanceof StringValue;
  }
}
