package io.refugium.fql10.engine;

import io.refugium.access.FunctionLibrary;
import io.refugium.access.Operation;
import io.refugium.access.Predicate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.PredicateInput;
import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.fql10.documents.InputDocuments;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.QueryLog;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.sets.Lending;
import io.refugium.fql10.source.Source;
import io.refugium.model.NullValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Optional;

/**
 * Runs FQL v10 that is stored in schema documents when access or the other language asks for it:
 * predicates of roles and bodies of functions.
 */
final class StoredCode implements PredicateCompiler, FunctionLibrary {
  private final Fql10 language;

  StoredCode(Fql10 language) {
    this.language = language;
  }

  @Override
  public Predicate compile(Catalog catalog, Value source) {
    String text = ((StringValue) source).value();
    Schema schema = language.schema(catalog);
    // Diagnostics never show predicates, so role and action need not be known here.
    Source code = Source.predicate("", "", text);
    Optional<Lambda> lambda = schema.lambda(code);
    return lambda.isEmpty()
        ? (session, input) -> new Predicate.Outcome.Failed("not a function")
        : Predicate.knowing(
            NecessaryEquality.of(code), (session, input) -> evaluate(session, lambda.get(), input));
  }

  private Predicate.Outcome evaluate(Session session, Lambda lambda, PredicateInput input) {
    QueryContext context = context(session);
    Value[] arguments = arguments(context, input);
    if (!lambda.arity().accepts(arguments.length)) {
      return new Predicate.Outcome.Failed("wrong number of parameters");
    }
    try {
      Value result =
          context.limited(
              EffectLimit.PREDICATES, () -> Calls.invoke(context, lambda, arguments, null));
      return new Predicate.Outcome.Returned(result);
    } catch (QueryFailure failure) {
      return new Predicate.Outcome.Failed(failure.getMessage());
    }
  }

  /** What v10 predicates get for an operation (access specification, section 5.5). */
  private static Value[] arguments(QueryContext context, PredicateInput input) {
    return switch (input) {
      case PredicateInput.Member(var document) -> new Value[] {document};
      case PredicateInput.Claims(var payload) -> new Value[] {payload};
      case Operation.Read read ->
          new Value[] {InputDocuments.of(context, read.target(), read.version())};
      case Operation.Create create ->
          new Value[] {InputDocuments.of(context, create.target(), create.contents())};
      case Operation.CreateWithId create ->
          new Value[] {InputDocuments.of(context, create.target(), create.contents())};
      case Operation.Write write ->
          new Value[] {
            InputDocuments.stored(context, write),
            InputDocuments.of(context, write.target(), write.after())
          };
      case Operation.Delete delete -> new Value[] {delete.target()};
      case Operation.HistoryRead read -> new Value[] {read.target()};
      case Operation.HistoryWrite write -> InputDocuments.of(write);
      case Operation.ReadIndex read -> read.terms().toArray(Value[]::new);
      case Operation.ReadIndexUnrestricted read -> read.terms().toArray(Value[]::new);
      case Operation.ListUnrestricted ignored -> new Value[] {NullValue.NULL};
      case Operation.Call call -> lent(context, call.arguments());
    };
  }

  /** Functions among the arguments of a call must not run with the rights of the predicate. */
  private static Value[] lent(QueryContext context, List<Value> arguments) {
    Optional<Rights> request = context.environment().requestRights();
    return request
        .map(rights -> new Lending(rights, true))
        .map(lending -> arguments.stream().map(lending::lent))
        .orElseGet(arguments::stream)
        .toArray(Value[]::new);
  }

  @Override
  public Value call(Session session, FunctionDef function, List<Value> arguments) {
    QueryContext context = context(session);
    Optional<Lambda> body =
        function.body() instanceof StringValue(String text)
            ? language.schema(session.catalog()).lambda(Source.functionBody(function.name(), text))
            : Optional.empty();
    if (body.isEmpty()) {
      throw new FunctionFailure("invalid_schema", "The function has no body.");
    }
    try {
      Value result = Calls.invoke(context, body.get(), arguments.toArray(Value[]::new), null);
      String foreign = InputDocuments.foreignType(result);
      if (foreign != null) {
        throw new FunctionFailure(FunctionFailure.NOT_REPRESENTABLE, foreign);
      }
      return InputDocuments.plain(result);
    } catch (QueryFailure failure) {
      String message =
          failure.code() == ErrorCode.ABORT
              ? Text.display(context, failure.abortValue())
              : failure.getMessage();
      throw new FunctionFailure(failure.code().wire(), message);
    }
  }

  private QueryContext context(Session session) {
    SessionEnvironment environment =
        new SessionEnvironment(
            session, language.schema(session.catalog()), language.compiled(), language.seal());
    return new QueryContext(environment, language.library(), new QueryLog());
  }
}
