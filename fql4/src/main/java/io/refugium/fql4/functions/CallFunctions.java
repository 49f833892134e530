package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.STRING_OR_FUNCTION;

import io.refugium.access.AccessException;
import io.refugium.access.FunctionLibrary;
import io.refugium.access.Languages;
import io.refugium.access.Session;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.CompiledLambda;
import io.refugium.fql4.language.Effect;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Evaluation;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Plain;
import io.refugium.model.ArrayValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/** Calling user-defined functions of either language (spec: FQL v4, 13.2, 17). */
final class CallFunctions {
  private CallFunctions() {}

  static void define(Library library) {
    library
        .define("call", STRING_OR_FUNCTION)
        .optional("arguments", ANY)
        .writes()
        .checkedInside()
        .free()
        .as(CallFunctions::call);
  }

  private static Value call(Call call) {
    FunctionDef function = find(call);
    Value argument = call.has(1) ? call.value(1) : ArrayValue.EMPTY;
    List<Value> arguments =
        argument instanceof ArrayValue(List<Value> several) ? several : List.of(argument);
    Session body;
    try {
      body = call.evaluation().session().enter(function, asPredicatesSee(argument));
    } catch (AccessException.Denied _) {
      throw Errors.permissionDenied(call.position());
    }
    boolean isOurs = body.scope() == call.evaluation().session().scope();
    return isOurs && Languages.isV4(function)
        ? run(call, function, body, argument)
        : runOther(call, function, body, arguments);
  }

  /** The argument value as predicates are to see it again: an array of one is not that one. */
  private static List<Value> asPredicatesSee(Value argument) {
    Value plain = Plain.of(argument);
    return plain instanceof ArrayValue(List<Value> several) && several.size() != 1
        ? several
        : List.of(plain);
  }

  private static FunctionDef find(Call call) {
    Session session = call.evaluation().session();
    if (call.value(0) instanceof StringValue(String name)) {
      FunctionDef function = session.catalog().function(name);
      if (function == null) {
        throw Errors.invalidRef(
            call.position(0),
            NativeCollections.word(SystemCollections.FUNCTION, call.version()),
            name);
      }
      return function;
    }
    Ref ref = (Ref) call.value(0);
    Catalog catalog = session.catalog(ref.scope());
    FunctionDef function = catalog == null ? null : catalog.function(ref.id());
    if (function == null) {
      throw Errors.notFound(
          call.position(0), NativeCollections.title(SystemCollections.FUNCTION, call.version()));
    }
    return function;
  }

  /**
   * Runs a body of FQL v4: what fails inside is the cause of the error outside, but for a stack
   * overflow.
   */
  private static Value run(Call call, FunctionDef function, Session body, Value argument) {
    Evaluation evaluation = call.evaluation();
    CompiledLambda lambda = evaluation.language().compile(body.catalog(), function);
    try {
      return evaluation
          .sessions()
          .in(body, () -> lambda.apply(evaluation, argument, call.position()));
    } catch (Fql4Exception failure) {
      throw callError(call, failure);
    }
  }

  private static Fql4Exception callError(Call call, Fql4Exception failure) {
    boolean passes =
        failure.errors().getFirst().position() == null
            || failure.errors().stream().anyMatch(e -> e.code().equals(Errors.STACK_OVERFLOW));
    return passes ? failure : Errors.callError(call.position(), failure.errors());
  }

  /** Runs a body of FQL v10, or one of another database, which only data get into and out of. */
  private static Value runOther(
      Call call, FunctionDef function, Session body, List<Value> arguments) {
    Evaluation evaluation = call.evaluation();
    ForeignArguments foreign = new ForeignArguments(call, body.scope());
    List<Value> converted = arguments.stream().map(foreign::of).toList();
    evaluation.enterCall(call.position());
    try {
      Session limited = evaluation.effects().most() == Effect.WRITE ? body : body.readOnly();
      return body.languages().call(limited, function, converted);
    } catch (FunctionLibrary.FunctionFailure failure) {
      if (failure.getCause() instanceof Fql4Exception inside) {
        throw callError(call, inside);
      }
      throw failure.code().equals(FunctionLibrary.FunctionFailure.NOT_REPRESENTABLE)
          ? Errors.notRepresentable(call.position(), failure.getMessage())
          : Errors.aborted(call.position(), failure.getMessage());
    } finally {
      evaluation.leaveCall();
    }
  }
}
