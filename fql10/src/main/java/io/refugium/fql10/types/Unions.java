package io.refugium.fql10.types;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes unions (language specification, section 8.7): no member twice, a singleton disappears in
 * its base type, {@code true | false} is {@code Boolean}, {@code Never} adds nothing.
 */
public final class Unions {
  /**
   * How many members a union may have. Beyond, each value stands for all values of its kind; if
   * there are still too many, the union is {@code Any}.
   */
  static final int MAX_MEMBERS = 64;

  private static final Set<String> NUMBERS = Set.of("Int", "Long", "Double", "Float");

  private Unions() {}

  public static Type of(Type... members) {
    return of(List.of(members));
  }

  /** The union of any number of types; {@code Never} of none. */
  public static Type of(List<Type> types) {
    List<Type> members = new ArrayList<>();
    types.forEach(type -> addAll(type, members));
    if (members.size() > MAX_MEMBERS) {
      return Type.ANY;
    }
    return switch (members.size()) {
      case 0 -> Type.NEVER;
      case 1 -> members.getFirst();
      default -> Type.of(new Type.Union(members));
    };
  }

  private static void addAll(Type type, List<Type> members) {
    for (Type variant : type.variants()) {
      if (members.size() <= MAX_MEMBERS) {
        add(variant, members);
        if (members.size() > MAX_MEMBERS) {
          widen(members);
        }
      }
    }
  }

  private static void widen(List<Type> members) {
    List<Type> values = List.copyOf(members);
    members.clear();
    values.forEach(type -> add(Singletons.base(type), members));
  }

  private static void add(Type type, List<Type> members) {
    if (type.isNever() || members.stream().anyMatch(member -> absorbs(member, type))) {
      return;
    }
    int place = members.size();
    for (int i = members.size() - 1; i >= 0; i--) {
      if (absorbs(type, members.get(i))) {
        members.remove(i);
        place = i;
      }
    }
    members.add(place, type);
    joinBooleans(members);
  }

  private static boolean absorbs(Type wide, Type narrow) {
    if (wide.equals(narrow)) {
      return true;
    }
    return switch (narrow.form()) {
      case Type.NumberValue(_, String kind) ->
          wide.isNamed("Number")
              || wide.isNamed(kind)
              || (kind.equals("Int") && wide.isNamed("Long"));
      case Type.StringValue _ -> wide.isNamed("String");
      case Type.BooleanValue _ -> wide.isNamed("Boolean");
      case Type.Named(String name, _) -> wide.isNamed("Number") && NUMBERS.contains(name);
      default -> false;
    };
  }

  private static void joinBooleans(List<Type> members) {
    int yes = members.indexOf(Type.bool(true));
    int no = members.indexOf(Type.bool(false));
    if (yes >= 0 && no >= 0) {
      members.set(Math.min(yes, no), Type.BOOLEAN);
      members.remove(Math.max(yes, no));
    }
  }
}
