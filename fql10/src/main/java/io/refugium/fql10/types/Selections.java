package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the fields and methods of types (language specification, section 8.5). */
final class Selections {
  private final Definitions definitions;
  private final Reports reports;

  Selections(Definitions definitions, Reports reports) {
    this.definitions = definitions;
    this.reports = reports;
  }

  /**
   * What a selection gives.
   *
   * @param found the type of the field, for each variant of the receiver that has it
   * @param failures the variants that lack it
   */
  record Selected(List<Type> found, List<Type> failures) {
    Type type() {
      return Unions.of(found);
    }
  }

  /**
   * Looks for a field.
   *
   * @param called whether it is called on the spot: then the type arguments of the receiver may
   *     grow with the arguments of the call
   */
  Selected find(Type receiver, String field, boolean called) {
    List<Type> found = new ArrayList<>();
    List<Type> failures = new ArrayList<>();
    for (Type variant : receiver.variants()) {
      find(variant, field, called, found, failures);
    }
    return new Selected(found, failures);
  }

  private void find(
      Type variant, String field, boolean called, List<Type> found, List<Type> failures) {
    switch (variant.form()) {
      case Type.Any _ -> found.add(Type.ANY);
      case Type.Never _ -> found.add(Type.NEVER);
      case Unknown unknown -> found.add(unknown.field(field));
      case Hole hole -> merge(find(hole.solution(), field, called), found, failures);
      case Type.Struct struct -> struct(variant, struct, field, found, failures);
      case Type.Tuple(List<Type> elements) ->
          merge(find(arrayOf(elements, variant.origin()), field, called), found, failures);
      case Type.NumberValue _, Type.StringValue _, Type.BooleanValue _ ->
          merge(find(Singletons.base(variant), field, called), found, failures);
      case Type.Named named -> named(variant, named, field, called, found, failures);
      case Type.Function _, Type.Intersection _, Closure _ ->
          function(variant, field, found, failures);
      default -> failures.add(variant);
    }
  }

  private static void merge(Selected selected, List<Type> found, List<Type> failures) {
    found.addAll(selected.found());
    failures.addAll(selected.failures());
  }

  /** A tuple as the array it becomes when its length no longer matters. */
  static Type arrayOf(List<Type> elements, Span origin) {
    return Type.array(Unions.of(elements)).at(origin);
  }

  private static void struct(
      Type variant, Type.Struct struct, String field, List<Type> found, List<Type> failures) {
    Type type = struct.fields().get(field);
    if (type != null) {
      found.add(type);
    } else if (struct.wildcard().isPresent()) {
      Type wildcard = struct.wildcard().get();
      found.add(wildcard.isAny() ? wildcard : Unions.of(wildcard, Type.NULL));
    } else {
      failures.add(variant);
    }
  }

  private void named(
      Type variant,
      Type.Named named,
      String field,
      boolean called,
      List<Type> found,
      List<Type> failures) {
    Type.Named growing =
        called
            ? new Type.Named(named.name(), named.arguments().stream().map(Hole::of).toList())
            : named;
    Optional<Type> own = definitions.field(growing, field);
    if (own.isPresent()) {
      found.add(own.get());
      return;
    }
    Optional<Type> alias = definitions.alias(variant);
    if (alias.isPresent()) {
      merge(find(alias.get(), field, called), found, failures);
    } else {
      failures.add(variant);
    }
  }

  private void function(Type variant, String field, List<Type> found, List<Type> failures) {
    definitions
        .field(new Type.Named(TypeDefinition.FUNCTIONS, List.of()), field)
        .ifPresentOrElse(found::add, () -> failures.add(variant));
  }

  /**
   * The type of {@code receiver.name}; reports the variants that lack the field.
   *
   * @param receiverSpan the whole receiver expression
   */
  Type select(Type receiver, Name name, Span receiverSpan, boolean called) {
    Selected selected = find(receiver, name.text(), called);
    if (selected.failures().isEmpty()) {
      return selected.type();
    }
    report(receiver, selected.failures(), name, receiverSpan);
    return Type.ANY;
  }

  private void report(Type receiver, List<Type> variants, Name name, Span receiverSpan) {
    List<Failure> failures =
        variants.stream().map(variant -> failure(variant, name, receiverSpan)).distinct().toList();
    if (failures.size() == 1) {
      Failure only = failures.getFirst();
      reports.add(Diagnostic.error(only.message(), only.place()).with(only.hints()));
    } else {
      String expected = Type.of(interfaceOf(name.text())).toString();
      String message = TypeErrors.notSubtype(receiver.toString(), expected);
      reports.add(
          Diagnostic.error(message, receiverSpan).with(Reports.causes(failures, name.span())));
    }
  }

  private static Type.Struct interfaceOf(String field) {
    Map<String, Type> fields = new LinkedHashMap<>();
    fields.put(field, Type.ANY);
    return new Type.Struct(fields, Optional.empty(), true);
  }

  private static Failure failure(Type variant, Name name, Span receiver) {
    String type = TypePrinter.printBase(variant);
    List<Hint> hints = new ArrayList<>();
    if (variant.origin() != null && !isAdjacent(variant.origin(), receiver, name.span())) {
      hints.add(TypeErrors.inferredHere(type, variant.origin()));
    }
    if (variant.isNull()) {
      hints.add(TypeErrors.handleNull(receiver.atEnd()));
    }
    return Failure.direct(name.span(), TypeErrors.noField(type, name.text()), hints);
  }

  /** Whether the type stems from the very text before the dot. */
  private static boolean isAdjacent(Span origin, Span receiver, Span name) {
    return origin.source().equals(receiver.source())
        && origin.end() == receiver.end()
        && name.start() - receiver.end() <= 2;
  }
}
