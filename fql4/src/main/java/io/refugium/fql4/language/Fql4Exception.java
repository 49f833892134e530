package io.refugium.fql4.language;

import java.util.List;

/**
 * A query has failed: with the errors to report, at least one. Has no stack trace: it is an answer,
 * not an accident.
 */
public final class Fql4Exception extends RuntimeException {
  private final transient List<Fql4Error> errors;

  public Fql4Exception(Fql4Error error) {
    this(List.of(error));
  }

  public Fql4Exception(List<Fql4Error> errors) {
    super(errors.getFirst().description(), null, false, false);
    this.errors = List.copyOf(errors);
  }

  /** What to report, in order. */
  public List<Fql4Error> errors() {
    return errors;
  }

  /** The HTTP status of the answer. */
  public int status() {
    Fql4Error deciding = errors.getFirst();
    for (Fql4Error error : errors) {
      if (error.rank() > deciding.rank()) {
        deciding = error;
      }
    }
    return deciding.status();
  }
}
