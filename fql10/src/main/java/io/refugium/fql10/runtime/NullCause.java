package io.refugium.fql10.runtime;

/**
 * Why a value is null (library specification, section 2.5).
 *
 * @param message what {@code !} says
 * @param documentMissing whether a document was expected, so that {@code !} fails with code {@code
 *     document_not_found}
 * @param wire how the wire calls the reason why a document cannot be seen; empty for other causes
 */
public record NullCause(String message, boolean documentMissing, String wire) {
  public static final NullCause LITERAL = new NullCause("Null literal value", false, "");
  public static final NullCause NO_ELEMENT = dueTo("no element found");
  public static final NullCause EMPTY_ARRAY = dueTo("empty array");
  public static final NullCause EMPTY_SET = dueTo("empty set");
  public static final NullCause INVALID_NUMBER = dueTo("invalid number");
  public static final NullCause NO_VALUE_AT_PATH = dueTo("no value in object found at path");
  public static final NullCause NO_IDENTITY = dueTo("missing identity");
  public static final NullCause NO_TOKEN = dueTo("no token");
  public static final NullCause PERMISSION_DENIED =
      new NullCause("Null value, due to permission denied", false, "permission denied");

  public static NullCause missingField(String field) {
    return dueTo("missing field `" + field + "`");
  }

  public static NullCause dueTo(String reason) {
    return new NullCause("Null value, due to " + reason, false, "");
  }

  /**
   * A document that does not exist.
   *
   * @param wire {@code not found}, {@code deleted} or {@code collection deleted}
   */
  public static NullCause missingDocument(String message, String wire) {
    return new NullCause(message, true, wire);
  }
}
