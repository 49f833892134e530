package io.refugium.fql10.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Looks up what named types have, with their type arguments filled in. */
final class Definitions {
  private final TypeEnvironment environment;

  Definitions(TypeEnvironment environment) {
    this.environment = environment;
  }

  boolean isType(String name) {
    return environment.definition(name).isPresent();
  }

  /** What the type is structurally. */
  Optional<Type> alias(Type type) {
    if (!(type.form() instanceof Type.Named named)) {
      return Optional.empty();
    }
    return environment
        .definition(named.name())
        .flatMap(definition -> definition.alias().map(alias -> fill(alias, definition, named)));
  }

  /** The type of a field or method that the type itself has, not its alias. */
  Optional<Type> field(Type.Named named, String field) {
    return environment
        .definition(named.name())
        .flatMap(
            definition -> {
              Type own = definition.fields().get(field);
              return own != null
                  ? Optional.of(fill(own, definition, named))
                  : definition.parent().flatMap(parent -> field(parentOf(named, parent), field));
            });
  }

  private static Type.Named parentOf(Type.Named named, String parent) {
    return new Type.Named(parent, named.arguments());
  }

  Optional<Type> call(Type.Named named) {
    return part(named, TypeDefinition::call);
  }

  Optional<Type> access(Type.Named named) {
    return part(named, TypeDefinition::access);
  }

  private Optional<Type> part(Type.Named named, Function<TypeDefinition, Optional<Type>> part) {
    return environment
        .definition(named.name())
        .flatMap(definition -> part.apply(definition).map(type -> fill(type, definition, named)));
  }

  private static Type fill(Type type, TypeDefinition definition, Type.Named named) {
    List<String> parameters = definition.parameters();
    if (parameters.isEmpty()) {
      return type;
    }
    Map<String, Type> values = new HashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      values.put(
          parameters.get(i), i < named.arguments().size() ? named.arguments().get(i) : Type.ANY);
    }
    return substitute(type, values);
  }

  /** The type with variables replaced; others stay. */
  static Type substitute(Type type, Map<String, Type> values) {
    return type.form() instanceof Type.Variable(String name)
        ? values.getOrDefault(name, type)
        : type.mapParts(part -> substitute(part, values));
  }

  /** A function type with a fresh hole for each of its type parameters. */
  static Type instantiate(Type type) {
    Map<String, Type> holes = new HashMap<>();
    return instantiate(type, holes);
  }

  private static Type instantiate(Type type, Map<String, Type> holes) {
    return type.form() instanceof Type.Variable(String name)
        ? holes.computeIfAbsent(name, key -> Hole.empty())
        : type.mapParts(part -> instantiate(part, holes));
  }

  /** The type without its null cases; {@code Never} if nothing is left. */
  Type withoutNull(Type type) {
    List<Type> kept = new ArrayList<>();
    boolean removed = false;
    for (Type variant : expandNull(type)) {
      if (variant.isNull()) {
        removed = true;
      } else {
        kept.add(variant);
      }
    }
    return removed ? Unions.of(kept) : type;
  }

  /** The variants of a type, with references taken apart into document and null. */
  List<Type> expandNull(Type type) {
    List<Type> variants = new ArrayList<>();
    for (Type variant : type.variants()) {
      if (variant.form() instanceof Hole hole) {
        variants.addAll(expandNull(hole.solution()));
      } else if (!variant.isNull() && isAliasOfNull(variant)) {
        alias(variant).ifPresent(alias -> variants.addAll(expandNull(alias)));
      } else {
        variants.add(variant);
      }
    }
    return variants;
  }

  private boolean isAliasOfNull(Type type) {
    return alias(type).map(this::admitsNull).orElse(false);
  }

  /** Whether null is one of the values of the type. */
  boolean admitsNull(Type type) {
    return type.variants().stream()
        .anyMatch(
            variant ->
                variant.isNull()
                    || variant.isAny()
                    || variant.form() instanceof Hole
                    || variant.form() instanceof Unknown
                    || alias(variant).map(this::admitsNull).orElse(false));
  }
}
