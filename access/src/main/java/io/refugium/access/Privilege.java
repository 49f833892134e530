package io.refugium.access;

import io.refugium.database.catalog.Catalog;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;

/**
 * One conditional entry of a role: an action on a resource, granted when a predicate says so. The
 * predicate is compiled when it is first needed, then shared. Thread-safe.
 */
final class Privilege {
  private final Decision.Grant grant;
  private final Decision granted;
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
    this.grant = new Decision.Grant(role, resource, action);
    this.granted =
        new Decision(true, grant, List.of(new Decision.Evaluation(grant, Predicate.Outcome.TRUE)));
    this.source = source;
    this.catalog = catalog;
    this.compiler = compiler;
  }

  Decision.Grant grant() {
    return grant;
  }

  /** The decision when its predicate was the first to be asked and granted. */
  Decision granted() {
    return granted;
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
