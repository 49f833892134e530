package io.refugium.database.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Paths of v10 indexes and constraints, such as {@code .a.b}, {@code a["b c"][0]} (spec: schema
 * 6.2). The language has checked them; equal paths written differently have one canonical form.
 */
public final class DocumentPath {
  /** Names that do not lead to a user field. */
  private static final Set<String> TOP_LEVEL = Set.of("id", "ts", "ttl", "coll", "data");

  private final String text;
  private int position;

  private DocumentPath(String text) {
    this.text = text;
  }

  /**
   * The steps of a path: names as strings, positions in arrays as longs.
   *
   * @throws IllegalArgumentException when the text is no path
   */
  public static List<Object> steps(String path) {
    List<Object> steps = new DocumentPath(path).parse();
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("not a path: " + path);
    }
    return steps;
  }

  /** Steps from the document as it is stored: user fields lie in {@code data}. */
  public static List<Object> inDocument(List<Object> steps) {
    if (steps.getFirst() instanceof String first && TOP_LEVEL.contains(first)) {
      return List.copyOf(steps);
    }
    List<Object> inData = new ArrayList<>(steps.size() + 1);
    inData.add("data");
    inData.addAll(steps);
    return List.copyOf(inData);
  }

  /** The one spelling of a path. */
  public static String canonical(String path) {
    StringBuilder canonical = new StringBuilder();
    for (Object step : steps(path)) {
      if (step instanceof String name) {
        canonical
            .append("[\"")
            .append(name.replace("\\", "\\\\").replace("\"", "\\\""))
            .append("\"]");
      } else {
        canonical.append('[').append(step).append(']');
      }
    }
    return canonical.toString();
  }

  private List<Object> parse() {
    List<Object> steps = new ArrayList<>();
    if (position < text.length() && text.charAt(position) != '.' && text.charAt(position) != '[') {
      steps.add(name());
    }
    while (position < text.length()) {
      boolean dot = text.charAt(position) == '.';
      if (dot) {
        position++;
      }
      if (position < text.length() && text.charAt(position) == '[') {
        position++;
        steps.add(bracketed());
      } else if (dot) {
        steps.add(name());
      } else {
        throw malformed();
      }
    }
    return steps;
  }

  private String name() {
    int start = position;
    while (position < text.length() && isNamePart(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw malformed();
    }
    return text.substring(start, position);
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c == '\'' || Character.isLetterOrDigit(c);
  }

  private Object bracketed() {
    if (position >= text.length()) {
      throw malformed();
    }
    char quote = text.charAt(position);
    Object step = quote == '"' || quote == '\'' ? quoted(quote) : index();
    if (position >= text.length() || text.charAt(position) != ']') {
      throw malformed();
    }
    position++;
    return step;
  }

  private Long index() {
    int start = position;
    while (position < text.length()
        && text.charAt(position) >= '0'
        && text.charAt(position) <= '9') {
      position++;
    }
    try {
      return Long.valueOf(text.substring(start, position));
    } catch (NumberFormatException notANumber) {
      throw malformed();
    }
  }

  private String quoted(char quote) {
    position++;
    StringBuilder name = new StringBuilder();
    while (position < text.length() && text.charAt(position) != quote) {
      char c = text.charAt(position++);
      if (c == '\\' && position < text.length()) {
        c = text.charAt(position++);
      }
      name.append(c);
    }
    if (position >= text.length()) {
      throw malformed();
    }
    position++;
    return name.toString();
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("not a path: " + text);
  }
}
