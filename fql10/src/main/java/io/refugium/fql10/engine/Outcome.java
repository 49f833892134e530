package io.refugium.fql10.engine;

import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.model.JsonBuffer;
import java.util.List;

/** What became of a query, ready to be written when the transaction is over. */
sealed interface Outcome {

  /** What diagnostics say; empty if nothing. */
  String summary();

  /** The version of the schema that the query saw. */
  long schemaVersion();

  /**
   * It has a result.
   *
   * @param answer its answer as {@link AnswerWriter#begin} begins it, up to the result
   * @param staticType null if it was not checked
   */
  record Success(JsonBuffer answer, String staticType, String summary, long schemaVersion)
      implements Outcome {}

  /**
   * It failed, and has changed nothing.
   *
   * @param abort the value it was aborted with; null for other failures
   * @param snapshotTime in microseconds
   */
  record Failure(
      String code,
      String message,
      List<ConstraintFailure> constraintFailures,
      JsonBuffer abort,
      String summary,
      long snapshotTime,
      long schemaVersion)
      implements Outcome {}

  /** Carries a failure out of a transaction, so that the transaction is undone. */
  final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Failure failure;

    Undone(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }
}
