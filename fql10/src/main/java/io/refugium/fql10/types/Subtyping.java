package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which type fits where (language specification, section 8.4). Returns the reasons why not; an
 * empty list means that it fits. What is not known fits: no correct query may be refused.
 */
final class Subtyping {
  private static final List<Failure> FITS = List.of();
  private static final int MAX_DEPTH = 64;

  private final Definitions definitions;
  private final Reports reports;
  private final Functions functions;
  private final Selections selections;
  private final Set<List<Type>> assumed = new HashSet<>();
  private int depth;

  Subtyping(Definitions definitions, Reports reports, Functions functions, Selections selections) {
    this.definitions = definitions;
    this.reports = reports;
    this.functions = functions;
    this.selections = selections;
  }

  Definitions definitions() {
    return definitions;
  }

  boolean fits(Type actual, Type expected) {
    Reports.Trial<List<Failure>> trial = reports.attempt(() -> check(actual, expected));
    return trial.clean() && trial.result().isEmpty();
  }

  /** The reasons why a value of type {@code actual} is not one of type {@code expected}. */
  List<Failure> check(Type actual, Type expected) {
    if (actual.isAny() || actual.isNever() || expected.isAny() || depth >= MAX_DEPTH) {
      return FITS;
    }
    depth++;
    try {
      return known(actual, expected);
    } finally {
      depth--;
    }
  }

  private List<Failure> known(Type actual, Type expected) {
    if (expected.form() instanceof Hole hole) {
      hole.add(actual);
      return FITS;
    }
    if (actual.form() instanceof Hole hole) {
      return check(hole.solution(), expected);
    }
    if (actual.form() instanceof Unknown unknown) {
      unknown.bound(Hole.solve(expected));
      return FITS;
    }
    if (expected.form() instanceof Unknown) {
      return FITS;
    }
    if (actual.form() instanceof Type.Union(List<Type> members)) {
      return all(members.stream().map(member -> check(member, expected)).toList());
    }
    if (expected.form() instanceof Type.Intersection(List<Type> members)) {
      return all(members.stream().map(member -> check(actual, member)).toList());
    }
    if (expected.form() instanceof Type.Union(List<Type> members)) {
      return oneOf(actual, expected, members);
    }
    return simple(actual, expected);
  }

  private static List<Failure> all(List<List<Failure>> results) {
    return results.stream().flatMap(List::stream).toList();
  }

  // --- unions ---------------------------------------------------------------------------------

  private List<Failure> oneOf(Type actual, Type expected, List<Type> members) {
    Set<Failure> reasons = new LinkedHashSet<>();
    for (Type member : members) {
      if (!(member.form() instanceof Hole)) {
        Reports.Trial<List<Failure>> trial = reports.attempt(() -> check(actual, member));
        if (trial.clean() && trial.result().isEmpty()) {
          return FITS;
        }
        reasons.addAll(trial.result());
      }
    }
    for (Type member : members) {
      if (member.form() instanceof Hole) {
        return check(actual, member);
      }
    }
    if (functions.isFunction(actual)) {
      return functionAmong(actual, expected, members);
    }
    List<Type> unfolded = unfoldings(actual, members);
    if (!unfolded.isEmpty()) {
      return all(unfolded.stream().map(variant -> check(variant, expected)).toList());
    }
    boolean detailed = isStructural(actual) || isValueAmongValues(actual, members);
    return detailed && reasons.size() > 1
        ? List.copyOf(reasons)
        : List.of(Failure.at(actual.origin(), notInUnion(actual, members)));
  }

  private static boolean isValueAmongValues(Type actual, List<Type> members) {
    return Singletons.isSingleton(actual)
        && members.stream()
            .allMatch(
                member ->
                    Singletons.isSingleton(member)
                        && Singletons.base(member).equals(Singletons.base(actual)));
  }

  /** The variants of a reference that is not itself a member. */
  private List<Type> unfoldings(Type actual, List<Type> members) {
    return definitions
        .alias(actual)
        .filter(
            alias ->
                alias.form() instanceof Type.Union
                    || members.stream().noneMatch(this::isStructural))
        .map(Type::variants)
        .orElse(List.of());
  }

  private boolean isStructural(Type type) {
    return type.form() instanceof Type.Struct
        || type.form() instanceof Type.Tuple
        || (type.form() instanceof Type.Named && definitions.alias(type).isPresent());
  }

  private List<Failure> functionAmong(Type actual, Type expected, List<Type> members) {
    List<Type> candidates = members.stream().filter(functions::isFunction).toList();
    return candidates.size() == 1
        ? check(actual, candidates.getFirst())
        : List.of(mismatch(actual, expected));
  }

  private String notInUnion(Type actual, List<Type> members) {
    List<Type> shown = new ArrayList<>(members.reversed());
    boolean reference = shown.removeIf(this::isAbsentDocument);
    if (reference) {
      shown.addFirst(Type.NULL);
    }
    return TypeErrors.notSubtype(TypePrinter.printBase(actual), TypePrinter.printInOrder(shown));
  }

  private boolean isAbsentDocument(Type type) {
    return definitions.alias(type).map(Type::isNull).orElse(false);
  }

  // --- one against one ------------------------------------------------------------------------

  private List<Failure> simple(Type actual, Type expected) {
    if (actual.equals(expected)) {
      return FITS;
    }
    return switch (expected.form()) {
      case Type.Variable _ -> List.of(notGeneric(actual, expected));
      case Type.Function function ->
          functions.isFunction(actual)
              ? functions.check(actual, expected, function)
              : unfold(actual, expected);
      case Type.Struct struct -> struct(actual, expected, struct);
      case Type.Tuple tuple -> tuple(actual, expected, tuple);
      case Type.Named named -> named(actual, expected, named);
      case Type.NumberValue _, Type.StringValue _, Type.BooleanValue _ ->
          singleton(actual, expected);
      default -> unfold(actual, expected);
    };
  }

  private static Failure notGeneric(Type actual, Type expected) {
    return Failure.at(actual.origin(), TypeErrors.notGeneric(actual, expected));
  }

  private static Failure mismatch(Type actual, Type expected) {
    String message =
        actual.form() instanceof Type.Variable
            ? TypeErrors.genericUsedAs(actual, expected)
            : TypeErrors.notSubtype(TypePrinter.printBase(actual), expected.toString());
    return Failure.at(actual.origin(), message);
  }

  private static List<Failure> singleton(Type actual, Type expected) {
    boolean sameKind =
        Singletons.isSingleton(actual) && Singletons.base(actual).equals(Singletons.base(expected));
    return sameKind
        ? List.of(Failure.at(actual.origin(), TypeErrors.notTheValue(actual, expected)))
        : List.of(mismatch(actual, expected));
  }

  /** What is left when nothing matches by name: the two types' aliases. */
  private List<Failure> unfold(Type actual, Type expected) {
    return definitions
        .alias(actual)
        .map(alias -> check(alias, expected))
        .orElseGet(() -> List.of(mismatch(actual, expected)));
  }

  private List<Failure> named(Type actual, Type expected, Type.Named name) {
    if (Singletons.isSingleton(actual) && Singletons.belongs(actual, name.name())) {
      return FITS;
    }
    if (actual.form() instanceof Type.Tuple(List<Type> elements) && name.name().equals("Array")) {
      return all(
          elements.stream().map(element -> check(element, name.arguments().getFirst())).toList());
    }
    if (actual.form() instanceof Type.Named other) {
      if (other.name().equals(name.name())) {
        return arguments(other, name);
      }
      if (isNarrowerNumber(other.name(), name.name())) {
        return FITS;
      }
    }
    return expected(actual, expected);
  }

  private List<Failure> arguments(Type.Named actual, Type.Named expected) {
    List<Failure> failures = new ArrayList<>();
    int count = Math.min(actual.arguments().size(), expected.arguments().size());
    for (int i = 0; i < count; i++) {
      failures.addAll(check(actual.arguments().get(i), expected.arguments().get(i)));
    }
    return failures;
  }

  static boolean isNarrowerNumber(String actual, String expected) {
    return switch (expected) {
      case "Number" ->
          actual.equals("Int")
              || actual.equals("Long")
              || actual.equals("Double")
              || actual.equals("Float");
      case "Long" -> actual.equals("Int");
      case "Double" -> actual.equals("Float");
      case "Float" -> actual.equals("Double");
      default -> false;
    };
  }

  /** Two different names: the one that is a union is taken apart first, then the expected one. */
  private List<Failure> expected(Type actual, Type expected) {
    List<Type> pair = List.of(actual, expected);
    if (!assumed.add(pair)) {
      return FITS;
    }
    try {
      Type wanted = definitions.alias(expected).orElse(null);
      Type given = definitions.alias(actual).orElse(null);
      if (given != null && given.form() instanceof Type.Union) {
        return check(given, expected);
      }
      if (wanted != null) {
        return check(actual, wanted);
      }
      return given != null ? check(given, expected) : List.of(mismatch(actual, expected));
    } finally {
      assumed.remove(pair);
    }
  }

  // --- arrays ---------------------------------------------------------------------------------

  private List<Failure> tuple(Type actual, Type expected, Type.Tuple wanted) {
    if (!(actual.form() instanceof Type.Tuple(List<Type> elements))) {
      return unfold(actual, expected);
    }
    int count = wanted.elements().size();
    if (elements.size() > count) {
      return List.of(
          Failure.direct(
              actual.origin(), TypeErrors.tooManyElements(count, elements.size()), List.of()));
    }
    if (elements.size() < count) {
      return List.of(
          Failure.direct(
              actual.origin(), TypeErrors.notEnoughElements(count, elements.size()), List.of()));
    }
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      failures.addAll(check(elements.get(i), wanted.elements().get(i)));
    }
    return failures;
  }

  // --- objects --------------------------------------------------------------------------------

  private List<Failure> struct(Type actual, Type expected, Type.Struct wanted) {
    if (wanted.open()) {
      return open(actual, expected, wanted);
    }
    if (actual.form() instanceof Type.Struct struct) {
      return closed(actual, struct, expected, wanted);
    }
    if (wanted.wildcard().isPresent() && wanted.fields().isEmpty() && isModule(actual)) {
      return FITS;
    }
    return unfold(actual, expected);
  }

  /** Modules count as objects where any object will do. */
  private static boolean isModule(Type type) {
    return type.form() instanceof Type.Named(String name, _)
        && (name.endsWith("Module") || name.endsWith("Collection"));
  }

  private List<Failure> open(Type actual, Type expected, Type.Struct wanted) {
    List<Failure> failures = new ArrayList<>();
    wanted
        .fields()
        .forEach(
            (field, type) -> {
              Selections.Selected selected = selections.find(actual, field, false);
              if (selected.failures().isEmpty()) {
                failures.addAll(check(selected.type(), type));
              } else {
                failures.add(missing(Singletons.base(actual), expected, field));
              }
            });
    return failures;
  }

  /** Told where the fields are asked for, if that is a place in the text. */
  private static Failure missing(Type actual, Type expected, String field) {
    String message = TypeErrors.noField(actual.toString(), field);
    if (expected.origin() == null) {
      return Failure.direct(actual.origin(), message, List.of());
    }
    List<Hint> hints =
        actual.origin() == null
            ? List.of()
            : List.of(TypeErrors.inferredHere(actual.toString(), actual.origin()));
    return Failure.direct(expected.origin(), message, hints);
  }

  private List<Failure> closed(Type actual, Type.Struct given, Type expected, Type.Struct wanted) {
    List<Failure> failures = new ArrayList<>();
    Span place = expected.origin() == null ? actual.origin() : expected.origin();
    if (given.wildcard().isPresent() && wanted.wildcard().isEmpty()) {
      failures.add(Failure.direct(place, TypeErrors.wildcard(actual), List.of()));
    }
    for (Map.Entry<String, Type> field : given.fields().entrySet()) {
      Type type = wanted.fields().get(field.getKey());
      if (type != null) {
        failures.addAll(check(field.getValue(), type));
      } else if (wanted.wildcard().isPresent()) {
        failures.addAll(check(field.getValue(), wanted.wildcard().get()));
      } else {
        String message = TypeErrors.extraField(actual, field.getKey());
        failures.add(Failure.direct(place, message, List.of()));
      }
    }
    for (Map.Entry<String, Type> field : wanted.fields().entrySet()) {
      if (!given.fields().containsKey(field.getKey())) {
        failures.addAll(absent(actual, given, expected, field));
      }
    }
    return failures;
  }

  /** A field of type {@code Any} or a reference must be there, though it may be null. */
  private static boolean mayBeAbsent(Type type) {
    return type.variants().stream()
        .anyMatch(
            variant ->
                variant.isNull()
                    || variant.form() instanceof Hole
                    || variant.form() instanceof Unknown);
  }

  private List<Failure> absent(
      Type actual, Type.Struct given, Type expected, Map.Entry<String, Type> field) {
    if (mayBeAbsent(field.getValue()) || given.open()) {
      return FITS;
    }
    if (given.wildcard().isPresent()) {
      return given.wildcard().get().isAny()
          ? FITS
          : check(Unions.of(given.wildcard().get(), Type.NULL), field.getValue());
    }
    return List.of(missing(actual, expected, field.getKey()));
  }
}
