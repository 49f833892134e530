package io.refugium.fql10.environment;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.catalog.Catalog;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.types.Bindings;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeRegistry;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Checks the types of queries before they run, each text once for all values of the same shape. An
 * entry holds for one version of one database's schema. Thread-safe.
 */
public final class StaticChecks {
  /** How many characters of query text are kept in all. */
  private static final long MAX_CHARACTERS = 8L << 20;

  /** What an entry takes beside its text and shapes, in characters. */
  private static final int ENTRY = 512;

  private final TypeEnvironment library;
  private final Cache<Key, Known> cache =
      Caffeine.newBuilder()
          .maximumWeight(MAX_CHARACTERS)
          .weigher((Key key, Known known) -> known.weight())
          .executor(Runnable::run)
          .build();

  public StaticChecks(StandardLibrary library) {
    this.library = LibraryTypes.of(library);
  }

  /** The types without a schema. */
  public TypeEnvironment library() {
    return library;
  }

  private record Key(long scope, long version, QueryText text, Bindings shapes) {}

  /**
   * What is remembered of a text.
   *
   * @param general what holds for all values of the shapes; empty if the values themselves matter
   * @param weight what text and shapes take, in characters
   */
  private record Known(Expression tree, Optional<Checked> general, int weight) {}

  /**
   * What is known of a query before it runs.
   *
   * @param type its type as clients see it; meaningless if there are errors
   */
  public record Checked(String type, List<Diagnostic> errors, List<Diagnostic> warnings) {}

  /** The types that queries of a database see. */
  public TypeEnvironment environment(Catalog catalog) {
    return DatabaseTypes.of(library, catalog);
  }

  /** The same, complete. */
  public TypeRegistry completeEnvironment(Catalog catalog) {
    return DatabaseTypes.complete(library, catalog);
  }

  /**
   * Checks a query.
   *
   * @param tree parses the text; asked only if the text was not checked before
   */
  public Checked check(Catalog catalog, QueryText text, Inputs inputs, Supplier<Expression> tree) {
    TypeEnvironment environment = environment(catalog);
    ValueTypes types = ValueTypes.shapes(catalog, environment);
    Bindings shapes = bindings(inputs, types);
    Key key = new Key(catalog.scope(), catalog.version(), text, shapes);
    Known known = cache.getIfPresent(key);
    if (known == null) {
      int weight = ENTRY + text.source().text().length() + types.weight();
      known = checkShapes(tree.get(), environment, shapes, weight);
      cache.put(key, known);
    }
    Expression parsed = known.tree();
    return known
        .general()
        .orElseGet(
            () ->
                check(
                    parsed, environment, bindings(inputs, ValueTypes.exact(catalog, environment))));
  }

  private static Known checkShapes(
      Expression tree, TypeEnvironment environment, Bindings shapes, int weight) {
    Checked checked = check(tree, environment, shapes);
    boolean general =
        shapes.equals(Bindings.NONE)
            || (checked.errors().isEmpty() && !ValueTypes.dependsOnValues(checked.type()));
    return new Known(tree, general ? Optional.of(checked) : Optional.empty(), weight);
  }

  private static Checked check(Expression tree, TypeEnvironment environment, Bindings bindings) {
    TypeChecker.Result result = TypeChecker.query(tree, environment, bindings);
    return new Checked(
        result.isCorrect() ? result.type().toString() : "", result.errors(), result.warnings());
  }

  private static Bindings bindings(Inputs inputs, ValueTypes types) {
    if (inputs.arguments().isEmpty() && inputs.template().length == 0) {
      return Bindings.NONE;
    }
    Map<String, Type> arguments = new LinkedHashMap<>();
    new TreeMap<>(inputs.arguments())
        .forEach((name, value) -> arguments.put(name, types.of(value)));
    List<Type> template = new ArrayList<>();
    for (Value value : inputs.template()) {
      template.add(types.of(value));
    }
    return new Bindings(arguments, template);
  }
}
