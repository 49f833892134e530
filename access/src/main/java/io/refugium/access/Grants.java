package io.refugium.access;

import io.refugium.model.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a set of roles allows, merged (spec access 5.7): for a resource and an action either always,
 * or when one of some predicates says so, or not at all. Immutable; finding a grant is one look-up.
 */
final class Grants {
  private final Map<Ref, Grant[]> byResource;

  private Grants(Map<Ref, Grant[]> byResource) {
    this.byResource = byResource;
  }

  /** The grant for this resource and action, or null when there is none. */
  Grant find(Ref resource, Action action) {
    Grant[] grants = byResource.get(resource);
    return grants == null ? null : grants[action.ordinal()];
  }

  /**
   * One grant. Privileges are alternatives; one that is unconditional makes all others superfluous.
   *
   * @param always the decision to give without looking further, or null
   * @param conditional the privileges to try otherwise
   */
  record Grant(Decision always, List<Privilege> conditional) {
    private Grant or(Grant other) {
      if (always != null) {
        return this;
      }
      if (other.always != null) {
        return other;
      }
      List<Privilege> both = new ArrayList<>(conditional);
      both.addAll(other.conditional);
      return new Grant(null, List.copyOf(both));
    }
  }

  /** Collects the entries of roles; not thread-safe. */
  static final class Builder {
    private final Map<Ref, Grant[]> byResource = new java.util.HashMap<>();

    void always(Decision.Grant grant) {
      add(grant.resource(), grant.action(), new Grant(Decision.granted(grant), List.of()));
    }

    void when(Ref resource, Action action, Privilege privilege) {
      add(resource, action, new Grant(null, List.of(privilege)));
    }

    void addAll(Grants grants) {
      grants.byResource.forEach(
          (resource, row) -> {
            for (Action action : Action.values()) {
              if (row[action.ordinal()] != null) {
                add(resource, action, row[action.ordinal()]);
              }
            }
          });
    }

    private void add(Ref resource, Action action, Grant grant) {
      Grant[] row = byResource.computeIfAbsent(resource, _ -> new Grant[Action.values().length]);
      Grant before = row[action.ordinal()];
      row[action.ordinal()] = before == null ? grant : before.or(grant);
    }

    Grants build() {
      return new Grants(Map.copyOf(byResource));
    }
  }
}
