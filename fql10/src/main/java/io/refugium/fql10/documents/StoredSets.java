package io.refugium.fql10.documents;

import io.refugium.access.AccessException;
import io.refugium.access.ReadTime;
import io.refugium.access.Session;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.ErrorCode;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;

/** Makes sets of documents and index entries again from their recipes in cursors. */
public final class StoredSets {
  static final long DOCUMENTS = 0;
  static final long INDEX = 1;

  private StoredSets() {}

  /**
   * The set of a recipe.
   *
   * @throws QueryFailure {@code invalid_cursor} if it is none, or what it names does not exist
   */
  public static SetValue open(Schema schema, Value recipe) {
    if (!(recipe instanceof ArrayValue(List<Value> parts)) || parts.isEmpty()) {
      throw Errors.invalidCursor();
    }
    if (parts.getFirst().equals(new LongValue(DOCUMENTS)) && parts.size() == 7) {
      return new DocumentSet(
          (int) number(parts.get(1)),
          number(parts.get(2)),
          number(parts.get(3)),
          truth(parts.get(4)),
          truth(parts.get(5)),
          number(parts.get(6)));
    }
    if (parts.getFirst().equals(new LongValue(INDEX)) && parts.size() == 8) {
      return index(schema, parts);
    }
    throw Errors.invalidCursor();
  }

  private static SetValue index(Schema schema, List<Value> parts) {
    CollectionDef collection = schema.catalog().collection((int) number(parts.get(1)));
    if (collection == null || !(parts.get(2) instanceof StringValue(String name))) {
      throw Errors.invalidCursor();
    }
    CollectionDef.NamedIndex index = collection.namedIndexes().get(name);
    if (index == null) {
      throw Errors.invalidCursor();
    }
    return new IndexSet(
        collection,
        index,
        list(parts.get(3)),
        orNull(parts.get(4)),
        orNull(parts.get(5)),
        truth(parts.get(6)),
        number(parts.get(7)),
        null);
  }

  private static List<Value> orNull(Value value) {
    return value == NullValue.NULL ? null : list(value);
  }

  private static List<Value> list(Value value) {
    if (value instanceof ArrayValue(List<Value> values)) {
      return values;
    }
    throw Errors.invalidCursor();
  }

  private static long number(Value value) {
    if (value instanceof LongValue(long number)) {
      return number;
    }
    throw Errors.invalidCursor();
  }

  private static boolean truth(Value value) {
    if (value instanceof BooleanValue truth) {
      return truth.value();
    }
    throw Errors.invalidCursor();
  }

  /**
   * When a set is read that was made at this time: a set of the present goes by the time of the
   * query.
   */
  static ReadTime readTime(QueryContext context, long readTime) {
    if (readTime != QueryContext.NOW) {
      return ReadTime.at(readTime);
    }
    return context.isContinuing()
        ? ReadTime.ofQuery(context.readTime())
        : ReadTime.at(context.readTime());
  }

  /**
   * Fails unless something allows reading documents of a collection.
   *
   * @param place where that is reported; null for the call that reads
   */
  static void requireSomeRead(QueryContext context, int collection, Span place) {
    Session session = StoredDocuments.of(context).session();
    CollectionDef definition = session.catalog().collection(collection);
    if (definition == null) {
      return;
    }
    try {
      session.v10().requireSomeRead(definition);
    } catch (AccessException.CollectionDenied denied) {
      QueryFailure failure = QueryFailure.of(ErrorCode.PERMISSION_DENIED, denied.getMessage());
      throw place == null ? failure : failure.at(place).withoutCallers();
    }
  }

  /** A document as it is for whoever asks; null if it cannot be seen. */
  static Document seen(QueryContext context, Ref document) {
    return StoredDocuments.of(context).session().v10().read(document, ReadTime.NOW).orNull();
  }

  static String collectionName(QueryContext context, int collection) {
    CollectionDef definition =
        StoredDocuments.of(context).session().catalog().collection(collection);
    return definition == null ? "" : definition.name();
  }

  /** Why no events can be had of a stored set (library specification, section 14); or null. */
  static String notStreamable(boolean ranged, boolean descending, long readTime) {
    if (readTime != QueryContext.NOW) {
      return "streaming is not supported for sets created within an `at()` expression.";
    }
    if (descending) {
      return "streaming is not supported on sets that have been reversed.";
    }
    return ranged ? "range queries are not supported yet, use `.where()` method instead." : null;
  }
}
