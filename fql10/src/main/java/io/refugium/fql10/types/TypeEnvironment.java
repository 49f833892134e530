package io.refugium.fql10.types;

import java.util.Optional;

/**
 * The names a text may use: values that are not bound in it, and types.
 *
 * <p>Implementations are immutable and safe to share; {@link TypeRegistry} is the usual one. The
 * library is one environment; the collections and functions of a database are a second one on top
 * of it, which changes with the schema only.
 */
public interface TypeEnvironment {

  /** The type of a global value: a module, collection, function. */
  Optional<Type> global(String name);

  /** The definition of a named type. */
  Optional<TypeDefinition> definition(String typeName);
}
