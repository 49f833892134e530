package io.refugium.fql10.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths to fields as text, such as {@code .a["b c"][0]} (schema specification, section 6.2). */
public final class FieldPaths {
  private static final Pattern STEP =
      Pattern.compile(
          "\\.?([A-Za-z_][A-Za-z0-9_]*)|\\.?\\[(?:\"([^\"]*)\"|'([^']*)')]|\\[([0-9]{1,9})]");

  private FieldPaths() {}

  /** The steps of a path: names (String) and positions (Integer); empty if the text is none. */
  public static Optional<List<Object>> read(String path) {
    List<Object> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 0;
    while (end < path.length() && matcher.region(end, path.length()).lookingAt()) {
      boolean bareName = matcher.group(1) != null && matcher.group().charAt(0) != '.';
      if (bareName && end > 0) {
        return Optional.empty();
      }
      steps.add(step(matcher));
      end = matcher.end();
    }
    return end == path.length() && !steps.isEmpty() ? Optional.of(steps) : Optional.empty();
  }

  /** The steps of a path that is known to be one. */
  public static List<Object> parse(String path) {
    return read(path).orElse(List.of(path));
  }

  private static Object step(Matcher matcher) {
    for (int group = 1; group <= 3; group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return Integer.valueOf(matcher.group(4));
  }
}
