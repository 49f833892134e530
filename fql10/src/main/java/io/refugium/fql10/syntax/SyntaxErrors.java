package io.refugium.fql10.syntax;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.Arrays;
import java.util.List;

/** Every syntax error with its exact text (language specification, sections 2, 3 and 8.2). */
public final class SyntaxErrors {
  private SyntaxErrors() {}

  /**
   * {@code Expected A, B, or C}.
   *
   * @param items what could stand at {@code span}, tokens already in backticks; sorted here
   */
  public static Diagnostic expected(Span span, String... items) {
    String[] sorted = items.clone();
    Arrays.sort(sorted);
    return Diagnostic.error("Expected " + listed(List.of(sorted)), span);
  }

  private static String listed(List<String> items) {
    int last = items.size() - 1;
    return switch (items.size()) {
      case 1 -> items.getFirst();
      case 2 -> items.getFirst() + " or " + items.getLast();
      default -> String.join(", ", items.subList(0, last)) + ", or " + items.get(last);
    };
  }

  static Diagnostic emptyQuery(Span span) {
    return Diagnostic.error("Unexpected end of query. Expected statement or expression", span);
  }

  static Diagnostic emptyBlock(Span span) {
    return Diagnostic.error("Unexpected end of block. Expected statement or expression", span);
  }

  static Diagnostic missingReturn(Span span, Span let) {
    return Diagnostic.error(
        "Missing return expression", span, Hint.cause("Statement does not return a value", let));
  }

  /** A keyword where a name is needed. */
  public static Diagnostic keywordAsName(Span span) {
    return Diagnostic.error("Invalid identifier", span)
        .annotated("`" + span.text() + "` is a keyword");
  }

  static Diagnostic anonymousField(Span span) {
    return Diagnostic.error("Invalid anonymous field access", span);
  }

  static Diagnostic duplicateParameter(Span span, Span first) {
    return Diagnostic.error(
        "Duplicate lambda argument", span, Hint.hint("Argument originally defined here", first));
  }

  static Diagnostic variadicTuple(Span span) {
    return Diagnostic.error("invalid variadic tuple", span);
  }

  /** The same key twice in an object or object type. */
  public static Diagnostic duplicateKey(Span span, Span first) {
    return Diagnostic.error("Duplicate key", span, Hint.hint("Key originally used here", first));
  }

  static Diagnostic interpolatedKey(Span embedded, Span hashMark, Span key) {
    return Diagnostic.error(
        "Object keys do not support interpolation",
        embedded,
        Hint.insert("Add a backslash to ignore the interpolation", hashMark, "\\"),
        Hint.hint("Use Object.fromEntries if you need a dynamic key", key));
  }

  static Diagnostic escapeCode(Span span) {
    return expected(span, "escape code");
  }

  static Diagnostic escapeOutsideUnicode(Span escape) {
    return Diagnostic.error("Invalid escape", escape).annotated("outside of valid unicode range");
  }

  static Diagnostic escapeSurrogate(Span escape) {
    return Diagnostic.error("Invalid escape", escape).annotated("surrogates are disallowed");
  }

  /** A string with an interpolation where only a fixed text may stand. */
  public static Diagnostic interpolatedLiteral(Span embedded) {
    return Diagnostic.error("Cannot interpolate values in a string literal", embedded);
  }

  static Diagnostic matchUnsupported(Span span) {
    return Diagnostic.error("match expr not supported", span);
  }

  static Diagnostic projectAllUnsupported(Span span) {
    return Diagnostic.error("project expr not supported", span);
  }

  static Diagnostic wildcardNotLast(Span span, Span wildcard) {
    return Diagnostic.error(
        "Wildcard must be the last element in an object",
        span,
        Hint.hint("Wildcard defined here", wildcard));
  }

  static Diagnostic interfaceNotLast(Span span, Span dots) {
    return Diagnostic.error(
        "Interface must be the last element in an object",
        span,
        Hint.hint("Interface defined here", dots));
  }

  static Diagnostic namedNonParameter(Span span) {
    return Diagnostic.error("Only lambda argument types may be named", span);
  }

  static Diagnostic variadicNonParameter(Span span) {
    return Diagnostic.error("Invalid variadic argument", span);
  }

  /** A default value where none may be; the schema language adds a hint that says why. */
  public static Diagnostic defaultNotAllowed(Span span, Hint... why) {
    return Diagnostic.error("Default values are not allowed here", span, why);
  }

  static Diagnostic nestedTooDeeply(Span span) {
    return Diagnostic.error(
        "Query is nested too deeply: the limit is " + SyntaxLimits.MAX_NESTING + " levels", span);
  }

  static Diagnostic tooManyOperators(Span span) {
    return Diagnostic.error(
        "Query is too complex: the limit is " + SyntaxLimits.MAX_HEIGHT + " chained operations",
        span);
  }

  static Diagnostic numberTooLong(Span span) {
    return Diagnostic.error(
        "Number literal is too long: the limit is "
            + SyntaxLimits.MAX_NUMBER_LENGTH
            + " characters",
        span);
  }
}
