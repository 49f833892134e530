package io.refugium.fql10.documents;

import io.refugium.access.AccessException;
import io.refugium.access.FunctionLibrary;
import io.refugium.access.Languages;
import io.refugium.access.Session;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.fql10.runtime.Arity;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.UserFunction;
import io.refugium.fql10.sets.Lending;
import io.refugium.fql10.source.Source;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A function of the user (library specification, section 18). Calling it needs the privilege; its
 * body runs with the function's role if it has one.
 */
final class StoredFunction implements UserFunction {
  private static final Value IGNORED = new StringValue("_");

  private final FunctionDef definition;
  private final Schema schema;

  StoredFunction(FunctionDef definition, Schema schema) {
    this.definition = definition;
    this.schema = schema;
  }

  @Override
  public String name() {
    return definition.name();
  }

  @Override
  public Value definition() {
    return definition.document().ref();
  }

  @Override
  public Arity arity() {
    return switch (definition.body()) {
      case LambdaValue lambda -> arity(lambda.parameters());
      case null, default -> body().map(Lambda::arity).orElse(Arity.atLeast(0));
    };
  }

  /** Of a body of FQL v4: one that ignores its argument takes any number of them. */
  private static Arity arity(Value parameters) {
    if (parameters instanceof ArrayValue names) {
      return Arity.exactly(names.size());
    }
    return parameters.equals(IGNORED) ? Arity.atLeast(0) : Arity.exactly(1);
  }

  private Optional<Lambda> body() {
    return definition.body() instanceof StringValue(String text)
        ? schema.lambda(Source.functionBody(name(), text))
        : Optional.empty();
  }

  @Override
  public Value call(QueryContext context, Value[] arguments) {
    if (!arity().accepts(arguments.length)) {
      throw Errors.wrongArity(arity(), arguments.length);
    }
    StoredDocuments documents = StoredDocuments.of(context);
    Session caller = documents.session();
    Session callee = enter(caller, arguments);
    if (Languages.isV4(definition)) {
      return callOtherLanguage(callee, arguments);
    }
    Lambda body =
        body()
            .orElseThrow(
                () -> QueryFailure.of(ErrorCode.INVALID_SCHEMA, "The function has no body."));
    Value[] handed = definition.role() == null ? arguments : lent(documents, arguments);
    return documents.within(callee, () -> Calls.invoke(context, body, handed, null));
  }

  private static Value[] lent(StoredDocuments documents, Value[] arguments) {
    Lending lending = new Lending(documents.rights());
    return Arrays.stream(arguments).map(lending::lent).toArray(Value[]::new);
  }

  private Session enter(Session caller, Value[] arguments) {
    List<Value> plain = new ArrayList<>();
    for (Value argument : arguments) {
      Value stored = Storable.orNull(argument);
      plain.add(stored == null ? argument : stored);
    }
    try {
      return caller.enter(definition, plain);
    } catch (AccessException.Denied denied) {
      throw Errors.permissionDenied();
    }
  }

  private Value callOtherLanguage(Session callee, Value[] arguments) {
    List<Value> converted = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      Value plain = OtherLanguage.argument(arguments[i]);
      if (plain == null) {
        throw QueryFailure.of(
            ErrorCode.INVALID_ARGUMENT,
            "Invalid argument for `"
                + parameterName(i)
                + "`. FQL v4 does not support `"
                + Kind.typeName(arguments[i])
                + "` values.");
      }
      converted.add(plain);
    }
    try {
      return OtherLanguage.result(
          callee.languages().call(callee, definition, converted), callee.scope());
    } catch (FunctionLibrary.FunctionFailure failure) {
      // What aborts there, aborts here.
      throw failure.code().equals(FunctionLibrary.FunctionFailure.ABORTED)
          ? QueryFailure.abort(new StringValue(failure.getMessage()))
          : QueryFailure.of(ErrorCode.EVAL_ERROR, failure.getMessage());
    }
  }

  private String parameterName(int index) {
    Value parameters = ((LambdaValue) definition.body()).parameters();
    Value name = parameters instanceof ArrayValue names ? names.get(index) : parameters;
    return name instanceof StringValue(String text) ? text : "arg" + index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredFunction that && name().equals(that.name());
  }

  @Override
  public int hashCode() {
    return name().hashCode();
  }
}
