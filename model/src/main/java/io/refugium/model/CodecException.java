package io.refugium.model;

/** A value that cannot be written, or bytes that are no value. */
public final class CodecException extends RuntimeException {
  /** What was wrong. */
  public enum Reason {
    /** Nested deeper than {@link ValueCodec#MAX_DEPTH}. */
    TOO_DEEP,
    /** Longer than {@link ValueCodec#MAX_BYTES} once encoded. */
    TOO_LARGE,
    /** A {@link RuntimeValue}: it exists only while its query runs. */
    NOT_STORABLE,
    /** A reference to a document of another database. */
    FOREIGN_REFERENCE,
    /** The bytes were not written by the codec, or were damaged since. */
    MALFORMED
  }

  private final Reason reason;

  CodecException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  static CodecException malformed(String what) {
    return new CodecException(Reason.MALFORMED, "Malformed stored value: " + what);
  }

  static CodecException notStorable(Value value) {
    return new CodecException(
        Reason.NOT_STORABLE, "Not storable: " + value.getClass().getSimpleName());
  }

  public Reason reason() {
    return reason;
  }
}
