package io.refugium.fql10.environment;

import io.refugium.fql10.types.Signatures;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.Unions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shorthands for types that many collections have. */
final class Shapes {
  /** The bounds that sets of documents and index calls take. */
  static final Type RANGE = Signatures.type("{ from: Any } | { to: Any } | { from: Any, to: Any }");

  private Shapes() {}

  static Type orNull(Type type) {
    return Unions.of(type, Type.NULL);
  }

  static Type function(Type result, Type... parameters) {
    List<Type.Parameter> list = new ArrayList<>();
    for (Type parameter : parameters) {
      list.add(new Type.Parameter("", parameter));
    }
    return function(result, list);
  }

  static Type function(Type result, List<Type.Parameter> parameters) {
    return Type.of(new Type.Function(parameters, Optional.empty(), result));
  }

  static Type named(Type result, String parameter, Type type) {
    return function(result, List.of(new Type.Parameter(parameter, type)));
  }

  static Type overloads(Type... functions) {
    return Type.of(new Type.Intersection(List.of(functions)));
  }

  static Type struct(Map<String, Type> fields, Optional<Type> wildcard) {
    return Type.of(new Type.Struct(fields, wildcard, false));
  }

  /** A function of one document that may be asked of a set. */
  static Type predicate(Type document) {
    return function(orNull(Type.BOOLEAN), document);
  }

  /** {@code all()} and {@code all(range)}. */
  static Type all(Type document) {
    return overloads(function(Type.set(document)), named(Type.set(document), "range", RANGE));
  }
}
