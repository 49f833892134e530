package io.refugium.fql10.types;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns the type of an inferred function into one without unknowns: an unknown becomes what it was
 * used as; one that was only passed through becomes a type parameter; others are {@code Any}.
 */
final class Generalizer {
  private static final int IN = 1;
  private static final int OUT = 2;

  private final Map<Unknown, Integer> uses = new HashMap<>();
  private final Map<Unknown, Type> letters = new HashMap<>();
  private final Set<Unknown> open = new HashSet<>();
  private final Predicate<String> taken;
  private int nextLetter;

  private Generalizer(Predicate<String> taken) {
    this.taken = taken;
  }

  /**
   * The type with type parameters {@code A}, {@code B} and so on.
   *
   * @param taken the names that are types already
   */
  static Type generalize(Type type, Predicate<String> taken) {
    Generalizer generalizer = new Generalizer(taken);
    generalizer.count(type, OUT);
    return generalizer.rebuild(type);
  }

  /** The type with {@code Any} for everything undetermined. */
  static Type closed(Type type) {
    return new Generalizer(name -> false).rebuild(Hole.solve(type));
  }

  private void count(Type type, int side) {
    switch (type.form()) {
      case Hole hole -> count(hole.solution(), side);
      case Unknown unknown -> count(unknown, side);
      case Type.Function function -> {
        function.parameters().forEach(parameter -> count(parameter.type(), IN + OUT - side));
        function.rest().ifPresent(parameter -> count(parameter.type(), IN + OUT - side));
        count(function.result(), side);
      }
      default ->
          type.mapParts(
              part -> {
                count(part, side);
                return part;
              });
    }
  }

  private void count(Unknown unknown, int side) {
    int before = uses.getOrDefault(unknown, 0);
    uses.put(unknown, before | side);
    if ((before | side) != before) {
      unknown.bounds().forEach(bound -> count(bound, side));
      unknown.fields().values().forEach(field -> count(field, side));
      unknown.calls().ifPresent(call -> count(Type.of(call), side));
    }
  }

  private Type rebuild(Type type) {
    return switch (type.form()) {
      case Hole hole -> rebuild(hole.solution());
      case Unknown unknown -> rebuild(unknown);
      default -> type.mapParts(this::rebuild);
    };
  }

  private Type rebuild(Unknown unknown) {
    if (!open.add(unknown)) {
      return Type.ANY;
    }
    try {
      List<Type> parts = parts(unknown);
      return switch (parts.size()) {
        case 0 -> undetermined(unknown);
        case 1 -> parts.getFirst();
        default -> Type.of(new Type.Intersection(parts));
      };
    } finally {
      open.remove(unknown);
    }
  }

  private List<Type> parts(Unknown unknown) {
    List<Type> parts = new ArrayList<>();
    unknown.bounds().stream().map(this::rebuild).filter(type -> !type.isAny()).forEach(parts::add);
    if (!unknown.fields().isEmpty()) {
      Map<String, Type> fields = new LinkedHashMap<>();
      unknown.fields().forEach((name, type) -> fields.put(name, rebuild(type)));
      parts.add(Type.of(new Type.Struct(fields, Optional.empty(), true)));
    }
    unknown.calls().ifPresent(call -> parts.add(rebuild(Type.of(call))));
    return parts;
  }

  private Type undetermined(Unknown unknown) {
    if (uses.getOrDefault(unknown, 0) != IN + OUT) {
      return Type.ANY;
    }
    return letters.computeIfAbsent(unknown, key -> Type.of(new Type.Variable(letter())));
  }

  private String letter() {
    String letter;
    do {
      letter = letter(nextLetter++);
    } while (taken.test(letter));
    return letter;
  }

  private static String letter(int index) {
    String letter = String.valueOf((char) ('A' + index % 26));
    return index < 26 ? letter : letter + index / 26;
  }
}
