package io.refugium.database.refusal;

import java.util.List;

/**
 * A document that the definition of its collection does not allow, found by {@code DocumentChecks}
 * for a language that does not check by itself. No stack trace: it is an answer, not a defect.
 */
public final class DocumentRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Reason> reasons;

  /**
   * @param reasons at least one
   */
  public DocumentRefused(List<Reason> reasons) {
    super(reasons.getFirst().message(), null, false, false);
    this.reasons = List.copyOf(reasons);
  }

  /** Why a document is refused. */
  public sealed interface Reason {
    String message();

    /** A field has the wrong type, is missing or unknown; the message names it. */
    record WrongField(String message) implements Reason {}

    /** A check constraint does not hold. */
    record FailedCheck(String message) implements Reason {}

    /** A check constraint could not be evaluated. */
    record BrokenCheck(String message) implements Reason {}
  }

  /** All reasons, in the order in which they are reported. */
  public List<Reason> reasons() {
    return reasons;
  }
}
