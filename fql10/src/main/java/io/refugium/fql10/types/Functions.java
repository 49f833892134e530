package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.syntax.Expression;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Functions as values: whether one fits where a function is expected, what a lambda returns for
 * given arguments, and what type it has when nobody has called it yet.
 */
final class Functions {
  /** How often a callback is checked again because its own result widened its parameters. */
  private static final int MAX_ROUNDS = 4;

  /** How many expressions' worth of stack the call of a lambda takes. */
  private static final int CALL_LEVELS = 8;

  /** How many ambiguous operators are tried both ways; each doubles the work. */
  private static final int MAX_CHOICES = 3;

  private final Reports reports;
  private final Definitions definitions;
  private final Budget budget;
  private final Map<Expression, Closure> unchecked = new IdentityHashMap<>();
  private final Set<Expression> checked =
      java.util.Collections.newSetFromMap(new IdentityHashMap<>());
  private Subtyping subtyping;
  private Expressions expressions;
  private Choices choices;

  Functions(Reports reports, Definitions definitions, Budget budget) {
    this.reports = reports;
    this.definitions = definitions;
    this.budget = budget;
  }

  /** Closes the circle of the parts of the checker. */
  void connect(Subtyping theSubtyping, Expressions theExpressions) {
    subtyping = theSubtyping;
    expressions = theExpressions;
  }

  // --- closures -------------------------------------------------------------------------------

  Type closure(Expression function, Scope scope) {
    Closure closure = new Closure(function, scope, this);
    if (!checked.contains(function)) {
      unchecked.put(function, closure);
    }
    return Type.of(closure).at(function.span());
  }

  /** Checks the bodies of all lambdas that nothing has called. */
  void checkUncalled() {
    while (!unchecked.isEmpty()) {
      infer(unchecked.values().iterator().next());
    }
  }

  boolean isFunction(Type type) {
    return switch (type.form()) {
      case Type.Function _, Closure _ -> true;
      case Type.Intersection(List<Type> members) -> members.stream().allMatch(this::isFunction);
      case Type.Named _ -> definitions.alias(type).map(this::isFunction).orElse(false);
      default -> false;
    };
  }

  /** The number of arguments that a closure refuses to be called with gives the wrong count. */
  static Optional<Integer> arityError(Closure closure, int received) {
    int expected = closure.parameters().size();
    boolean fits = closure.rest().isPresent() ? received >= expected : received == expected;
    return fits ? Optional.empty() : Optional.of(expected);
  }

  /** What a closure returns for arguments whose number fits. */
  Type call(Closure closure, List<Type> arguments) {
    markChecked(closure);
    if (!budget.enter(CALL_LEVELS)) {
      return Type.ANY;
    }
    try {
      return expressions.typeOf(closure.body(), bind(closure, arguments));
    } finally {
      budget.leave(CALL_LEVELS);
    }
  }

  private void markChecked(Closure closure) {
    checked.add(closure.function());
    unchecked.remove(closure.function());
  }

  private static Scope bind(Closure closure, List<Type> arguments) {
    Scope scope = closure.scope();
    List<String> names = closure.parameters();
    for (int i = 0; i < names.size(); i++) {
      scope = scope.with(names.get(i), arguments.get(i));
    }
    if (closure.rest().isEmpty()) {
      return scope;
    }
    List<Type> rest = arguments.subList(names.size(), arguments.size());
    return scope.with(closure.rest().get(), Type.array(Unions.of(rest.reversed())));
  }

  // --- fitting --------------------------------------------------------------------------------

  /** Whether a function fits a function type. */
  List<Failure> check(Type actual, Type expected, Type.Function wanted) {
    return switch (actual.form()) {
      case Closure closure -> closure(actual, closure, expected, wanted);
      case Type.Function function -> function(actual, function, wanted);
      case Type.Intersection(List<Type> members) -> overloaded(actual, members, expected);
      default ->
          definitions
              .alias(actual)
              .map(alias -> subtyping.check(alias, expected))
              .orElse(List.of());
    };
  }

  private List<Failure> overloaded(Type actual, List<Type> members, Type expected) {
    for (Type member : members) {
      if (subtyping.fits(member, expected)) {
        return List.of();
      }
    }
    return List.of(
        Failure.at(actual.origin(), TypeErrors.notSubtype(actual.toString(), expected.toString())));
  }

  private List<Failure> function(Type actual, Type.Function function, Type.Function wanted) {
    Type.Function mine = (Type.Function) Definitions.instantiate(Type.of(function)).form();
    int received = wanted.parameters().size();
    int fixed = mine.parameters().size();
    if (received < fixed || (received > fixed && mine.rest().isEmpty())) {
      return List.of(
          Failure.direct(actual.origin(), TypeErrors.wrongArity(fixed, received), List.of()));
    }
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < received; i++) {
      Type parameter =
          i < fixed ? mine.parameters().get(i).type() : mine.rest().orElseThrow().type();
      failures.addAll(subtyping.check(Hole.solve(wanted.parameters().get(i).type()), parameter));
    }
    failures.addAll(subtyping.check(Hole.solve(mine.result()), wanted.result()));
    return failures;
  }

  private List<Failure> closure(Type actual, Closure closure, Type expected, Type.Function wanted) {
    int received = wanted.parameters().size();
    Optional<Integer> arity = arityError(closure, received);
    if (arity.isPresent()) {
      return List.of(
          Failure.direct(actual.origin(), TypeErrors.wrongArity(arity.get(), received), List.of()));
    }
    Type shown = Hole.solve(expected);
    for (int round = 1; ; round++) {
      List<Type> arguments = parameterTypes(wanted);
      Reports.Trial<List<Failure>> trial =
          reports.attempt(() -> subtyping.check(call(closure, arguments), wanted.result()));
      if (round == MAX_ROUNDS || parameterTypes(wanted).equals(arguments)) {
        return accept(trial, actual, closure, shown, arguments);
      }
    }
  }

  private static List<Type> parameterTypes(Type.Function wanted) {
    return wanted.parameters().stream().map(parameter -> Hole.solve(parameter.type())).toList();
  }

  /** Reports what went wrong in the body, as a reason why the arguments do not fit if it is one. */
  private List<Failure> accept(
      Reports.Trial<List<Failure>> trial,
      Type actual,
      Closure closure,
      Type expected,
      List<Type> arguments) {
    boolean failed = trial.diagnostics().stream().anyMatch(d -> d.kind() == Diagnostic.Kind.ERROR);
    if (!failed) {
      return trial.result();
    }
    List<Failure> reasons = argumentFailures(closure, arguments);
    if (reasons.isEmpty()) {
      reports.addAll(trial.diagnostics());
    } else {
      reports.add(
          Diagnostic.error(
                  TypeErrors.notSubtype(actual.toString(), expected.toString()), actual.origin())
              .with(Reports.causes(reasons, actual.origin())));
    }
    return List.of();
  }

  /** Which arguments do not fit what the lambda needs in general; none if fields are missing. */
  private List<Failure> argumentFailures(Closure closure, List<Type> arguments) {
    Reports.Trial<Type> inferred = reports.attempt(() -> infer(closure));
    if (!inferred.clean() || !(inferred.result().form() instanceof Type.Function function)) {
      return List.of();
    }
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < function.parameters().size(); i++) {
      failures.addAll(
          subtyping.check(
              arguments.get(i), Generalizer.closed(function.parameters().get(i).type())));
    }
    return failures.stream().anyMatch(Failure::direct) ? List.of() : failures;
  }

  // --- inference ------------------------------------------------------------------------------

  /** The type of a closure as others see it, with type parameters for what is not determined. */
  Type signature(Closure closure) {
    Reports.Trial<Type> trial = reports.attempt(() -> infer(closure));
    return trial.clean()
        ? Generalizer.generalize(trial.result(), definitions::isType)
        : anyFunction(closure);
  }

  private static Type anyFunction(Closure closure) {
    return Type.of(
        new Type.Function(
            closure.parameters().stream().map(name -> new Type.Parameter("", Type.ANY)).toList(),
            closure.rest().map(name -> new Type.Parameter("", Type.ANY)),
            Type.ANY));
  }

  /**
   * Checks a closure for arguments that nothing is known of. Where an operator would work for more
   * than one type, each is tried; the result is the intersection of what works.
   */
  Type infer(Closure closure) {
    if (choices != null) {
      return inferOnce(closure);
    }
    Set<Type> alternatives = new LinkedHashSet<>();
    List<Diagnostic> firstErrors = null;
    int combinations = 1;
    for (int pick = 0; pick < combinations; pick++) {
      choices = new Choices(pick);
      Reports.Trial<Type> trial = reports.attempt(() -> closedSignature(closure));
      combinations = 1 << Math.min(choices.used(), MAX_CHOICES);
      if (firstErrors == null) {
        firstErrors = trial.diagnostics();
      }
      if (trial.clean()) {
        alternatives.add(trial.result());
      }
      choices = null;
    }
    if (alternatives.isEmpty()) {
      reports.addAll(firstErrors);
      return anyFunction(closure);
    }
    return alternatives.size() == 1
        ? alternatives.iterator().next()
        : Type.of(new Type.Intersection(List.copyOf(alternatives)));
  }

  /** With several alternatives each must be generalized by itself. */
  private Type closedSignature(Closure closure) {
    Type signature = inferOnce(closure);
    return choices.used() == 0 ? signature : Generalizer.generalize(signature, definitions::isType);
  }

  private Type inferOnce(Closure closure) {
    List<Type> parameters = closure.parameters().stream().map(name -> Unknown.create()).toList();
    List<Type> arguments = new ArrayList<>(parameters);
    Optional<Type> rest = closure.rest().map(name -> Unknown.create());
    rest.ifPresent(arguments::add);
    Type result = inlined(call(closure, arguments));
    return Type.of(
        new Type.Function(
            parameters.stream().map(type -> new Type.Parameter("", type)).toList(),
            rest.map(type -> new Type.Parameter("", type)),
            result));
  }

  /**
   * A result with the closures in it replaced by their types. A function may return functions that
   * return functions without end; those that lie too deep may do anything.
   */
  private Type inlined(Type type) {
    if (!(type.form() instanceof Closure inner)) {
      return type.mapParts(this::inlined);
    }
    if (!budget.enter(CALL_LEVELS)) {
      return anyFunction(inner);
    }
    try {
      return infer(inner);
    } finally {
      budget.leave(CALL_LEVELS);
    }
  }

  /** Whether to take the second meaning of an ambiguous operator; empty outside of inference. */
  Optional<Boolean> choose() {
    return choices == null ? Optional.empty() : Optional.of(choices.next());
  }

  /** The picks of one attempt: bit i decides the i-th ambiguous operator. */
  private static final class Choices {
    private final int picks;
    private int used;

    Choices(int picks) {
      this.picks = picks;
    }

    boolean next() {
      int bit = used++;
      return bit < MAX_CHOICES && (picks >> bit & 1) == 1;
    }

    int used() {
      return used;
    }
  }
}
