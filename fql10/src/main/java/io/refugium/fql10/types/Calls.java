package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Calls of functions and of what can be used as one (language specification, section 8.5). */
final class Calls {
  private final Definitions definitions;
  private final Reports reports;
  private final Subtyping subtyping;
  private final Functions functions;

  Calls(Definitions definitions, Reports reports, Subtyping subtyping, Functions functions) {
    this.definitions = definitions;
    this.reports = reports;
    this.subtyping = subtyping;
    this.functions = functions;
  }

  /**
   * One call in the text.
   *
   * @param arguments their types
   * @param spans their places
   * @param callee the place of what is called
   * @param list the argument list with its brackets
   */
  record Site(List<Type> arguments, List<Span> spans, Span callee, Span list) {
    static Site of(List<Type> types, List<Expression> arguments, Span callee, Span list) {
      return new Site(types, arguments.stream().map(Expression::span).toList(), callee, list);
    }

    Span whole() {
      return callee.to(list);
    }

    Site with(int index, Type type) {
      List<Type> changed = new ArrayList<>(arguments);
      changed.set(index, type);
      return new Site(changed, spans, callee, list);
    }
  }

  /** The type of the result; reports what does not fit. */
  Type call(Type callee, Site site) {
    return switch (callee.form()) {
      case Type.Any _ -> Type.ANY;
      case Type.Never _ -> Type.NEVER;
      case Unknown unknown -> unknown.call(site.arguments());
      case Hole hole -> call(hole.solution(), site);
      case Type.Function function -> function(function, site);
      case Type.Intersection(List<Type> members) -> overloaded(callee, members, site);
      case Closure closure -> closure(closure, site);
      case Type.Union(List<Type> members) ->
          Unions.of(members.stream().map(member -> call(member, site)).toList());
      case Type.Named named -> named(callee, named, site);
      default -> notCallable(callee, site);
    };
  }

  private Type named(Type callee, Type.Named named, Site site) {
    Optional<Type> own = definitions.call(named);
    if (own.isPresent()) {
      return call(own.get(), site);
    }
    Optional<Type> alias = definitions.alias(callee).filter(type -> !isRecord(type));
    return alias.isPresent() ? call(alias.get(), site) : notCallable(callee, site);
  }

  private static boolean isRecord(Type type) {
    return type.form() instanceof Type.Struct;
  }

  private Type notCallable(Type callee, Site site) {
    Span place = callee.origin() == null ? site.callee() : callee.origin();
    reports.add(TypeErrors.notCallable(TypePrinter.printBase(callee), place, site.list()));
    return Type.ANY;
  }

  private Type closure(Closure closure, Site site) {
    int received = site.arguments().size();
    Optional<Integer> arity = Functions.arityError(closure, received);
    if (arity.isPresent()) {
      reports.add(Diagnostic.error(TypeErrors.wrongArity(arity.get(), received), site.list()));
      return Type.ANY;
    }
    return functions.call(closure, site.arguments());
  }

  // --- function types -------------------------------------------------------------------------

  private Type function(Type.Function declared, Site site) {
    int received = site.arguments().size();
    if (!accepts(declared, received)) {
      int expected = declared.parameters().size();
      reports.add(Diagnostic.error(TypeErrors.wrongArity(expected, received), site.list()));
      return Type.ANY;
    }
    Type.Function function = (Type.Function) Definitions.instantiate(Type.of(declared)).form();
    checkArguments(function, site, false);
    checkArguments(function, site, true);
    return Hole.solve(function.result());
  }

  private static boolean accepts(Type.Function function, int received) {
    int fixed = function.parameters().size();
    return function.rest().isPresent() ? received >= fixed : received == fixed;
  }

  /** Values first: what they are decides what callbacks get. */
  private void checkArguments(Type.Function function, Site site, boolean callbacks) {
    int fixed = function.parameters().size();
    for (int i = 0; i < site.arguments().size(); i++) {
      Type argument = site.arguments().get(i);
      if (functions.isFunction(argument) == callbacks) {
        Type expected =
            i < fixed ? function.parameters().get(i).type() : function.rest().orElseThrow().type();
        List<Failure> failures = subtyping.check(argument, expected);
        if (!failures.isEmpty()) {
          reports.mismatch(site.spans().get(i), argument, Hole.solve(expected), failures);
        }
      }
    }
  }

  // --- overloads ------------------------------------------------------------------------------

  private Type overloaded(Type callee, List<Type> overloads, Site site) {
    List<Type> candidates =
        overloads.stream().filter(overload -> mayAccept(overload, site)).toList();
    if (candidates.size() == 1) {
      return call(candidates.getFirst(), site);
    }
    List<Type> tried = candidates.isEmpty() ? overloads : candidates;
    Set<Failure> failures = new LinkedHashSet<>();
    for (Type overload : tried) {
      Reports.Trial<Type> trial = reports.attempt(() -> call(overload, site));
      if (trial.clean()) {
        return trial.result();
      }
      for (Diagnostic diagnostic : trial.diagnostics()) {
        failures.add(
            Failure.direct(
                diagnostic.span().orElse(null), diagnostic.message(), diagnostic.hints()));
      }
    }
    Optional<Type> split = candidates.isEmpty() ? Optional.empty() : byVariant(callee, site);
    return split.orElseGet(() -> noOverload(callee, site, List.copyOf(failures)));
  }

  private static boolean mayAccept(Type overload, Site site) {
    return !(overload.form() instanceof Type.Function function)
        || accepts(function, site.arguments().size());
  }

  /** A union may be passed if each of its variants is accepted by some overload. */
  private Optional<Type> byVariant(Type callee, Site site) {
    for (int i = 0; i < site.arguments().size(); i++) {
      List<Type> variants = site.arguments().get(i).variants();
      if (variants.size() > 1) {
        int index = i;
        Reports.Trial<Type> trial =
            reports.attempt(
                () ->
                    Unions.of(
                        variants.stream()
                            .map(variant -> call(callee, site.with(index, variant)))
                            .toList()));
        return trial.clean() ? Optional.of(trial.result()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Type noOverload(Type callee, Site site, List<Failure> failures) {
    Type wanted =
        Type.of(
            new Type.Function(
                site.arguments().stream().map(type -> new Type.Parameter("", type)).toList(),
                Optional.empty(),
                Type.ANY));
    String message = TypeErrors.notSubtype(callee.toString(), wanted.toString());
    reports.add(
        Diagnostic.error(message, site.whole()).with(Reports.causes(failures, site.list())));
    return Type.ANY;
  }
}
