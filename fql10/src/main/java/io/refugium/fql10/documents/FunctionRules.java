package io.refugium.fql10.documents;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.runtime.Arity;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What stored sources must satisfy: bodies, predicates, signatures (schema specification, 3). */
final class FunctionRules {
  private static final Map<String, Set<Integer>> PREDICATE_ARITIES =
      Map.of(
          "read", Set.of(1),
          "write", Set.of(2, 3),
          "create", Set.of(1),
          "create_with_id", Set.of(1, 2),
          "delete", Set.of(1),
          "history_write", Set.of(4),
          "history_read", Set.of(1),
          "unrestricted_read", Set.of(1));

  private FunctionRules() {}

  /** Checks that a text is a lambda. */
  static void checkBody(Value body, List<Object> path, List<ConstraintFailure> failures) {
    if (body instanceof StringValue(String text)) {
      lambda(text, path, failures);
    }
  }

  /** Checks that a text is a lambda of one of so many parameters. */
  static void checkFunction(
      Value body, Set<Integer> arities, List<Object> path, List<ConstraintFailure> failures) {
    if (!(body instanceof StringValue(String text))) {
      return;
    }
    Optional<Arity> arity = lambda(text, path, failures);
    if (arity.isPresent() && arities.stream().noneMatch(arity.get()::accepts)) {
      int defined = arity.get().counts().getFirst();
      failures.add(
          ConstraintFailure.at(
              path,
              "Invalid function arity. Expected "
                  + new Arity(arities.stream().sorted().toList(), false).describe("argument")
                  + ", but the function was defined with "
                  + defined
                  + " arguments"));
    }
  }

  private static Optional<Arity> lambda(
      String text, List<Object> path, List<ConstraintFailure> failures) {
    Source source = Source.validated(path.getLast().toString(), text);
    return switch (Parser.query(source)) {
      case Parsed.Failed<Expression> failed -> {
        failures.add(unparsable(path, failed.errors().getFirst()));
        yield Optional.empty();
      }
      case Parsed.Tree<Expression>(Expression tree) ->
          switch (Schema.unwrapped(tree)) {
            case Expression.Lambda lambda -> {
              int count = lambda.parameters().size();
              yield Optional.of(
                  lambda.rest().isPresent() ? Arity.atLeast(count) : Arity.exactly(count));
            }
            case Expression.ShortLambda lambda when !path.getFirst().equals("body") ->
                Optional.of(Arity.exactly(1));
            case Expression.ShortLambda lambda -> {
              failures.add(
                  unparsable(
                      path,
                      Diagnostic.error("Short form lambdas are not allowed here", lambda.span())));
              yield Optional.empty();
            }
            default -> {
              failures.add(unparsable(path, noLambda(tree)));
              yield Optional.empty();
            }
          };
    };
  }

  private static Diagnostic noLambda(Expression tree) {
    return Diagnostic.error(
            "Body must be a lambda expression.",
            tree.span(),
            Hint.insert("Declare a lambda.", tree.span(), "() => "))
        .annotated("Expression is not a lambda.");
  }

  private static ConstraintFailure unparsable(List<Object> path, Diagnostic diagnostic) {
    return ConstraintFailure.at(
        path, "Unable to parse FQL source code.\n" + DiagnosticRenderer.render(diagnostic));
  }

  /** Checks that a text is a type. */
  static void checkSignature(Value signature, List<ConstraintFailure> failures) {
    checkType(signature, List.of("signature"), failures);
  }

  static void checkType(Value type, List<Object> path, List<ConstraintFailure> failures) {
    if (type instanceof StringValue(String text)
        && Parser.type(Source.validated(path.getLast().toString(), text))
            instanceof Parsed.Failed<TypeExpression> failed) {
      failures.add(unreadable(path, failed));
    }
  }

  /** Checks that a text is the type of a field, which may have default values in it. */
  static void checkFieldType(
      Value type, boolean hasDefault, List<Object> path, List<ConstraintFailure> failures) {
    if (type instanceof StringValue(String text)
        && Parser.fieldType(Source.validated(path.getLast().toString(), text), hasDefault)
            instanceof Parsed.Failed<TypeExpression> failed) {
      failures.add(unreadable(path, failed));
    }
  }

  private static ConstraintFailure unreadable(
      List<Object> path, Parsed.Failed<TypeExpression> failed) {
    return ConstraintFailure.at(
        path,
        "Failed parsing user-provided signature.\n"
            + DiagnosticRenderer.render(failed.errors().getFirst()));
  }

  /** Checks the predicates of a role. */
  static void checkRole(ObjectValue role, List<ConstraintFailure> failures) {
    eachEntry(
        role,
        "membership",
        (entry, path) ->
            checkFunction(entry.get("predicate"), Set.of(1), with(path, "predicate"), failures));
    eachEntry(
        role,
        "privileges",
        (entry, path) ->
            SchemaRules.each(
                entry.get("actions"),
                (action, predicate) ->
                    checkPredicate(
                        action, predicate, with(with(path, "actions"), action), failures)));
  }

  /** Checks the predicates of an access provider. */
  static void checkAccessProvider(ObjectValue provider, List<ConstraintFailure> failures) {
    eachEntry(
        provider,
        "roles",
        (entry, path) ->
            checkFunction(entry.get("predicate"), Set.of(1), with(path, "predicate"), failures));
  }

  private static void checkPredicate(
      String action, Value predicate, List<Object> path, List<ConstraintFailure> failures) {
    Set<Integer> arities = PREDICATE_ARITIES.get(action);
    if (arities == null && !action.equals("call")) {
      failures.add(ConstraintFailure.at(path, "Unexpected field provided"));
    } else if (arities == null) {
      checkBody(predicate, path, failures);
    } else {
      checkFunction(predicate, arities, path, failures);
    }
  }

  @FunctionalInterface
  private interface EntryAction {
    void accept(ObjectValue entry, List<Object> path);
  }

  private static void eachEntry(ObjectValue role, String field, EntryAction action) {
    switch (role.get(field)) {
      case ObjectValue entry -> action.accept(entry, List.of(field));
      case ArrayValue(List<Value> entries) -> {
        for (int i = 0; i < entries.size(); i++) {
          if (entries.get(i) instanceof ObjectValue entry) {
            action.accept(entry, List.of(field, i));
          }
        }
      }
      case null, default -> {}
    }
  }

  static List<Object> with(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
