package io.refugium.fql10.schema;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The path of a field as a schema writes it: {@code .a.b[0].["c d"]}.
 *
 * @param span where it stands
 * @param steps names as strings, places in arrays as integers; never empty
 */
public record FieldPath(Span span, List<Object> steps) {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

  private static final Pattern STEP =
      Pattern.compile(
          "(?<bare>[a-zA-Z_][a-zA-Z0-9_]*)"
              + "|\\.(?<name>[a-zA-Z_][a-zA-Z0-9_]*)"
              + "|\\.?\\[(?:(?<index>[0-9]{1,9})"
              + "|\"(?<double>(?:[^\"\\\\]|\\\\.)*)\""
              + "|'(?<single>(?:[^'\\\\]|\\\\.)*)')\\]");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  /** The path that a text is, as schema documents hold it: the leading dot may be missing. */
  public static Optional<FieldPath> read(Span span) {
    List<Object> steps = new ArrayList<>();
    Matcher step = STEP.matcher(span.text());
    int position = 0;
    while (position < span.length()) {
      step.region(position, span.length());
      if (!step.lookingAt() || (position > 0 && step.group("bare") != null)) {
        return Optional.empty();
      }
      steps.add(element(step));
      position = step.end();
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(new FieldPath(span, steps));
  }

  private static Object element(Matcher step) {
    if (step.group("index") != null) {
      return Integer.valueOf(step.group("index"));
    }
    for (String group : List.of("bare", "name")) {
      if (step.group(group) != null) {
        return step.group(group);
      }
    }
    String quoted = step.group("double") == null ? step.group("single") : step.group("double");
    return quoted.replaceAll("\\\\(.)", "$1");
  }

  /** The path in canonical form, with the leading dot. */
  public String text() {
    return text(steps);
  }

  /** The canonical form of a path. */
  public static String text(List<?> steps) {
    StringBuilder text = new StringBuilder();
    for (Object step : steps) {
      if (step instanceof String name && IDENTIFIER.matcher(name).matches()) {
        text.append('.').append(name);
      } else if (step instanceof String name) {
        String quoted = "[\"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        text.append(text.isEmpty() ? "." : "").append(quoted);
      } else {
        text.append(text.isEmpty() ? "." : "").append('[').append(step).append(']');
      }
    }
    return text.toString();
  }

  /** Where the last step stands, if it is a plain name; else the whole path. */
  public Span lastStep() {
    String last = steps.getLast().toString();
    return span.text().endsWith("." + last)
        ? span.source().span(span.end() - last.length(), span.end())
        : span;
  }

  /** The names of the path; places in arrays as their digits. */
  public List<String> names() {
    return steps.stream().map(Object::toString).collect(Collectors.toCollection(ArrayList::new));
  }

  /** Two paths are the same wherever they stand. */
  @Override
  public boolean equals(Object other) {
    return other instanceof FieldPath that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }
}
