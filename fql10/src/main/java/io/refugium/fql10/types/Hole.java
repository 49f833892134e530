package io.refugium.fql10.types;

import java.util.ArrayList;
import java.util.List;

/**
 * A type parameter of a library function during one call: it grows with what is passed for it, so
 * that a callback's result may widen an accumulator. Mutable; lives as long as the call is checked.
 */
final class Hole implements Type.Internal {
  private final List<Type> bounds = new ArrayList<>();

  /** A parameter that nothing is known of. */
  static Type empty() {
    return Type.of(new Hole());
  }

  /** A parameter that holds at least {@code type}. */
  static Type of(Type type) {
    Hole hole = new Hole();
    hole.add(type);
    return Type.of(hole);
  }

  /** What is passed must fit; {@code Any} fits and makes everything fit. */
  @SuppressWarnings(
      "ReferenceEquality") // the form itself, wherever it stands: equal ones may differ in their
  // spans
  void add(Type type) {
    if (type.isAny()) {
      bounds.clear();
    }
    if (bounds.stream().noneMatch(bound -> bound.isAny() || bound.form() == type.form())) {
      bounds.add(type);
    }
  }

  /** What was passed; {@code Any} if nothing was. */
  Type solution() {
    return bounds.isEmpty() ? Type.ANY : Unions.of(bounds);
  }

  /** The type with all holes filled. */
  static Type solve(Type type) {
    return type.form() instanceof Hole hole ? solve(hole.solution()) : type.mapParts(Hole::solve);
  }

  @Override
  public String toString() {
    return TypePrinter.print(solution());
  }
}
