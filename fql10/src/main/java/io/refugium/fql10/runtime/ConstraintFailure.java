package io.refugium.fql10.runtime;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One reason why a write was refused.
 *
 * @param paths the fields concerned, each a list of names (String) and positions (Integer); may be
 *     empty
 * @param label what texts call the failed thing: the paths, or the name of an index; may be empty
 * @param message may span lines
 */
public record ConstraintFailure(List<List<Object>> paths, String label, String message) {

  public ConstraintFailure {
    paths = List.copyOf(paths);
  }

  public ConstraintFailure(List<List<Object>> paths, String message) {
    this(
        paths,
        paths.stream().map(ConstraintFailure::pathText).collect(Collectors.joining(",")),
        message);
  }

  /** A failure of one field given by its path. */
  public static ConstraintFailure at(List<Object> path, String message) {
    return new ConstraintFailure(List.of(List.copyOf(path)), message);
  }

  /** A failure of one top-level field. */
  public static ConstraintFailure of(String field, String message) {
    return at(List.of(field), message);
  }

  /** The failure as texts show it, indented; further lines of its message more so. */
  public String text() {
    return "  " + (label.isEmpty() ? "" : label + ": ") + message.replace("\n", "\n      ");
  }

  /** A path as {@code a.b[0].c}. */
  public static String pathText(List<Object> path) {
    StringBuilder text = new StringBuilder();
    for (Object step : path) {
      if (step instanceof Integer position) {
        text.append('[').append(position.intValue()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step);
      }
    }
    return text.toString();
  }
}
