package io.refugium.fql10.types;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;

/** Every message of the type checker with its exact text (language specification, section 8.6). */
final class TypeErrors {
  private TypeErrors() {}

  static Diagnostic unbound(String name, Span span) {
    return Diagnostic.error("Unbound variable `" + name + "`", span);
  }

  static String notSubtype(String actual, String expected) {
    return "Type `" + actual + "` is not a subtype of `" + expected + "`";
  }

  static String notTheValue(Type actual, Type expected) {
    return "`" + actual + "` is not the value `" + expected + "`";
  }

  static String noField(String type, String field) {
    return "Type `" + type + "` does not have field `" + field + "`";
  }

  static String extraField(Type type, String field) {
    return "Type `" + type + "` contains extra field `" + field + "`";
  }

  static String wildcard(Type type) {
    return "Type `" + type + "` cannot have a wildcard";
  }

  static String tooManyElements(int expected, int received) {
    return "Tuple contains too many elements. Expected " + expected + ", received " + received;
  }

  static String notEnoughElements(int expected, int received) {
    return "Tuple does not contain enough elements. Expected "
        + expected
        + ", received "
        + received;
  }

  static String wrongArity(int expected, int received) {
    return received > expected
        ? "Function was called with too many arguments. Expected "
            + expected
            + ", received "
            + received
        : "Function was not called with enough arguments. Expected "
            + expected
            + ", received "
            + received;
  }

  static String genericUsedAs(Type generic, Type other) {
    return "Generic type `" + generic + "` cannot be used as type `" + other + "`";
  }

  static String notGeneric(Type type, Type generic) {
    return "Type `" + type + "` cannot be used as generic type `" + generic + "`";
  }

  static Diagnostic notCallable(String type, Span callee, Span arguments) {
    return Diagnostic.error(
        "Type `" + type + "` cannot be used as a function",
        callee,
        Hint.hint("`" + type + "` is used as a function here", arguments));
  }

  static Diagnostic noAccess(String type, Span brackets) {
    return Diagnostic.error("Cannot use `[]` operator with type `" + type + "`", brackets);
  }

  static Diagnostic noProjection(Type type) {
    return new Diagnostic(
        Diagnostic.Kind.ERROR,
        "Cannot use projection with type `" + type + "`",
        java.util.Optional.empty(),
        "",
        java.util.List.of());
  }

  static Diagnostic negativeIndex(long index, int length, Span span) {
    return Diagnostic.error("Index " + index + " out of bounds for length " + length, span);
  }

  static Diagnostic unknownType(String name, Span span) {
    return Diagnostic.error("Unknown type `" + name + "`", span);
  }

  static Diagnostic misspelledType(String name, String meant, Span span) {
    return Diagnostic.warning("Unknown type `" + name + "`. Did you mean `" + meant + "`?", span);
  }

  static Diagnostic constructorArity(String name, int expected, int received, Span span) {
    return Diagnostic.error(
        "Type constructor `"
            + name
            + "<>` accepts "
            + expected
            + " parameters, received "
            + received,
        span);
  }

  static Diagnostic noParameters(String name, Span span) {
    return Diagnostic.error("Type `" + name + "` does not accept any parameters.", span);
  }

  static Diagnostic notADocumentType(Span span) {
    return Diagnostic.error("Reference type must refer to a doc type", span);
  }

  static Hint inferredHere(String type, Span span) {
    return Hint.hint("Type `" + type + "` inferred here", span);
  }

  static Hint handleNull(Span beforeDot) {
    return Hint.insert("Use the ! or ?. operator to handle the null case", beforeDot, "!");
  }

  static Diagnostic functionNotCalled(Span span) {
    return Diagnostic.warning(
        "Function is not called.", span, Hint.insert("Call the function.", span.atEnd(), "()"));
  }
}
