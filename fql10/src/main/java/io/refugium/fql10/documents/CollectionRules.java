package io.refugium.fql10.documents;

import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.FieldPaths;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.source.Source;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the definition of a collection must satisfy beyond the types of its fields (schema
 * specification, section 2.4). Values of wrong types have been refused, or are refused with the
 * rest.
 */
final class CollectionRules {
  /** How messages call the type of an index: the part that all its forms have in common. */
  private static final String INDEX_STATE =
      "{ status: \"building\" | \"complete\" | \"failed\" | Null, queryable: Boolean | Null }";

  private final ObjectValue fields;

  /** The statements of migrations with their arguments. */
  private static final Map<String, List<String>> MIGRATIONS =
      Map.of(
          "add", List.of("field"),
          "drop", List.of("field"),
          "backfill", List.of("field", "value"),
          "move", List.of("field", "to"),
          "split", List.of("field", "to"),
          "move_conflicts", List.of("into"),
          "move_wildcard", List.of("into"),
          "add_wildcard", List.of());

  private final Document before;
  private final List<ConstraintFailure> failures;

  /** What is wrong not with a field but between them: told after the rest. */
  private final List<ConstraintFailure> ofWhole = new ArrayList<>();

  /**
   * The rules for a write.
   *
   * @param before the collection as stored; null for a new one
   */
  CollectionRules(ObjectValue fields, Document before, List<ConstraintFailure> failures) {
    this.fields = fields;
    this.before = before;
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
    if (hasShape("indexes", ObjectValue.class, "{ *: " + INDEX_STATE + " } | Null")) {
      SchemaRules.each(fields.get("indexes"), this::index);
    }
    if (hasShape("migrations", ArrayValue.class, "Array<{}> | Null")
        && fields.get("migrations") instanceof ArrayValue(List<Value> statements)) {
      migrations(statements);
    }
    if (fields.get("constraints") instanceof ArrayValue(List<Value> constraints)) {
      constraints(constraints);
    }
    failures.addAll(ofWhole);
  }

  /** Reports what is neither absent nor of a type. */
  private boolean hasShape(String field, Class<? extends Value> type, String expected) {
    Value given = fields.get(field);
    boolean fits = isAbsent(given) || type.isInstance(given);
    if (!fits) {
      mismatch(List.of(field), expected, given);
    }
    return fits;
  }

  private static boolean isAbsent(Value value) {
    return value == null || Kind.isNull(value);
  }

  private void mismatch(List<Object> path, String expected, Value given) {
    String provided = ProvidedTypes.describe(given);
    failures.add(ConstraintFailure.at(path, "Expected " + expected + ", provided " + provided));
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
    }
  }

  private void computedField(String name, Value definition) {
    Names.invalidField(name)
        .ifPresent(problem -> failures.add(ConstraintFailure.of("computed_fields", problem)));
    if (fields.get("fields") instanceof ObjectValue defined && defined.has(name)) {
      ofWhole.add(
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
    List<Object> path = List.of("indexes", name);
    if (isAbsent(definition)) {
      return;
    }
    if (!(definition instanceof ObjectValue index)) {
      mismatch(path, INDEX_STATE, definition);
      return;
    }
    only(index, Set.of("terms", "values", "queryable", "status"), path);
    truth(index.get("queryable"), FunctionRules.with(path, "queryable"));
    if (!index.has("terms") && !index.has("values")) {
      failures.add(
          ConstraintFailure.at(
              path, "Union requires fields [terms], [values], or [terms, values]"));
    }
    status(index, knownIndex(name), path);
    components(index.get("terms"), FunctionRules.with(path, "terms"), true);
    components(index.get("values"), FunctionRules.with(path, "values"), false);
  }

  private void only(ObjectValue object, Set<String> known, List<Object> path) {
    for (Map.Entry<String, Value> field : object) {
      if (!known.contains(field.getKey()) && !Kind.isNull(field.getValue())) {
        failures.add(
            ConstraintFailure.at(
                FunctionRules.with(path, field.getKey()), "Unexpected field provided"));
      }
    }
  }

  private void truth(Value value, List<Object> path) {
    if (!isAbsent(value) && !(value instanceof BooleanValue)) {
      mismatch(path, "Boolean | Null", value);
    }
  }

  private void components(Value list, List<Object> path, boolean terms) {
    if (list == null) {
      return;
    }
    String type =
        terms
            ? "{ field: String, mva: Boolean | Null }"
            : "{ field: String, order: \"asc\" | \"desc\" | Null, mva: Boolean | Null }";
    if (!(list instanceof ArrayValue(List<Value> components))) {
      mismatch(path, "Array<" + type + ">", list);
      return;
    }
    for (int i = 0; i < components.size(); i++) {
      if (components.get(i) instanceof ObjectValue component) {
        component(component, FunctionRules.with(path, i), terms);
      } else {
        mismatch(FunctionRules.with(path, i), type, components.get(i));
      }
    }
  }

  private void component(ObjectValue component, List<Object> path, boolean term) {
    text(component, "field", path)
        .flatMap(field -> path(field, term))
        .ifPresent(
            problem ->
                failures.add(ConstraintFailure.at(FunctionRules.with(path, "field"), problem)));
    only(component, term ? Set.of("field", "mva") : Set.of("field", "mva", "order"), path);
    truth(component.get("mva"), FunctionRules.with(path, "mva"));
    if (!term) {
      order(component.get("order"), FunctionRules.with(path, "order"));
    }
  }

  /** The text that a field must be; empty after an error. */
  private Optional<String> text(ObjectValue object, String field, List<Object> path) {
    List<Object> inner = FunctionRules.with(path, field);
    return switch (object.get(field)) {
      case StringValue(String text) -> Optional.of(text);
      case null -> {
        failures.add(ConstraintFailure.at(inner, "Missing required field of type String"));
        yield Optional.empty();
      }
      case Value other -> {
        mismatch(inner, "String", other);
        yield Optional.empty();
      }
    };
  }

  // --- migrations -----------------------------------------------------------------------------

  private void migrations(List<Value> statements) {
    for (int i = 0; i < statements.size(); i++) {
      List<Object> path = List.of("migrations", i);
      if (statements.get(i) instanceof ObjectValue statement
          && statement.size() == 1
          && MIGRATIONS.containsKey(statement.nameAt(0))) {
        migration(statement.nameAt(0), statement.valueAt(0), path);
      } else {
        mismatch(path, "{}", statements.get(i));
      }
    }
  }

  private void migration(String name, Value given, List<Object> statement) {
    List<Object> path = FunctionRules.with(statement, name);
    List<String> fields = MIGRATIONS.get(name);
    if (!(given instanceof ObjectValue arguments)) {
      mismatch(path, "{}", given);
      return;
    }
    only(arguments, Set.copyOf(fields), path);
    for (String field : fields) {
      List<Object> inner = FunctionRules.with(path, field);
      if (field.equals("value")) {
        text(arguments, field, path)
            .flatMap(text -> FieldSchema.syntaxErrors(Source.validated("value", text)))
            .ifPresent(
                errors ->
                    failures.add(
                        ConstraintFailure.at(
                            inner, "Unable to parse FQL source code.\n" + errors)));
      } else if (arguments.get(field) instanceof ArrayValue(List<Value> targets)
          && name.equals("split")) {
        targets.forEach(target -> migrated(target, inner));
      } else {
        text(arguments, field, path).ifPresent(text -> migrated(new StringValue(text), inner));
      }
    }
  }

  private void migrated(Value field, List<Object> path) {
    if (!(field instanceof StringValue(String text))) {
      mismatch(path, "String", field);
    } else if (text.isEmpty()) {
      failures.add(ConstraintFailure.at(path, "Value cannot be empty."));
    } else if (FieldPaths.read(text).isEmpty()) {
      failures.add(
          ConstraintFailure.at(path, "Value `" + text + "` is not a valid FQL path expression."));
    }
  }

  // --- indexes and constraints ----------------------------------------------------------------

  private void order(Value order, List<Object> path) {
    boolean fine =
        order == null
            || (order instanceof StringValue(String text)
                && (text.equals("asc") || text.equals("desc")));
    if (!fine) {
      String provided =
          order instanceof StringValue(String text)
              ? Text.quote(text)
              : ProvidedTypes.describe(order);
      failures.add(
          ConstraintFailure.at(path, "Expected \"asc\" | \"desc\" | Null, provided " + provided));
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
      List<Object> path = List.of("constraints", i);
      if (constraints.get(i) instanceof ObjectValue constraint) {
        unique(constraint.get("unique"), FunctionRules.with(path, "unique"), uniques);
        status(constraint, knownConstraint(constraint), path);
        if (constraint.get("check") instanceof ObjectValue check) {
          check(check, FunctionRules.with(path, "check"), checks);
        }
      }
    }
  }

  /** The state of indexes and constraints is what the database makes it. */
  private void status(ObjectValue given, ObjectValue known, List<Object> path) {
    Value status = given.get("status");
    if (status != null && (known == null || !status.equals(known.get("status")))) {
      failures.add(
          ConstraintFailure.at(
              FunctionRules.with(path, "status"), "Failed to update field because it is readonly"));
    }
  }

  private ObjectValue knownConstraint(ObjectValue constraint) {
    if (before != null && before.get("constraints") instanceof ArrayValue(List<Value> known)) {
      for (Value element : known) {
        if (element instanceof ObjectValue object
            && object.has("unique")
            && object.get("unique").equals(constraint.get("unique"))) {
          return object;
        }
      }
    }
    return null;
  }

  private ObjectValue knownIndex(String name) {
    return before != null
            && before.get("indexes") instanceof ObjectValue indexes
            && indexes.get(name) instanceof ObjectValue known
        ? known
        : null;
  }

  private void check(ObjectValue check, List<Object> path, Set<String> names) {
    if (check.get("name") instanceof StringValue(String name)) {
      Names.invalid(name)
          .ifPresent(
              problem ->
                  failures.add(ConstraintFailure.at(FunctionRules.with(path, "name"), problem)));
      if (!names.add(name)) {
        ofWhole.add(
            ConstraintFailure.of("constraints", "Duplicate check constraint name '" + name + "'"));
      }
    }
    FunctionRules.checkFunction(
        check.get("body"), Set.of(1), FunctionRules.with(path, "body"), failures);
  }

  private void unique(Value terms, List<Object> path, Set<List<List<Object>>> known) {
    if (!(terms instanceof ArrayValue(List<Value> given)) || isMixed(given)) {
      return;
    }
    if (given.isEmpty()) {
      ofWhole.add(
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
      ofWhole.add(
          ConstraintFailure.of(
              "constraints",
              "Duplicate unique constraint on path "
                  + given.stream()
                      .map(CollectionRules::text)
                      .map(CollectionRules::canonical)
                      .toList()));
    }
  }

  private static boolean isMixed(List<Value> terms) {
    long texts = terms.stream().filter(StringValue.class::isInstance).count();
    long objects =
        terms.stream()
            .filter(
                term ->
                    term instanceof ObjectValue object
                        && object.get("field") instanceof StringValue)
            .count();
    return texts != terms.size() && objects != terms.size();
  }

  private static String canonical(String path) {
    return FieldPaths.read(path).map(FieldPath::text).orElse(path);
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
