package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import java.util.List;

/**
 * Checks expressions before they are evaluated and says what type they have (language
 * specification, section 8).
 *
 * <p>Works by evaluating the expression over types: a lambda is checked anew for the types of each
 * call, so polymorphism needs no annotations and errors are found at the operation that cannot
 * work. What is not known counts as {@code Any}: no correct query is refused. Stateless and
 * thread-safe.
 */
public final class TypeChecker {
  private TypeChecker() {}

  /**
   * The outcome of a check.
   *
   * @param type the type of the expression; meaningless if there are errors
   * @param errors in textual order
   * @param warnings in textual order
   */
  public record Result(Type type, List<Diagnostic> errors, List<Diagnostic> warnings) {
    public boolean isCorrect() {
      return errors.isEmpty();
    }
  }

  /** Checks a query. */
  public static Result query(Expression query, TypeEnvironment environment, Bindings bindings) {
    return new Run(environment, bindings).query(query);
  }

  /**
   * Infers the type of a stored expression: the body of a user function, a computed field, a
   * predicate. A lambda has a function type, with type parameters for what its body leaves open.
   */
  public static Result infer(Expression body, TypeEnvironment environment) {
    return new Run(environment, Bindings.NONE).infer(body);
  }

  /**
   * Infers what a stored lambda returns for arguments of the given types: a computed field for a
   * document. Anything but a lambda, or one with another number of parameters, gives {@code Any}.
   */
  public static Result apply(Expression lambda, List<Type> arguments, TypeEnvironment environment) {
    return new Run(environment, Bindings.NONE).apply(lambda, arguments);
  }

  /**
   * Checks a stored expression against the type that was declared for it.
   *
   * @return the declared type, with the reasons why the expression does not fit as errors
   */
  public static Result check(Expression body, Type declared, TypeEnvironment environment) {
    return new Run(environment, Bindings.NONE).check(body, declared);
  }

  /**
   * Checks the body of a user function against its signature. Unlike {@link #check}, what does not
   * fit is reported where it stems from, be it the signature.
   */
  public static Result checkFunction(Expression body, Type signature, TypeEnvironment environment) {
    return new Run(environment, Bindings.NONE).checkFunction(body, signature);
  }

  /** Whether a value of type {@code actual} may stand where {@code expected} is needed. */
  public static boolean fits(Type actual, Type expected, TypeEnvironment environment) {
    return new Run(environment, Bindings.NONE).subtyping.fits(actual, expected);
  }

  /** The parts of one check, wired together. */
  private static final class Run {
    private final Reports reports = new Reports();
    private final Functions functions;
    private final Subtyping subtyping;
    private final Expressions expressions;

    Run(TypeEnvironment environment, Bindings bindings) {
      Definitions definitions = new Definitions(environment);
      Selections selections = new Selections(definitions, reports);
      Budget budget = new Budget();
      functions = new Functions(reports, definitions, budget);
      subtyping = new Subtyping(definitions, reports, functions, selections);
      expressions =
          new Expressions(
              environment,
              bindings,
              reports,
              definitions,
              selections,
              subtyping,
              functions,
              budget);
      functions.connect(subtyping, expressions);
    }

    Result query(Expression query) {
      Type type = outcome(query);
      if (isFunction(type) && reports.all(Diagnostic.Kind.ERROR).isEmpty()) {
        reports.add(TypeErrors.functionNotCalled(resultOf(query).span()));
      }
      return result(type);
    }

    Result infer(Expression body) {
      try {
        Type type = expressions.typeOf(body, Scope.EMPTY);
        // Before the signature is worked out: that is a trial, which keeps errors to itself.
        functions.checkUncalled();
        return result(finished(type));
      } catch (Budget.Spent _) {
        return new Result(Type.ANY, List.of(), List.of());
      }
    }

    Result apply(Expression lambda, List<Type> arguments) {
      try {
        Type type = expressions.typeOf(lambda, Scope.EMPTY);
        boolean applicable =
            type.form() instanceof Closure closure
                && Functions.arityError(closure, arguments.size()).isEmpty();
        Type result =
            applicable ? finished(functions.call((Closure) type.form(), arguments)) : Type.ANY;
        functions.checkUncalled();
        return result(result);
      } catch (Budget.Spent _) {
        return new Result(Type.ANY, List.of(), List.of());
      }
    }

    Result check(Expression body, Type declared) {
      try {
        Type actual = expressions.typeOf(body, Scope.EMPTY);
        reports.mismatch(body.span(), actual, declared, subtyping.check(actual, declared));
        functions.checkUncalled();
      } catch (Budget.Spent _) {
        return new Result(declared, List.of(), List.of());
      }
      return result(declared);
    }

    Result checkFunction(Expression body, Type signature) {
      try {
        Type actual = expressions.typeOf(body, Scope.EMPTY);
        for (Failure failure : subtyping.check(actual, signature)) {
          Span place = failure.place() == null ? body.span() : failure.place();
          reports.add(Diagnostic.error(failure.message(), place).with(failure.hints()));
        }
        functions.checkUncalled();
      } catch (Budget.Spent _) {
        return new Result(signature, List.of(), List.of());
      }
      return result(signature);
    }

    private Type outcome(Expression expression) {
      try {
        Type type = expressions.typeOf(expression, Scope.EMPTY);
        // Before the signatures of functions in it are worked out: trials keep errors to
        // themselves.
        functions.checkUncalled();
        return finished(type);
      } catch (Budget.Spent _) {
        return Type.ANY;
      }
    }

    /** The type as the outside sees it: closures by their signatures, nothing undetermined. */
    private Type finished(Type type) {
      return switch (type.form()) {
        case Closure closure -> functions.signature(closure).at(type.origin());
        case Hole hole -> finished(hole.solution());
        case Unknown _ -> Generalizer.closed(type);
        default -> type.mapParts(this::finished);
      };
    }

    private Result result(Type type) {
      return new Result(
          type, reports.all(Diagnostic.Kind.ERROR), reports.all(Diagnostic.Kind.WARNING));
    }

    private static boolean isFunction(Type type) {
      return switch (type.form()) {
        case Type.Function _ -> true;
        case Type.Intersection(List<Type> members) -> members.stream().allMatch(Run::isFunction);
        default -> false;
      };
    }

    /** The expression that gives a block its value. */
    private static Expression resultOf(Expression expression) {
      return expression instanceof Expression.Block block ? block.result() : expression;
    }
  }
}
