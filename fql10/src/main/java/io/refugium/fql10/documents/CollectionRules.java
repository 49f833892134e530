package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.FieldPaths;
import io.refugium.fql10.source.Source;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the definition of a collection must satisfy (schema specification, section 2.4). */
final class CollectionRules {
  private final ObjectValue fields;
  private final List<ConstraintFailure> failures;

  CollectionRules(ObjectValue fields, List<ConstraintFailure> failures) {
    this.fields = fields;
    this.failures = failures;
  }

  void check() {
    FunctionRules.checkType(fields.get("wildcard"), List.of("wildcard"), failures);
    for (String days : List.of("history_days", "ttl_days")) {
      if (SchemaRules.isNegative(fields.get(days))) {
        failures.add(ConstraintFailure.of(days, "Non-negative value required."));
      }
    }
    SchemaRules.each(fields.get("fields"), this::definedField);
    SchemaRules.each(fields.get("computed_fields"), this::computedField);
    SchemaRules.each(fields.get("indexes"), this::index);
    if (fields.get("constraints") instanceof ArrayValue(List<Value> constraints)) {
      constraints(constraints);
    }
  }

  private void definedField(String name, Value definition) {
    Names.invalidField(name)
        .ifPresent(problem -> failures.add(ConstraintFailure.of("fields", problem)));
    if (definition instanceof ObjectValue field) {
      FunctionRules.checkFieldType(
          field.get("signature"),
          field.has("default"),
          List.of("fields", name, "signature"),
          failures);
      if (field.get("default") instanceof StringValue(String text)) {
        FieldSchema.syntaxErrors(Source.fieldDefault(name, text))
            .ifPresent(
                errors ->
                    failures.add(
                        ConstraintFailure.of(name, "Default field evaluation failed.\n" + errors)));
      }
    }
  }

  private void computedField(String name, Value definition) {
    Names.invalidField(name)
        .ifPresent(problem -> failures.add(ConstraintFailure.of("computed_fields", problem)));
    if (fields.get("fields") instanceof ObjectValue defined && defined.has(name)) {
      failures.add(
          ConstraintFailure.of(
              "computed_fields", "Computed field '" + name + "' collides with a defined field"));
    }
    if (definition instanceof ObjectValue field) {
      FunctionRules.checkFunction(
          field.get("body"), Set.of(1), List.of("computed_fields", name, "body"), failures);
      FunctionRules.checkType(
          field.get("signature"), List.of("computed_fields", name, "signature"), failures);
    }
  }

  private void index(String name, Value definition) {
    Names.invalidIndex(name)
        .ifPresent(problem -> failures.add(ConstraintFailure.of("indexes", problem)));
    if (!(definition instanceof ObjectValue index)) {
      return;
    }
    List<Object> path = List.of("indexes", name);
    if (!index.has("terms") && !index.has("values")) {
      failures.add(
          ConstraintFailure.at(
              path, "Union requires fields [terms], [values], or [terms, values]"));
    }
    components(index.get("terms"), FunctionRules.with(path, "terms"), true);
    components(index.get("values"), FunctionRules.with(path, "values"), false);
  }

  private void components(Value list, List<Object> path, boolean terms) {
    if (!(list instanceof ArrayValue(List<Value> components))) {
      return;
    }
    for (int i = 0; i < components.size(); i++) {
      List<Object> inner = FunctionRules.with(FunctionRules.with(path, i), "field");
      if (components.get(i) instanceof ObjectValue component
          && component.get("field") instanceof StringValue(String field)) {
        path(field, terms).ifPresent(problem -> failures.add(ConstraintFailure.at(inner, problem)));
      } else {
        failures.add(ConstraintFailure.at(inner, "Missing required field of type String"));
      }
    }
  }

  private static Optional<String> path(String path, boolean term) {
    if (path.isEmpty()) {
      return Optional.of("Value cannot be empty.");
    }
    Optional<List<Object>> steps = FieldPaths.read(path);
    if (steps.isEmpty()) {
      return Optional.of("Value `" + path + "` is not a valid FQL path expression.");
    }
    Object first = steps.get().getFirst();
    if (first.equals(FieldNames.COLL)) {
      return Optional.of(
          term
              ? "`coll` is not supported as an index term."
              : "`coll` is not supported as a specified index value.");
    }
    if (term && first.equals(FieldNames.ID)) {
      return Optional.of(
          "`id` is not supported as an index term, use the native byId method to look up a document by its id.");
    }
    return term && first.equals(FieldNames.TS)
        ? Optional.of("`ts` may only be used as an index value, not as an index term.")
        : Optional.empty();
  }

  private void constraints(List<Value> constraints) {
    Set<String> checks = new HashSet<>();
    Set<List<List<Object>>> uniques = new HashSet<>();
    for (int i = 0; i < constraints.size(); i++) {
      if (!(constraints.get(i) instanceof ObjectValue constraint)) {
        continue;
      }
      if (constraint.get("check") instanceof ObjectValue check) {
        check(check, List.of("constraints", i, "check"), checks);
      } else if (constraint.has("unique")) {
        unique(constraint.get("unique"), List.of("constraints", i, "unique"), uniques);
      } else {
        failures.add(
            ConstraintFailure.at(
                List.of("constraints", i), "Union requires fields [check] or [unique]"));
      }
    }
  }

  private void check(ObjectValue check, List<Object> path, Set<String> names) {
    if (check.get("name") instanceof StringValue(String name)) {
      Names.invalid(name)
          .ifPresent(
              problem ->
                  failures.add(ConstraintFailure.at(FunctionRules.with(path, "name"), problem)));
      if (!names.add(name)) {
        failures.add(
            ConstraintFailure.of("constraints", "Duplicate check constraint name '" + name + "'"));
      }
    }
    FunctionRules.checkFunction(
        check.get("body"), Set.of(1), FunctionRules.with(path, "body"), failures);
  }

  private void unique(Value terms, List<Object> path, Set<List<List<Object>>> known) {
    if (!(terms instanceof ArrayValue(List<Value> given))) {
      return;
    }
    if (given.isEmpty()) {
      failures.add(
          ConstraintFailure.of("constraints", "Unique constraints must have at least one term"));
      return;
    }
    List<List<Object>> paths = new ArrayList<>();
    for (Value term : given) {
      String text = text(term);
      uniquePath(text).ifPresent(problem -> failures.add(ConstraintFailure.at(path, problem)));
      paths.add(FieldPaths.parse(text));
    }
    if (!known.add(paths)) {
      failures.add(
          ConstraintFailure.of(
              "constraints",
              "Duplicate unique constraint on path "
                  + given.stream()
                      .map(CollectionRules::text)
                      .map(text -> text.startsWith(".") ? text : "." + text)
                      .toList()));
    }
  }

  private static String text(Value term) {
    return switch (term) {
      case StringValue(String path) -> path;
      case ObjectValue object when object.get("field") instanceof StringValue(String path) -> path;
      default -> "";
    };
  }

  private static Optional<String> uniquePath(String path) {
    Optional<List<Object>> steps = FieldPaths.read(path);
    if (path.isEmpty()) {
      return Optional.of("Value cannot be empty.");
    }
    if (steps.isEmpty()) {
      return Optional.of("Value `" + path + "` is not a valid FQL path expression.");
    }
    Object first = steps.get().getFirst();
    boolean refused =
        first.equals(FieldNames.ID) || first.equals(FieldNames.COLL) || first.equals(FieldNames.TS);
    return refused
        ? Optional.of("`" + first + "` is not supported as a unique constraint value.")
        : Optional.empty();
  }
}
