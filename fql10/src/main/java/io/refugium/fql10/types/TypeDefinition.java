package io.refugium.fql10.types;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a named type has: fields and methods, and what it may be used as.
 *
 * <p>Signatures are written in the notation of the language, {@code "(mapper: A => B) =>
 * Array<B>"}; several for the same field are overloads. The type's own parameters, and any other
 * name of a single capital letter, are type parameters. Immutable.
 *
 * @param name the name, for example {@code Array} or {@code MathModule}
 * @param parameters the names of its type parameters
 * @param parent the type whose fields it has too: {@code Number} for {@code Int}
 * @param alias what it is structurally: for a document type its record, for {@code Ref<D>} a union.
 *     It fits wherever the alias fits, and what it lacks itself is looked for there
 * @param fields the types of fields and methods
 * @param call the type as a function, if it can be called
 * @param access the function that {@code []} calls, if there is one
 */
public record TypeDefinition(
    String name,
    List<String> parameters,
    Optional<String> parent,
    Optional<Type> alias,
    Map<String, Type> fields,
    Optional<Type> call,
    Optional<Type> access) {

  /** The name under which an environment defines what all functions have; no user can write it. */
  public static final String FUNCTIONS = "*functions*";

  public TypeDefinition {
    parameters = List.copyOf(parameters);
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** Starts the definition of a type. */
  public static Builder named(String name, String... parameters) {
    return new Builder(name, List.of(parameters));
  }

  /** Collects a definition; not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<String> parameters;
    private final Map<String, Type> fields = new LinkedHashMap<>();
    private String parent;
    private Type alias;
    private Type call;
    private Type access;

    private Builder(String name, List<String> parameters) {
      this.name = name;
      this.parameters = parameters;
    }

    /** The fields of {@code typeName} are fields of this type too. */
    public Builder extending(String typeName) {
      parent = typeName;
      return this;
    }

    /** Structurally the type is {@code signature}. */
    public Builder alias(String signature) {
      return alias(Signatures.type(signature));
    }

    public Builder alias(Type type) {
      alias = type;
      return this;
    }

    /** A field, property or method; several signatures are overloads. */
    public Builder field(String field, String... signatures) {
      return field(field, Signatures.overloads(signatures));
    }

    public Builder field(String field, Type type) {
      fields.put(field, type);
      return this;
    }

    /** The type can be called: {@code Time("...")}, {@code Author("1")}. */
    public Builder call(String... signatures) {
      return call(Signatures.overloads(signatures));
    }

    public Builder call(Type type) {
      call = type;
      return this;
    }

    /** The type has {@code []}. */
    public Builder access(String... signatures) {
      access = Signatures.overloads(signatures);
      return this;
    }

    public TypeDefinition build() {
      return new TypeDefinition(
          name,
          parameters,
          Optional.ofNullable(parent),
          Optional.ofNullable(alias),
          fields,
          Optional.ofNullable(call),
          Optional.ofNullable(access));
    }
  }
}
