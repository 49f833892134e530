package io.refugium.fql10.documents;

import io.refugium.access.Operation;
import io.refugium.access.Session;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Documents as predicates and functions of other callers get them, and values on their way back.
 */
public final class InputDocuments {
  private InputDocuments() {}

  /** A document in a version that need not be the current one; the current one for null. */
  public static Value of(QueryContext context, Ref ref, Document version) {
    return version == null ? ref : of(context, ref, version.fields());
  }

  /**
   * A document that shows these stored fields: what a write is about to make of it.
   *
   * @param fields the top level fields as stored
   */
  public static Value of(QueryContext context, Ref ref, ObjectValue fields) {
    if (!SystemCollections.isUser(ref.collection())) {
      Session session = StoredDocuments.of(context).session();
      return DocumentValue.frozen(ref, SystemDocuments.shown(session, ref, fields));
    }
    ObjectValue.Builder shown = ObjectValue.builder().put(FieldNames.ID, new IdValue(ref.id()));
    if (fields.get(FieldNames.TTL) != null) {
      shown.put(FieldNames.TTL, fields.get(FieldNames.TTL));
    }
    if (fields.get(FieldNames.DATA) instanceof ObjectValue data) {
      shown.put(FieldNames.DATA, data);
      for (Map.Entry<String, Value> field : data) {
        if (!FieldNames.isHidden(field.getKey())) {
          shown.put(field.getKey(), field.getValue());
        }
      }
    }
    return DocumentValue.frozen(ref, shown.build());
  }

  /**
   * What predicates of {@code write} get as the document before: itself, which nothing has changed
   * yet; of a native collection, of which predicates may not read every one, what it holds.
   */
  public static Value stored(QueryContext context, Operation.Write write) {
    return SystemCollections.isUser(write.target().collection())
        ? write.target()
        : of(context, write.target(), write.before());
  }

  /** What predicates of {@code history_write} get. */
  public static Value[] of(Operation.HistoryWrite write) {
    return new Value[] {
      write.target(),
      TimeValue.ofMicros(write.ts()),
      new StringValue(write.change().name().toLowerCase(Locale.ROOT)),
      write.data()
    };
  }

  /**
   * The type of the first value inside that the other language has no counterpart for, such as a
   * set; null when there is none.
   */
  public static String foreignType(Value value) {
    return switch (value) {
      case ArrayValue(List<Value> elements) ->
          elements.stream()
              .map(InputDocuments::foreignType)
              .filter(Objects::nonNull)
              .findFirst()
              .orElse(null);
      case ObjectValue object -> {
        for (Map.Entry<String, Value> field : object) {
          String foreign = foreignType(field.getValue());
          if (foreign != null) {
            yield foreign;
          }
        }
        yield null;
      }
      case IdValue _, NarrowLong _, DocumentValue _ -> null;
      case QueryValue own -> Kind.isNull(own) ? null : own.typeName();
      default -> null;
    };
  }

  /** A value without what only this language knows; what has no counterpart becomes null. */
  public static Value plain(Value value) {
    return switch (value) {
      case ArrayValue array -> array.map(InputDocuments::plain);
      case ObjectValue object -> object.map(InputDocuments::plain);
      case IdValue(long id) -> new LongValue(id);
      case NarrowLong(long number) -> new LongValue(number);
      case DocumentValue document when document.ref() != null -> document.ref();
      case QueryValue ignored -> NullValue.NULL;
      default -> value;
    };
  }
}
