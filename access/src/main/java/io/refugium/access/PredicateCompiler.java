package io.refugium.access;

import io.refugium.database.catalog.Catalog;
import io.refugium.model.Value;

/** What the access system asks of a language: to make stored predicates executable. */
@FunctionalInterface
public interface PredicateCompiler {
  /**
   * Compiles a stored predicate, once for each catalog. Never throws for what a user wrote: a
   * source that does not compile becomes a predicate that always fails.
   *
   * @param source a {@link io.refugium.model.StringValue} of FQL v10 or a {@link
   *     io.refugium.model.LambdaValue} of FQL v4
   */
  Predicate compile(Catalog catalog, Value source);
}
