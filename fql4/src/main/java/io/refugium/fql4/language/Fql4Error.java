package io.refugium.fql4.language;

import java.util.List;

/**
 * One element of the {@code errors} of an answer (spec: FQL v4, 12.1).
 *
 * @param position keys and indexes from the root of the expression, or null for errors that are not
 *     about an expression
 * @param status the HTTP status that this error asks for when it decides
 * @param failures what is wrong with a document; empty for other errors
 * @param causes the errors inside a called function; empty for other errors
 */
public record Fql4Error(
    Position position,
    String code,
    String description,
    int status,
    List<Failure> failures,
    List<Fql4Error> causes) {

  Fql4Error(Position position, String code, String description, int status) {
    this(position, code, description, status, List.of(), List.of());
  }

  /**
   * The path of the failing part as strings and integers, or null when the error has no position.
   */
  public List<Object> path() {
    return position == null ? null : position.path();
  }

  /**
   * Which error decides the status of an answer: the first of the highest rank (spec: FQL v4,
   * 12.2).
   */
  int rank() {
    return switch (code) {
      case Errors.INVALID_EXPRESSION -> 3;
      case Errors.INVALID_ARGUMENT -> 2;
      case Errors.PERMISSION_DENIED -> 1;
      default -> 0;
    };
  }

  /** One reason why a document is not valid; the path holds array indexes as strings. */
  public record Failure(List<String> field, String code, String description) {}
}
