package io.refugium.fql10.types;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameter of a function whose callers are not known: it accepts every use and remembers it,
 * so that the type of the function can say what it needs. Mutable while the function is inferred.
 */
final class Unknown implements Type.Internal {
  private final List<Type> bounds = new ArrayList<>();
  private final Map<String, Type> fields = new LinkedHashMap<>();
  private Type.Function call;

  static Type create() {
    return Type.of(new Unknown());
  }

  /** It is used where {@code type} is needed. */
  void bound(Type type) {
    if (!type.isAny() && type.form() != this && !bounds.contains(type)) {
      bounds.add(type);
    }
  }

  /** Its field {@code name} is used. */
  Type field(String name) {
    return fields.computeIfAbsent(name, key -> create());
  }

  /** It is called. */
  Type call(List<Type> arguments) {
    if (call == null || call.parameters().size() != arguments.size()) {
      call =
          new Type.Function(
              arguments.stream().map(type -> new Type.Parameter("", type)).toList(),
              Optional.empty(),
              create());
    }
    return call.result();
  }

  List<Type> bounds() {
    return bounds;
  }

  Map<String, Type> fields() {
    return fields;
  }

  Optional<Type.Function> calls() {
    return Optional.ofNullable(call);
  }

  @Override
  public String toString() {
    return "Any";
  }
}
