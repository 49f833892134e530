package io.refugium.fql10.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The signature of a library function, read from its notation in the library specification, such as
 * {@code slice(start: Int, end: Int) => String}. The notation is the only place where a function
 * says what it takes: the dispatcher and the type checker both read it.
 *
 * <p>Beyond the types of the language it knows {@code Struct} and {@code Object} (objects only, or
 * documents and modules too; {@code Object<A>} has values of type A), {@code Ordering}, and {@code
 * name/other: type} for a callback that messages about its arity call by another name.
 *
 * @param parameters the fixed parameters
 * @param rest the variadic parameter, or null
 * @param staticType the type of the function for the type checker
 */
public record Signature(
    String name, List<Parameter> parameters, Parameter rest, String staticType) {
  private static final Pattern NUMERIC = Pattern.compile("\\b(Int|Long|Double|Float)\\b");
  private static final Pattern OBJECT_OF = Pattern.compile("\\bObject<(\\w+)>");
  private static final Pattern OBJECT = Pattern.compile("\\b(Struct|Object)\\b");
  private static final Pattern CALLBACK_NAME = Pattern.compile("/\\w+(?=:)");

  /** Reads a signature. */
  public static Signature parse(String notation) {
    int open = notation.indexOf('(');
    int close = closing(notation, open);
    List<Parameter> parameters = new ArrayList<>();
    Parameter rest = null;
    for (String part : split(notation.substring(open + 1, close))) {
      if (part.startsWith("...")) {
        rest = parameter(part.substring(3));
      } else {
        parameters.add(parameter(part));
      }
    }
    return new Signature(
        notation.substring(0, open).strip(),
        List.copyOf(parameters),
        rest,
        staticType(notation.substring(open)));
  }

  /** A type as the type checker shows it: all numbers are {@code Number}. */
  static String staticType(String notation) {
    String numbers = NUMERIC.matcher(notation).replaceAll("Number");
    String typed = OBJECT_OF.matcher(numbers).replaceAll("{ *: $1 }");
    String objects = OBJECT.matcher(typed).replaceAll("{ *: Any }");
    String ordering =
        objects.replace("Ordering", "(A => Any) | { asc: A => Any } | { desc: A => Any }");
    return CALLBACK_NAME.matcher(ordering).replaceAll("");
  }

  boolean accepts(int count) {
    return rest == null ? count == parameters.size() : count >= parameters.size();
  }

  /** The parameter that takes argument {@code index}. */
  Parameter parameter(int index) {
    return index < parameters.size()
        ? parameters.get(index)
        : rest.numbered(index - parameters.size());
  }

  /** The parameter types in parentheses, for messages. */
  String describe() {
    return parameters.stream()
        .map(parameter -> parameter.type().typeName())
        .collect(java.util.stream.Collectors.joining(", ", "(", ")"));
  }

  private static Parameter parameter(String notation) {
    int colon = notation.indexOf(':');
    String names = notation.substring(0, colon).strip();
    String type = notation.substring(colon + 1).strip();
    int slash = names.indexOf('/');
    String name = slash < 0 ? names : names.substring(0, slash);
    String callbackName = slash < 0 ? names : names.substring(slash + 1);
    int arrow = topLevelArrow(type);
    return arrow < 0
        ? new Parameter(name, callbackName, ParameterType.named(type), -1)
        : new Parameter(
            name,
            callbackName,
            ParameterType.FUNCTION,
            callbackArguments(type.substring(0, arrow)));
  }

  private static int callbackArguments(String parameters) {
    String stripped = parameters.strip();
    return stripped.startsWith("(")
        ? split(stripped.substring(1, stripped.length() - 1)).size()
        : 1;
  }

  private static int topLevelArrow(String type) {
    int depth = 0;
    for (int i = 0; i < type.length(); i++) {
      if (type.startsWith("=>", i)) {
        if (depth == 0) {
          return i;
        }
        i++;
      } else {
        depth += nesting(type.charAt(i));
      }
    }
    return -1;
  }

  private static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < list.length(); i++) {
      if (list.startsWith("=>", i)) {
        i++;
      } else if (list.charAt(i) == ',' && depth == 0) {
        parts.add(list.substring(start, i).strip());
        start = i + 1;
      } else {
        depth += nesting(list.charAt(i));
      }
    }
    String last = list.substring(start).strip();
    if (!last.isEmpty()) {
      parts.add(last);
    }
    return parts;
  }

  private static int closing(String notation, int open) {
    int depth = 0;
    for (int i = open; i < notation.length(); i++) {
      if (notation.startsWith("=>", i)) {
        i++;
        continue;
      }
      depth += nesting(notation.charAt(i));
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("unbalanced signature: " + notation);
  }

  private static int nesting(char c) {
    return switch (c) {
      case '(', '[', '{', '<' -> 1;
      case ')', ']', '}', '>' -> -1;
      default -> 0;
    };
  }
}
