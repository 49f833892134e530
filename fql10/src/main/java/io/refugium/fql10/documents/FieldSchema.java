package io.refugium.fql10.documents;

import io.refugium.database.CollectionDef;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.engine.FailureReport;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The defined fields of a collection: their types and defaults (schema specification, sections 4.3
 * to 4.6). Made once for each version of the schema.
 */
final class FieldSchema {
  private final FieldType.Struct type;
  private final Map<String, Source> defaults;
  private final Schema schema;

  private FieldSchema(FieldType.Struct type, Map<String, Source> defaults, Schema schema) {
    this.type = type;
    this.defaults = defaults;
    this.schema = schema;
  }

  private record Key(int collection) {}

  static FieldSchema of(CollectionDef collection, Schema schema) {
    return schema.catalog().memo(new Key(collection.id()), () -> read(collection, schema));
  }

  private static FieldSchema read(CollectionDef collection, Schema schema) {
    Map<String, FieldType> fields = new LinkedHashMap<>();
    Map<String, Source> defaults = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : collection.fields()) {
      String name = field.getKey();
      if (field.getValue() instanceof ObjectValue definition) {
        fields.put(name, fieldType(definition, schema));
        if (definition.get("default") instanceof StringValue(String text)) {
          defaults.put(name, Source.fieldDefault(name, text));
        }
      }
    }
    boolean open = collection.fields().isEmpty() || collection.wildcard() != null;
    Optional<FieldType> wildcard =
        open ? Optional.of(new FieldType.Scalar("Any")) : Optional.empty();
    return new FieldSchema(new FieldType.Struct(fields, wildcard), defaults, schema);
  }

  private static FieldType fieldType(ObjectValue definition, Schema schema) {
    String signature =
        definition.get("signature") instanceof StringValue(String text) ? text : "Any";
    return switch (Parser.type(Source.validated("signature", signature))) {
      case Parsed.Tree<TypeExpression>(TypeExpression expression) ->
          FieldType.of(expression, schema::collectionId);
      case Parsed.Failed<TypeExpression> ignored -> new FieldType.Scalar("Any");
    };
  }

  /**
   * The data of a new or replaced document: with defaults, checked, without nulls.
   *
   * @param failure the message if the data is refused
   */
  ObjectValue complete(QueryContext context, ObjectValue data, String failure) {
    ObjectValue.Builder complete = data.toBuilder();
    List<ConstraintFailure> failures = new ArrayList<>();
    defaults.forEach(
        (name, source) -> {
          if (!data.has(name)) {
            complete.put(name, defaultOf(context, name, source, failures));
          }
        });
    failIfAny(failure, failures);
    return check(complete.build(), failure);
  }

  /** The data of a changed document, checked and without nulls. */
  ObjectValue check(ObjectValue data, String failure) {
    List<ConstraintFailure> failures = new ArrayList<>();
    if (!type.fields().isEmpty()) {
      type.check(data, List.of(), failures);
    }
    failIfAny(failure, failures.stream().map(FieldSchema::shown).toList());
    return Storable.withoutNulls(data);
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

  private Value defaultOf(
      QueryContext context, String name, Source source, List<ConstraintFailure> failures) {
    try {
      Value value =
          context.limited(EffectLimit.DEFAULT_VALUES, () -> schema.evaluate(context, source));
      return Storable.value(value, name);
    } catch (QueryFailure failure) {
      failures.add(
          ConstraintFailure.of(
              name, "Default field evaluation failed.\n" + FailureReport.render(failure)));
      return NullValue.NULL;
    }
  }

  /** The errors in a text that should be an expression, rendered; empty if there are none. */
  static Optional<String> syntaxErrors(Source source) {
    return Parser.query(source) instanceof Parsed.Failed<Expression> failed
        ? Optional.of(DiagnosticRenderer.render(failed.errors().getFirst()))
        : Optional.empty();
  }
}
