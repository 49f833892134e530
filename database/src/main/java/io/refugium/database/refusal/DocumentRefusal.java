package io.refugium.database.refusal;

/**
 * What an exception implements that a language throws out of {@code DocumentChecks} or {@code
 * SchemaChecks}, so that the other language, if it made the write, can tell its client why.
 */
public interface DocumentRefusal {
  /** Whether it was a check constraint that failed, rather than the shape of the document. */
  boolean isCheckConstraint();

  /**
   * What is wrong: the name of the check constraint, or a text such as {@code i: Expected Int,
   * provided String}.
   */
  String reason();
}
