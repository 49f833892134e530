package io.refugium.fql10.types;

import java.util.Optional;

/** The types of the names in scope; immutable, the innermost first. */
final class Scope {
  /** The name of an implicit receiver; no identifier can have it. */
  static final String RECEIVER = ".";

  static final Scope EMPTY = new Scope(null, "", Type.NEVER);

  private final Scope outer;
  private final String name;
  private final Type type;

  private Scope(Scope outer, String name, Type type) {
    this.outer = outer;
    this.name = name;
    this.type = type;
  }

  /** This scope with one more name; {@code _} binds nothing. */
  Scope with(String boundName, Type boundType) {
    return boundName.equals("_") ? this : new Scope(this, boundName, boundType);
  }

  Optional<Type> find(String wanted) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.name.equals(wanted)) {
        return Optional.of(scope.type);
      }
    }
    return Optional.empty();
  }
}
