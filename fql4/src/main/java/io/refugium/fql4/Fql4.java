package io.refugium.fql4;

import io.refugium.access.FunctionLibrary;
import io.refugium.access.Predicate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.document.Document;
import io.refugium.fql4.functions.StandardLibrary;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.CatalogNames;
import io.refugium.fql4.language.CompiledLambda;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Evaluation;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.Language;
import io.refugium.fql4.language.Limits;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.fql4.language.Versions;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The language, for whoever composes a server: what the access system, the database and the other
 * language ask of it. Queries of clients are run by {@link Fql4Queries}. Thread-safe; compiled code
 * is shared.
 */
public final class Fql4 {
  /** How often control may pass from one language to the other, nested. */
  private static final int MAX_CROSSINGS = 16;

  private static final ScopedValue<Integer> CROSSINGS = ScopedValue.newInstance();

  private final Language language = new Language(StandardLibrary.create());
  private final Clock clock;

  /** A language whose index bindings see this clock when they ask for the time. */
  public Fql4(Clock clock) {
    this.clock = clock;
  }

  Language language() {
    return language;
  }

  // ---- Predicates

  /** Compiles predicates that are stored as lambdas (spec: access, 5.5, 5.6). */
  public PredicateCompiler predicates() {
    return (_, source) -> {
      try {
        LambdaValue lambda = (LambdaValue) source;
        return Predicate.knowing(
            NecessaryEquality.of(lambda), predicate(language.compile(lambda), version(lambda)));
      } catch (Fql4Exception broken) {
        return (_, _) -> new Predicate.Outcome.Failed(broken.getMessage());
      }
    };
  }

  private Predicate predicate(CompiledLambda lambda, ApiVersion version) {
    return (session, input) -> {
      Value argument = PredicateArguments.of(input, lambda.arity());
      try (Evaluation evaluation =
          Evaluation.in(session, language, version, Evaluation.EffectLimit.PREDICATE)) {
        return new Predicate.Outcome.Returned(lambda.apply(evaluation, argument, Position.ROOT));
      } catch (Fql4Exception failure) {
        return new Predicate.Outcome.Failed(failure.getMessage());
      }
    };
  }

  private static ApiVersion version(LambdaValue lambda) {
    return ApiVersion.of(lambda.apiVersion()).orElse(ApiVersion.V2_12);
  }

  // ---- Functions

  /**
   * Runs functions whose body is a lambda, for callers of the other language (spec: access, 5.8).
   */
  public FunctionLibrary functions() {
    return (session, function, arguments) -> {
      int crossings = CROSSINGS.isBound() ? CROSSINGS.get() : 0;
      if (crossings >= MAX_CROSSINGS) {
        throw failure(Errors.stackOverflow(Position.ROOT, Limits.CALL_DEPTH));
      }
      return ScopedValue.where(CROSSINGS, crossings + 1)
          .call(() -> run(session, function, arguments));
    };
  }

  private Value run(Session session, FunctionDef function, List<Value> arguments) {
    LambdaValue body = (LambdaValue) function.body();
    CompiledLambda lambda = language.compile(session.catalog(), function);
    boolean bare = arguments.size() == 1 && !lambda.lambda().destructures();
    Value argument = bare ? arguments.getFirst() : new ArrayValue(arguments);
    try (Evaluation evaluation =
        Evaluation.in(session, language, version(body), effects(session))) {
      Value result = lambda.apply(evaluation, argument, Position.ROOT);
      session.metrics().addCompute(evaluation.computeUnits());
      return Plain.of(referring(result));
    } catch (Fql4Exception failed) {
      throw failure(failed);
    }
  }

  /** A result with documents in place of their versions, which other languages do not know. */
  private static Value referring(Value value) {
    return switch (value) {
      case VersionValue version -> version.ref();
      case PageValue page -> referring(page.toObject());
      case ArrayValue array -> array.map(Fql4::referring);
      case ObjectValue object -> object.map(Fql4::referring);
      default -> value;
    };
  }

  private static Evaluation.EffectLimit effects(Session session) {
    if (session.isInPredicate()) {
      return Evaluation.EffectLimit.PREDICATE;
    }
    return session.isReadOnly() ? Evaluation.EffectLimit.GET_REQUEST : Evaluation.EffectLimit.NONE;
  }

  private static FunctionLibrary.FunctionFailure failure(Fql4Exception failed) {
    Fql4Error error = failed.errors().getFirst();
    return new FunctionLibrary.FunctionFailure(error.code(), error.description(), failed);
  }

  // ---- Index bindings

  /**
   * The value that a binding of an index has for a document, or null for none (spec: FQL v4, 10.3).
   */
  public Value binding(Catalog catalog, LambdaValue function, Document document) {
    try {
      CompiledLambda lambda = language.compile(catalog, function);
      Evaluation evaluation =
          Evaluation.pure(
              version(function),
              new CatalogNames(catalog),
              clock.instant(),
              Evaluation.EffectLimit.BINDING);
      return indexed(Plain.of(lambda.apply(evaluation, Versions.of(document), Position.ROOT)));
    } catch (Fql4Exception _) {
      return null;
    }
  }

  /** A scalar stays, an array has a value for each of its elements, anything else has none. */
  private static Value indexed(Value result) {
    return switch (result) {
      case ArrayValue array -> {
        List<Value> elements = new ArrayList<>(array.size());
        for (Value element : array.values()) {
          elements.add(isScalar(element) ? element : NullValue.NULL);
        }
        yield new ArrayValue(elements);
      }
      default -> isScalar(result) ? result : null;
    };
  }

  private static boolean isScalar(Value value) {
    return switch (value) {
      case ArrayValue _, ObjectValue _, LambdaValue _, UnresolvedRef _ -> false;
      default -> true;
    };
  }
}
