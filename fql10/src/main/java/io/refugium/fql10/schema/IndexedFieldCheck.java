package io.refugium.fql10.schema;

import io.refugium.database.catalog.Catalog;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Step;
import io.refugium.fql10.syntax.SyntaxTrees;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a computed field must not use if an index or constraint is on it (schema specification,
 * section 4.7), as far as that shows in its text.
 */
final class IndexedFieldCheck {
  private final CollectionItem collection;
  private final Catalog catalog;
  private final Consumer<Diagnostic> errors;

  IndexedFieldCheck(CollectionItem collection, Catalog catalog, Consumer<Diagnostic> errors) {
    this.collection = collection;
    this.catalog = catalog;
    this.errors = errors;
  }

  void check(Expression body) {
    switch (body) {
      case Expression.Parenthesized parenthesized -> check(parenthesized.inner());
      case Expression.Lambda lambda when lambda.parameters().size() == 1 ->
          visit(lambda.body(), lambda.parameters().getFirst().text(), Set.of());
      case Expression.ShortLambda lambda -> visit(lambda.body(), null, Set.of());
      default -> {}
    }
  }

  /**
   * @param document the name of the document; null if it is the implicit receiver
   * @param bound other names that hide globals
   */
  private void visit(Expression expression, String document, Set<String> bound) {
    switch (expression) {
      case Expression.Variable variable -> global(variable, document, bound);
      case Expression.Chain chain -> {
        field(chain, document);
        SyntaxTrees.children(chain).forEach(child -> visit(child, document, bound));
      }
      case Expression.Lambda lambda -> {
        Set<String> inner = new HashSet<>(bound);
        lambda.parameters().stream().map(Name::text).forEach(inner::add);
        lambda.rest().ifPresent(rest -> inner.add(rest.text()));
        visit(lambda.body(), inner.contains(document) ? "" : document, inner);
      }
      default -> SyntaxTrees.children(expression).forEach(child -> visit(child, document, bound));
    }
  }

  private void global(Expression.Variable variable, String document, Set<String> bound) {
    String name = variable.name();
    if (name.equals(document) || bound.contains(name)) {
      return;
    }
    if (catalog.collection(name) != null || catalog.collectionByAlias(name) != null) {
      errors.accept(SchemaErrors.inIndexedField("access collections", variable.span()));
    } else if (catalog.function(name) != null || catalog.functionByAlias(name) != null) {
      errors.accept(SchemaErrors.inIndexedField("call UDFs", variable.span()));
    }
  }

  private void field(Expression.Chain chain, String document) {
    boolean ofDocument =
        document == null
            ? chain.head() instanceof Expression.Receiver
            : chain.head() instanceof Expression.Variable variable
                && variable.name().equals(document);
    if (!ofDocument || !(chain.steps().getFirst() instanceof Step.Select select)) {
      return;
    }
    String name = select.name().text();
    if (name.equals("ts")) {
      errors.accept(SchemaErrors.inIndexedField("use a doc's ts field", select.span()));
    } else if (collection.computed().stream().anyMatch(field -> field.name().text().equals(name))) {
      errors.accept(SchemaErrors.inIndexedField("use computed fields", select.span()));
    }
  }
}
