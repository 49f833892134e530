package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * A lambda of a query or a stored body, compiled. Parameters are slots of the frame it runs in
 * (spec: FQL v4, 5.4).
 *
 * @param position where the object with {@code lambda} and {@code expr} is
 * @param aritySite what position an arity error has
 * @param pattern slots for the elements of the argument, or for the argument when it is not
 *     destructured; -1 where it is ignored
 * @param destructures whether the parameters are an array
 * @param version the API version of the text
 * @param parameters the parameters as written
 * @param expr the body as written
 * @param free the outer variables that the body uses, with their slots
 */
public record Lambda(
    Position position,
    Position aritySite,
    int[] pattern,
    boolean destructures,
    Expr body,
    ApiVersion version,
    Value parameters,
    Value expr,
    List<Captured> free) {

  /** An outer variable that a body uses. */
  record Captured(String name, int slot) {}

  /** Number of parameters. */
  int arity() {
    return pattern.length;
  }

  /**
   * Binds the argument and runs the body. The position is that of the call, for the limit of nested
   * calls.
   */
  Value apply(Frame frame, Value argument, Position call) {
    Evaluation evaluation = frame.evaluation();
    evaluation.enterCall(call);
    try {
      bind(frame, argument);
      return body.eval(frame);
    } finally {
      evaluation.leaveCall();
    }
  }

  private void bind(Frame frame, Value argument) {
    if (!destructures) {
      if (pattern[0] >= 0) {
        frame.set(pattern[0], argument);
      }
    } else if (argument instanceof ArrayValue array) {
      if (array.size() != pattern.length) {
        throw Errors.wrongArity(aritySite, pattern.length, array.size());
      }
      for (int i = 0; i < pattern.length; i++) {
        if (pattern[i] >= 0) {
          frame.set(pattern[i], array.get(i));
        }
      }
    } else if (pattern.length == 1) {
      if (pattern[0] >= 0) {
        frame.set(pattern[0], argument);
      }
    } else {
      throw Errors.wrongArity(aritySite, pattern.length, 1);
    }
  }
}
