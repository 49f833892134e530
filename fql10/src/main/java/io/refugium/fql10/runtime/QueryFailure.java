package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A query that fails while it is evaluated. On its way out every call in progress adds its place,
 * so that at the top the frames are complete, innermost first. Carries no Java stack trace.
 *
 * <p>Confined to the thread that runs the query.
 */
public final class QueryFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final transient List<Span> frames = new ArrayList<>(4);
  private final transient List<ConstraintFailure> constraintFailures;
  private final transient Value abortValue;
  private transient Span nullOrigin;
  private transient String hint;
  private boolean complete;

  private QueryFailure(
      ErrorCode code, String message, List<ConstraintFailure> failures, Value abortValue) {
    super(message, null, false, false);
    this.code = code;
    this.constraintFailures = failures;
    this.abortValue = abortValue;
  }

  public static QueryFailure of(ErrorCode code, String message) {
    return new QueryFailure(code, message, List.of(), null);
  }

  public static QueryFailure constraint(String message, List<ConstraintFailure> failures) {
    return new QueryFailure(ErrorCode.CONSTRAINT_FAILURE, message, List.copyOf(failures), null);
  }

  /** A failure of another kind that has reasons too. */
  public static QueryFailure of(ErrorCode code, String message, List<ConstraintFailure> failures) {
    return new QueryFailure(code, message, List.copyOf(failures), null);
  }

  public static QueryFailure abort(Value value) {
    return new QueryFailure(ErrorCode.ABORT, "Query aborted.", List.of(), value);
  }

  /** Lets no further calls add their places. */
  public QueryFailure withoutCallers() {
    complete = true;
    return this;
  }

  /** Adds the place of the next outer call; the first one is the place of the error itself. */
  public QueryFailure at(Span frame) {
    if (frame != null && !complete) {
      frames.add(frame);
    }
    return this;
  }

  /** Gives the error its own place, unless it has one. */
  public QueryFailure orAt(Span place) {
    return frames.isEmpty() ? at(place) : this;
  }

  /** Remembers where the null came from that is to blame. */
  public QueryFailure becauseOf(Value value) {
    if (value instanceof Null found && found.origin() != null) {
      nullOrigin = found.origin();
    }
    return this;
  }

  /** Adds a hint without a place. */
  public QueryFailure hinting(String text) {
    hint = text;
    return this;
  }

  public ErrorCode code() {
    return code;
  }

  /** The places of the calls in progress, innermost first; the first one is that of the error. */
  public List<Span> frames() {
    return frames;
  }

  public List<ConstraintFailure> constraintFailures() {
    return constraintFailures;
  }

  /** What {@code abort} was called with; null for other failures. */
  public Value abortValue() {
    return abortValue;
  }

  /** Where the null was created that is to blame; null if none is. */
  public Span nullOrigin() {
    return nullOrigin;
  }

  /** A hint without a place; null if there is none. */
  public String hint() {
    return hint;
  }
}
