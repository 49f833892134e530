package io.refugium.access;

import io.refugium.database.catalog.FunctionDef;
import io.refugium.model.Value;
import java.util.List;

/**
 * Runs the body of a user-defined function in the language that it is written in, so that either
 * language can call both.
 */
@FunctionalInterface
public interface FunctionLibrary {
  /**
   * Runs the body.
   *
   * @param session that of the body: what {@link Session#enter} returned
   * @param arguments positional; values that have no counterpart in the other language make the
   *     call fail
   * @return the result
   * @throws FunctionFailure when the body fails
   */
  Value call(Session session, FunctionDef function, List<Value> arguments);

  /**
   * A body failed, and the caller speaks another language than the body: only code and message
   * cross over (spec access 5.8). Carries no stack trace.
   */
  final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The code of a body of FQL v4 that called {@code Abort}; the message is its argument. */
    public static final String ABORTED = "transaction aborted";

    /**
     * The code for a result that the caller's language has no counterpart for; the message is its
     * type.
     */
    public static final String NOT_REPRESENTABLE = "not representable";

    private final String code;

    public FunctionFailure(String code, String message) {
      this(code, message, null);
    }

    /**
     * @param cause what failed in the words of the body's language, for a caller that speaks it,
     *     too: the body is that of another database
     */
    public FunctionFailure(String code, String message, Throwable cause) {
      super(message, cause, false, false);
      this.code = code;
    }

    /** The error code in the language of the body. */
    public String code() {
      return code;
    }
  }
}
