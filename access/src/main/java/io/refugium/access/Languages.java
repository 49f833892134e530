package io.refugium.access;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.model.LambdaValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * Both query languages, as the access system and each other see them: put together once, where the
 * server is composed. What a source is written in shows in its value: text is FQL v10, a lambda is
 * FQL v4.
 *
 * @param v4Predicates compiles {@link LambdaValue}s
 * @param v10Predicates compiles {@link StringValue}s
 * @param v4Functions runs functions whose body is a {@link LambdaValue}
 * @param v10Functions runs functions whose body is a {@link StringValue}
 */
public record Languages(
    PredicateCompiler v4Predicates,
    PredicateCompiler v10Predicates,
    FunctionLibrary v4Functions,
    FunctionLibrary v10Functions)
    implements PredicateCompiler, FunctionLibrary {

  @Override
  public Predicate compile(Catalog catalog, Value source) {
    return switch (source) {
      case LambdaValue lambda -> v4Predicates.compile(catalog, lambda);
      case StringValue text -> v10Predicates.compile(catalog, text);
      default -> (session, input) -> new Predicate.Outcome.Failed("not a function");
    };
  }

  @Override
  public Value call(Session session, FunctionDef function, List<Value> arguments) {
    return isV4(function)
        ? v4Functions.call(session, function, arguments)
        : v10Functions.call(session, function, arguments);
  }

  /** Whether the body of this function is FQL v4. */
  public static boolean isV4(FunctionDef function) {
    return function.document().get("body") instanceof LambdaValue;
  }
}
