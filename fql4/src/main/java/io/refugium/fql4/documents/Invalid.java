package io.refugium.fql4.documents;

import io.refugium.fql4.language.Fql4Error.Failure;
import io.refugium.fql4.language.Types;
import io.refugium.model.Value;
import java.util.List;

/**
 * Every reason why a document is not valid, with code and text (spec: FQL v4, 12.5; access, 12.1).
 */
public final class Invalid {
  private Invalid() {}

  static Failure missing(List<String> field) {
    return new Failure(field, "value required", "Required value not found.");
  }

  static Failure fieldOrBindingMissing() {
    return new Failure(
        List.of("field"), "value required", "Must provide one of the following: field, binding");
  }

  public static Failure type(List<String> field, Value value, String expected) {
    return new Failure(
        field,
        "invalid type",
        "Invalid type " + Types.storedNameOf(value) + ", expected type " + expected + ".");
  }

  static Failure unreadable(List<String> field) {
    return new Failure(field, "invalid reference", "Cannot read reference.");
  }

  static Failure scoped(List<String> field) {
    return new Failure(field, "invalid reference", "Reference cannot be scoped.");
  }

  static Failure dangling(List<String> field) {
    return new Failure(field, "invalid reference", "Reference was not found.");
  }

  static Failure characters(String name) {
    return new Failure(
        List.of("name"),
        "invalid characters",
        "The name "
            + name
            + " uses invalid characters. Valid characters must match: [;@+$\\-_.!~%\\w]+");
  }

  static Failure reservedName(String name) {
    return new Failure(
        List.of("name"), "reserved name", "Invalid name " + name + ". Reserved names: _.");
  }

  static Failure negative(String field) {
    return new Failure(
        List.of(field), "non-negative value required", "Value must be non-negative.");
  }

  static Failure outOfRange(String field, long value, long min, long max) {
    return new Failure(
        List.of(field),
        "bounds error",
        "Value " + value + " is not in expected range " + min + " to " + max + ".");
  }

  static Failure impureBinding(List<String> field) {
    return new Failure(field, "invalid binding", "Field binding must be a pure unary function.");
  }

  static Failure unusedBinding(List<String> field) {
    return new Failure(field, "unused binding", "Source binding is not used as a term or value.");
  }

  static Failure multipleBindings() {
    return new Failure(
        List.of("source"), "multiple bindings", "A collection ref may only match one binding.");
  }

  static Failure mixedWildcards() {
    return new Failure(
        List.of("source"),
        "mixed wildcards",
        "Cannot mix collection refs and wildcards without providing bindings.");
  }

  static Failure value(String value, String field) {
    return new Failure(
        List.of(field), "invalid value", "Invalid value `" + value + "` at `" + field + "`");
  }

  static Failure index(String description) {
    return new Failure(List.of(), "invalid index", description);
  }

  static Failure duplicate(String field) {
    return new Failure(List.of(field), "duplicate value", "Value is not unique.");
  }

  static Failure password(String field) {
    return new Failure(List.of(field), "invalid password", "Invalid password at `" + field + "`.");
  }

  static Failure secret() {
    return new Failure(
        List.of("secret"), "invalid secret", "The field `secret` is not a secret of this key.");
  }

  static Failure arity(List<String> field, int found, int expected) {
    return new Failure(
        field, "invalid arity", "Found lambda with arity " + found + " expected " + expected);
  }

  static Failure unknownRole(List<String> field, String name) {
    return new Failure(field, "validation failure", "Role name `" + name + "` does not exist.");
  }

  static Failure unknownProviderRole(String name) {
    return new Failure(
        List.of("roles"), "validation failure", "Role `" + name + "` does not exist.");
  }

  static Failure builtInProviderRole(String name) {
    return new Failure(
        List.of("roles"), "validation failure", "Builtin role `" + name + "` not allowed.");
  }

  static Failure uri(String field, String uri) {
    return new Failure(List.of(field), "invalid uri", "`" + uri + "` is a not valid URI");
  }

  static Failure tooManyRoles(List<String> field, int most) {
    return new Failure(
        field,
        "resources exceeded",
        "Maximum number of roles per membership class exceeded. Maximum allowed: " + most + ".");
  }

  static Failure containerHoldsData() {
    return new Failure(
        List.of(),
        "container candidate contains data",
        "cannot make database a container while it contains collections, indexes, or user functions");
  }
}
