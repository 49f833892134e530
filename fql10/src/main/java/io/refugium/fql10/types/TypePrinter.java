package io.refugium.fql10.types;

import io.refugium.fql10.syntax.Keywords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes types the way {@code static_type} and messages show them (section 8.7). */
public final class TypePrinter {
  private TypePrinter() {}

  /** A type as written in the language, with {@code Null} last in unions. */
  public static String print(Type type) {
    return switch (type.form()) {
      case Type.Any _ -> "Any";
      case Type.Never _ -> "Never";
      case Type.NumberValue(var value, _) -> value.toString();
      case Type.StringValue(String value) -> quote(value);
      case Type.BooleanValue(boolean value) -> Boolean.toString(value);
      case Type.Variable(String name) -> name;
      case Type.Named(String name, List<Type> arguments) ->
          arguments.isEmpty() ? name : name + "<" + list(arguments) + ">";
      case Type.Tuple(List<Type> elements) -> "[" + list(elements) + "]";
      case Type.Struct struct -> struct(struct);
      case Type.Function function -> function(function);
      case Type.Union(List<Type> members) -> union(members);
      case Type.Intersection(List<Type> members) -> join(members, " & ");
      case Type.Internal internal -> internal.toString();
    };
  }

  /**
   * A type as messages show one that does not fit: singletons under the name of their base type,
   * other types as always.
   */
  static String printBase(Type type) {
    return print(Singletons.base(type));
  }

  /** The members of a union in the given order, without moving {@code Null}. */
  static String printInOrder(List<Type> members) {
    return join(members, " | ");
  }

  private static String list(List<Type> types) {
    StringBuilder out = new StringBuilder();
    for (Type type : types) {
      out.append(out.isEmpty() ? "" : ", ").append(print(type));
    }
    return out.toString();
  }

  private static String union(List<Type> members) {
    List<Type> ordered = new ArrayList<>(members);
    if (ordered.removeIf(Type::isNull)) {
      ordered.add(Type.NULL);
    }
    return join(ordered, " | ");
  }

  private static String join(List<Type> members, String separator) {
    StringBuilder out = new StringBuilder();
    for (Type type : members) {
      out.append(out.isEmpty() ? "" : separator).append(member(type));
    }
    return out.toString();
  }

  private static String member(Type type) {
    return needsParentheses(type) ? "(" + print(type) + ")" : print(type);
  }

  private static boolean needsParentheses(Type type) {
    return switch (type.form()) {
      case Type.Function _, Type.Union _, Type.Intersection _ -> true;
      case Type.Internal internal -> print(Type.of(internal)).contains("=>");
      default -> false;
    };
  }

  private static String struct(Type.Struct struct) {
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Type> field : struct.fields().entrySet()) {
      parts.add(key(field.getKey()) + ": " + print(field.getValue()));
    }
    struct.wildcard().ifPresent(type -> parts.add("*: " + print(type)));
    if (struct.open()) {
      parts.add("...");
    }
    return parts.isEmpty() ? "{}" : "{ " + String.join(", ", parts) + " }";
  }

  private static String key(String key) {
    return Keywords.isIdentifier(key) && !Keywords.isReserved(key) ? key : quote(key);
  }

  private static String function(Type.Function function) {
    if (function.rest().isEmpty()
        && function.parameters().size() == 1
        && function.parameters().getFirst().name().isEmpty()) {
      return member(function.parameters().getFirst().type()) + " => " + print(function.result());
    }
    List<String> parts = new ArrayList<>();
    for (Type.Parameter parameter : function.parameters()) {
      parts.add(named(parameter, ""));
    }
    function.rest().ifPresent(rest -> parts.add(named(rest, "...")));
    return "(" + String.join(", ", parts) + ") => " + print(function.result());
  }

  private static String named(Type.Parameter parameter, String dots) {
    String type = dots + print(parameter.type());
    return parameter.name().isEmpty() ? type : parameter.name() + ": " + type;
  }

  /** A string literal as {@code static_type} escapes it. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    text.codePoints().forEach(codePoint -> escape(codePoint, out));
    return out.append('"').toString();
  }

  private static void escape(int codePoint, StringBuilder out) {
    switch (codePoint) {
      case '\\' -> out.append("\\\\");
      case '"' -> out.append("\\\"");
      case '#' -> out.append("\\#");
      case '\0' -> out.append("\\0");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case 0x0b -> out.append("\\v");
      default -> {
        if (codePoint > 0xffff) {
          out.append(String.format("\\u{%06x}", codePoint));
        } else if (codePoint < ' ' || codePoint == 0x7f) {
          out.append(String.format("\\x%02x", codePoint));
        } else {
          out.appendCodePoint(codePoint);
        }
      }
    }
  }
}
