package io.refugium.fql10.schema;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.Collection;

/** The messages about a schema as a whole (schema specification, sections 1 to 6). */
final class SchemaErrors {
  private SchemaErrors() {}

  /** Whether a type error is about a name that nothing has. */
  static boolean isUnboundName(Diagnostic error) {
    return error.message().startsWith("Unbound variable ");
  }

  static Diagnostic noResource(String name, Span span) {
    return Diagnostic.error("Resource `" + name + "` does not exist", span);
  }

  static Diagnostic noRole(String name, Span span) {
    return Diagnostic.error("Role `" + name + "` does not exist", span);
  }

  static Diagnostic builtInRole(String name, Span span) {
    return Diagnostic.error("Builtin role `" + name + "` is not allowed", span);
  }

  static Diagnostic wildcardNotAny(Span type) {
    return Diagnostic.error("Top-level wildcard must have type `Any`", type);
  }

  static Diagnostic notPersistable(
      String field, String collection, Span type, String part, Span partSpan) {
    return Diagnostic.error(
        "Field `" + field + "` in collection " + collection + " is not persistable",
        type,
        Hint.cause("Type " + part + " is not persistable", partSpan));
  }

  static Hint useReference(String collection, Span part) {
    return Hint.replace(
        "Use Ref<" + collection + "> as the type of a reference to a " + collection + " document",
        part,
        "Ref<" + collection + ">");
  }

  static Diagnostic recursive(String function, Span item) {
    return Diagnostic.error("Recursively defined `" + function + "` needs explicit type.", item);
  }

  static Diagnostic derivedTypes(
      String member, String name, Collection<String> clashes, Span place) {
    return Diagnostic.error(
        "The collection "
            + member
            + " `"
            + name
            + "` generates types that conflict with the following existing types: "
            + String.join(", ", clashes),
        place);
  }

  static Diagnostic inIndexedField(String forbidden, Span place) {
    return Diagnostic.error(
        "Computed fields used in indexes or constraints cannot " + forbidden, place);
  }
}
