package io.refugium.access;

import io.refugium.database.Catalog;
import io.refugium.model.Ref;
import io.refugium.model.Value;

/**
 * One conditional entry of a role: an action on a resource, granted when a predicate says so. The
 * predicate is compiled when it is first needed, then shared. Thread-safe.
 */
final class Privilege {
  private final Ref role;
  private final Ref resource;
  private final Action action;
  private final Value source;
  private final Catalog catalog;
  private final PredicateCompiler compiler;
  private volatile Predicate predicate;

  Privilege(
      Ref role,
      Ref resource,
      Action action,
      Value source,
      Catalog catalog,
      PredicateCompiler compiler) {
    this.role = role;
    this.resource = resource;
    this.action = action;
    this.source = source;
    this.catalog = catalog;
    this.compiler = compiler;
  }

  Decision.Grant grant() {
    return new Decision.Grant(role, resource, action);
  }

  Predicate predicate() {
    Predicate compiled = predicate;
    if (compiled == null) {
      compiled = compiler.compile(catalog, source);
      predicate = compiled;
    }
    return compiled;
  }
}
