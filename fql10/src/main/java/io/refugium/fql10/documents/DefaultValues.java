package io.refugium.fql10.documents;

import io.refugium.fql10.engine.FailureReport;
import io.refugium.fql10.runtime.ConstraintFailure;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
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
 * The default values of the fields of a collection, those of members of objects included (schema
 * specification, section 4.6).
 */
final class DefaultValues {
  /** What is put in place of a field that is not there. */
  private sealed interface Default {
    /** The value of an expression. */
    record Evaluated(Source source) implements Default {}

    /** An object with its own defaults; also applied to an object that is there. */
    record Members(Map<String, Default> fields) implements Default {}
  }

  private final Map<String, Default> fields;
  private final Schema schema;

  private DefaultValues(Map<String, Default> fields, Schema schema) {
    this.fields = fields;
    this.schema = schema;
  }

  /** Collects the fields of a collection. */
  static final class Builder {
    private final Map<String, Default> fields = new LinkedHashMap<>();
    private final Schema schema;

    Builder(Schema schema) {
      this.schema = schema;
    }

    /**
     * Adds a field.
     *
     * @param value the source of its own default value, or null
     */
    void field(String name, TypeExpression type, Value value) {
      if (value instanceof StringValue(String text)) {
        fields.put(name, new Default.Evaluated(Source.fieldDefault(name, text)));
      } else if (type instanceof TypeExpression.ObjectType object) {
        fields.put(name, members(name, object));
      }
    }

    private static Default members(String path, TypeExpression.ObjectType object) {
      Map<String, Default> members = new LinkedHashMap<>();
      for (TypeExpression.ObjectType.Field field : object.fields()) {
        String name = field.key().text();
        String inner = path + "." + name;
        if (field.defaultValue().isPresent()) {
          Expression value = field.defaultValue().get();
          members.put(name, new Default.Evaluated(Source.fieldDefault(inner, value.span().text())));
        } else if (field.type() instanceof TypeExpression.ObjectType nested) {
          members.put(name, members(inner, nested));
        }
      }
      return new Default.Members(members);
    }

    DefaultValues build() {
      return new DefaultValues(fields, schema);
    }
  }

  /** Tries the default values of a collection that is being defined. */
  static void checkDefinition(
      QueryContext context,
      Schema schema,
      ObjectValue collection,
      List<ConstraintFailure> failures) {
    if (!(collection.get("fields") instanceof ObjectValue fields)) {
      return;
    }
    Builder builder = new Builder(schema);
    for (Map.Entry<String, Value> field : fields) {
      if (field.getValue() instanceof ObjectValue definition
          && definition.get("signature") instanceof StringValue(String signature)) {
        Source source = Source.validated("signature", signature);
        if (Parser.fieldType(source, definition.has("default"))
            instanceof Parsed.Tree<TypeExpression>(TypeExpression type)) {
          addParsed(builder, field.getKey(), type, definition.get("default"), failures);
        }
      }
    }
    builder.build().complete(context, ObjectValue.EMPTY, failures);
  }

  private static void addParsed(
      Builder builder,
      String name,
      TypeExpression type,
      Value value,
      List<ConstraintFailure> failures) {
    Optional<String> errors =
        value instanceof StringValue(String text)
            ? FieldSchema.syntaxErrors(Source.fieldDefault(name, text))
            : Optional.empty();
    if (errors.isEmpty()) {
      builder.field(name, type, value);
    } else {
      failures.add(ConstraintFailure.of(name, "Default field evaluation failed.\n" + errors.get()));
    }
  }

  /** The data with default values in place of what is absent; an explicit null is not absent. */
  ObjectValue complete(QueryContext context, ObjectValue data, List<ConstraintFailure> failures) {
    return fields.isEmpty() ? data : complete(context, fields, data, List.of(), failures);
  }

  private ObjectValue complete(
      QueryContext context,
      Map<String, Default> defaults,
      ObjectValue data,
      List<Object> path,
      List<ConstraintFailure> failures) {
    ObjectValue.Builder complete = data.toBuilder();
    defaults.forEach(
        (name, value) -> {
          List<Object> inner = new ArrayList<>(path);
          inner.add(name);
          switch (value) {
            case Default.Evaluated(Source source) -> {
              if (!data.has(name)) {
                complete.put(name, evaluate(context, source, inner, failures));
              }
            }
            case Default.Members(Map<String, Default> members) -> {
              Value given = data.has(name) ? data.get(name) : ObjectValue.EMPTY;
              if (given instanceof ObjectValue object) {
                complete.put(name, complete(context, members, object, inner, failures));
              }
            }
          }
        });
    return complete.build();
  }

  private Value evaluate(
      QueryContext context, Source source, List<Object> path, List<ConstraintFailure> failures) {
    try {
      Value value = schema.evaluateConstant(context, source);
      Value stored = Storable.orNull(value);
      if (stored != null) {
        return stored;
      }
      failures.add(
          ConstraintFailure.at(
              path,
              "Default field evaluation failed.\nValue has type "
                  + typeOf(value)
                  + ", which cannot be persisted"));
      return NullValue.NULL;
    } catch (QueryFailure failure) {
      failures.add(
          ConstraintFailure.at(
              path, "Default field evaluation failed.\n" + FailureReport.render(failure)));
      return NullValue.NULL;
    }
  }

  private static String typeOf(Value value) {
    return value instanceof FunctionValue f && f.plain() instanceof Lambda
        ? "Lambda"
        : Kind.typeName(value);
  }
}
