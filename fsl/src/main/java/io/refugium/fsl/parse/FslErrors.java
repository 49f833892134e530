package io.refugium.fsl.parse;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;

/** The messages about schema texts that are not syntax errors (schema specification, 8.3). */
final class FslErrors {
  private FslErrors() {}

  static Diagnostic invalidItem(String word, Span span) {
    return Diagnostic.error("Invalid schema item `" + word + "`", span);
  }

  static Diagnostic invalidFieldOrMember(String word, Span span) {
    return Diagnostic.error("Invalid field or member `" + word + "`", span);
  }

  static Diagnostic invalidMember(String word, Span span) {
    return Diagnostic.error("Invalid member `" + word + "`", span);
  }

  static Diagnostic invalidAction(String word, Span span) {
    return Diagnostic.error("Invalid action `" + word + "`", span);
  }

  static Diagnostic invalidIdentifier(String name, Span span) {
    return Diagnostic.error("Invalid identifier `" + name + "`", span);
  }

  static Diagnostic reservedName(String name, Span span) {
    return Diagnostic.error("Invalid reserved name `" + name + "`", span);
  }

  static Diagnostic of(String message, Span span) {
    return Diagnostic.error(message, span);
  }

  static Diagnostic unparenthesizedCheck(Span span) {
    return Diagnostic.error("Expected lambda check predicate", span)
        .annotated("Check constraints require parenthesis around the lambda");
  }

  /**
   * A second thing of one kind.
   *
   * @param kind what it is, such as {@code field}
   * @param name the name that is taken; empty if things of this kind have none
   */
  static Diagnostic duplicate(String kind, String name, Span span, Span first) {
    return Diagnostic.error(
        "Duplicate " + kind + (name.isEmpty() ? "" : " `" + name + "`"),
        span,
        Hint.hint("Originally defined here", first));
  }

  static Diagnostic duplicateUnique(Span span, Span first) {
    return Diagnostic.error(
        "Duplicate unique constraint.",
        span,
        Hint.hint("This unique constraint covers the same fields.", first));
  }

  static Diagnostic typesExpected(Span untyped, Span typed) {
    return Diagnostic.error("All or no arguments must have a type", untyped, becauseTyped(typed));
  }

  static Diagnostic typesNotExpected(Span typed, Span untyped) {
    return Diagnostic.error("All or no arguments must have a type", typed, becauseUntyped(untyped));
  }

  static Diagnostic resultTypeExpected(Span close, Span typed) {
    return Diagnostic.error(
        "Return type is required when arguments have a type", close, becauseTyped(typed));
  }

  static Diagnostic resultTypeNotExpected(Span result, Span untyped) {
    return Diagnostic.error(
        "Return type is not allowed when arguments do not have a type",
        result,
        becauseUntyped(untyped));
  }

  private static Hint becauseTyped(Span typed) {
    return Hint.hint("Expecting types due to this type annotation", typed);
  }

  private static Hint becauseUntyped(Span untyped) {
    return Hint.hint("Expecting no types due to this argument not having a type", untyped);
  }
}
