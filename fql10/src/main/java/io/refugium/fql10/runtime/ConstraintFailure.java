package io.refugium.fql10.runtime;

import java.util.List;

/**
 * One reason why a write was refused.
 *
 * @param paths the fields concerned, each a list of names (String) and positions (Integer); may be
 *     empty
 * @param message may span lines
 */
public record ConstraintFailure(List<List<Object>> paths, String message) {

  public ConstraintFailure {
    paths = List.copyOf(paths);
  }

  /** A failure of one field given by its path. */
  public static ConstraintFailure at(List<Object> path, String message) {
    return new ConstraintFailure(List.of(List.copyOf(path)), message);
  }

  /** A failure of one top-level field. */
  public static ConstraintFailure of(String field, String message) {
    return at(List.of(field), message);
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
