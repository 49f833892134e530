package io.refugium.fql10.types;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An environment that is a table, possibly on top of another environment. Immutable. */
public final class TypeRegistry implements TypeEnvironment {
  private final TypeEnvironment base;
  private final Map<String, Type> globals;
  private final Map<String, TypeDefinition> definitions;

  private TypeRegistry(
      TypeEnvironment base, Map<String, Type> globals, Map<String, TypeDefinition> definitions) {
    this.base = base;
    this.globals = Map.copyOf(globals);
    this.definitions = Map.copyOf(definitions);
  }

  /** An empty table. */
  public static Builder builder() {
    return new Builder(null);
  }

  /** A table on top of {@code base}, whose names win over those of the table. */
  public static Builder on(TypeEnvironment base) {
    return new Builder(base);
  }

  @Override
  public Optional<Type> global(String name) {
    Optional<Type> below = base == null ? Optional.empty() : base.global(name);
    return below.isPresent() ? below : Optional.ofNullable(globals.get(name));
  }

  @Override
  public Optional<TypeDefinition> definition(String typeName) {
    Optional<TypeDefinition> below = base == null ? Optional.empty() : base.definition(typeName);
    return below.isPresent() ? below : Optional.ofNullable(definitions.get(typeName));
  }

  /** All global values in the order of their names, those of the tables below included. */
  public SortedMap<String, Type> globals() {
    SortedMap<String, Type> all = new TreeMap<>(globals);
    if (base instanceof TypeRegistry below) {
      all.putAll(below.globals());
    }
    return all;
  }

  /** All named types in the order of their names, those of the tables below included. */
  public SortedMap<String, TypeDefinition> definitions() {
    SortedMap<String, TypeDefinition> all = new TreeMap<>(definitions);
    if (base instanceof TypeRegistry below) {
      all.putAll(below.definitions());
    }
    return all;
  }

  /** Collects a table; not thread-safe. */
  public static final class Builder {
    private final TypeEnvironment base;
    private final Map<String, Type> globals = new HashMap<>();
    private final Map<String, TypeDefinition> definitions = new HashMap<>();

    private Builder(TypeEnvironment base) {
      this.base = base;
    }

    /** A global value with a signature; several are overloads. */
    public Builder global(String name, String... signatures) {
      return global(name, Signatures.overloads(signatures));
    }

    public Builder global(String name, Type type) {
      globals.put(name, type);
      return this;
    }

    public Builder define(TypeDefinition definition) {
      definitions.put(definition.name(), definition);
      return this;
    }

    /** A module: a value {@code name} of its own type {@code nameModule}. */
    public Builder module(String name, TypeDefinition definition) {
      return define(definition).global(name, Type.named(definition.name()));
    }

    public TypeRegistry build() {
      return new TypeRegistry(base, globals, definitions);
    }
  }
}
