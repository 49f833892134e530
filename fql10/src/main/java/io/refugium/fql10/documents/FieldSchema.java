package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The defined fields of a collection: their types and defaults (schema specification, sections 4.3
 * to 4.6). Made once for each version of the schema.
 */
final class FieldSchema {
  private final FieldType.Struct type;
  private final FieldType.Struct lenient;
  private final DefaultValues defaults;

  private FieldSchema(FieldType.Struct type, DefaultValues defaults) {
    this.type = type;
    this.lenient = type.lenient();
    this.defaults = defaults;
  }

  private record Key(int collection) {}

  static FieldSchema of(CollectionDef collection, Schema schema) {
    return schema.catalog().memo(new Key(collection.id()), () -> read(collection, schema));
  }

  private static FieldSchema read(CollectionDef collection, Schema schema) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    Set<String> defaulted = new HashSet<>();
    DefaultValues.Builder defaults = new DefaultValues.Builder(schema);
    for (Map.Entry<String, Value> field : collection.fields()) {
      if (field.getValue() instanceof ObjectValue definition) {
        String name = field.getKey();
        TypeExpression expression = expression(definition);
        FieldType type = FieldType.of(expression, schema::collectionId);
        fields.put(name, type);
        boolean own = definition.get("default") instanceof StringValue;
        if (own || FieldType.isDefaulted(type)) {
          defaulted.add(name);
        }
        defaults.field(name, expression, definition.get("default"));
      }
    }
    boolean open = collection.fields().isEmpty() || collection.wildcard() != null;
    Optional<FieldType> wildcard =
        open ? Optional.of(new FieldType.Scalar("Any")) : Optional.empty();
    return new FieldSchema(new FieldType.Struct(fields, wildcard, defaulted), defaults.build());
  }

  /** The type of a field as written; it was checked when it was. */
  private static TypeExpression expression(ObjectValue definition) {
    String signature =
        definition.get("signature") instanceof StringValue(String text) ? text : "Any";
    Source source = Source.validated("signature", signature);
    return Parser.fieldType(source, definition.has("default"))
        .orThrow(errors -> new IllegalStateException("stored type: " + signature));
  }

  /**
   * The data of a new or replaced document: with defaults, checked, without nulls.
   *
   * @param known what is wrong with the types of other fields, told together with those of the data
   * @param failure the message if the data is refused
   */
  ObjectValue complete(
      QueryContext context, ObjectValue data, List<ConstraintFailure> known, String failure) {
    List<ConstraintFailure> failures = new ArrayList<>();
    ObjectValue complete = defaults.complete(context, data, failures);
    failIfAny(failure, failures);
    return check(complete, known, failure);
  }

  /** The data of a changed document, checked and without nulls; see {@link #complete}. */
  ObjectValue check(ObjectValue data, List<ConstraintFailure> known, String failure) {
    List<ConstraintFailure> failures = new ArrayList<>(known);
    failures.addAll(failures(type, data));
    failIfAny(failure, failures);
    return Storable.withoutNulls(data);
  }

  /** What is wrong with data from a language without default values. */
  List<ConstraintFailure> checkLeniently(ObjectValue data) {
    return failures(lenient, data);
  }

  private static List<ConstraintFailure> failures(FieldType.Struct type, ObjectValue data) {
    List<ConstraintFailure> failures = new ArrayList<>();
    if (!type.fields().isEmpty()) {
      type.check(data, List.of(), failures);
    }
    return failures.stream().map(FieldSchema::shown).toList();
  }

  // Fields whose names mean something else on a document are shown under data.
  private static ConstraintFailure shown(ConstraintFailure failure) {
    List<Object> path = failure.paths().isEmpty() ? List.of() : failure.paths().getFirst();
    boolean ambiguous =
        !path.isEmpty()
            && path.getFirst() instanceof String name
            && (name.equals(FieldNames.ID)
                || name.equals(FieldNames.TS)
                || name.equals(FieldNames.TTL));
    if (!ambiguous) {
      return failure;
    }
    List<Object> longer = new ArrayList<>(path);
    longer.addFirst(FieldNames.DATA);
    return ConstraintFailure.at(longer, failure.message());
  }

  private static void failIfAny(String message, List<ConstraintFailure> failures) {
    if (!failures.isEmpty()) {
      throw QueryFailure.constraint(message, failures);
    }
  }

  /** The errors in a text that should be an expression, rendered; empty if there are none. */
  static Optional<String> syntaxErrors(Source source) {
    return Parser.query(source) instanceof Parsed.Failed<Expression> failed
        ? Optional.of(DiagnosticRenderer.render(failed.errors().getFirst()))
        : Optional.empty();
  }
}
