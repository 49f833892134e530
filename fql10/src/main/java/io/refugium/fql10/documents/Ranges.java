package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.ParameterType;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Ranges of sets, {@code { from, to }} (library specification, section 15.2). */
final class Ranges {
  private static final String FROM = "from";
  private static final String TO = "to";

  /** Lies behind all references in the order of values. */
  private static final Value BEHIND_REFERENCES = BooleanValue.TRUE;

  private Ranges() {}

  /** The struct of a range, checked to have a bound. */
  static ObjectValue range(Value argument) {
    if (argument instanceof ObjectValue range && (range.has(FROM) || range.has(TO))) {
      return range;
    }
    throw invalid("should be an object contining `{ from }`, `{ to }`, or `{ from, to }` fields");
  }

  /** The documents of a collection with ids in a range. */
  static DocumentSet documents(QueryContext context, int collection, Value argument) {
    ObjectValue range = range(argument);
    Long from = id(context, range, FROM);
    Long to = id(context, range, TO);
    return new DocumentSet(
        collection,
        from == null ? Long.MIN_VALUE : from,
        to == null ? Long.MAX_VALUE : to,
        true,
        false,
        context.readTime());
  }

  /** A bound of an index; null if the range does not have it. */
  static List<Value> bound(
      QueryContext context,
      ObjectValue range,
      boolean start,
      CollectionDef collection,
      IndexDef index) {
    String name = start ? FROM : TO;
    int count = index.values().size();
    if (!range.has(name)) {
      return null;
    }
    if (count == 0) {
      return List.of(new LongValue(id(context, range, name)));
    }
    Value given = range.get(name);
    Value stored = Storable.orNull(given);
    if (stored == null) {
      throw invalid(
          "The `" + name + "` field should be either an indexable value or an array of values");
    }
    List<Value> values =
        count > 1 && stored instanceof ArrayValue(List<Value> elements)
            ? elements
            : List.of(stored);
    if (values.size() > count) {
      throw invalid("The field `" + name + "` can have at most " + count + " values");
    }
    return inTermsOfEntries(values, collection, index);
  }

  /** The values as entries hold them: a covered id is a reference there. */
  private static List<Value> inTermsOfEntries(
      List<Value> values, CollectionDef collection, IndexDef index) {
    List<Value> bound = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      boolean id =
          index.values().get(i).extractor() instanceof IndexDef.Extractor.Path(var steps)
              && steps.equals(List.<Object>of(FieldNames.ID));
      bound.add(id ? coveredId(values.get(i), collection) : values.get(i));
    }
    return bound;
  }

  private static Value coveredId(Value value, CollectionDef collection) {
    if (value instanceof Ref) {
      return value;
    }
    if (value == NullValue.NULL) {
      return new Ref(collection.scope(), collection.id(), 0);
    }
    return ParameterType.ID.accept(value) instanceof IdValue(long id)
        ? new Ref(collection.scope(), collection.id(), id)
        : BEHIND_REFERENCES;
  }

  private static Long id(QueryContext context, ObjectValue range, String name) {
    if (!range.has(name)) {
      return null;
    }
    Value bound = range.get(name);
    Ref document =
        Kind.of(bound) == Kind.DOCUMENT ? StoredDocuments.of(context).refOf(bound) : null;
    if (document != null) {
      return document.id();
    }
    if (ParameterType.ID.accept(bound) instanceof IdValue(long id)) {
      return id;
    }
    throw invalid("The `" + name + "` field must be a document id.");
  }

  private static QueryFailure invalid(String reason) {
    return Errors.invalidArgument("range", reason);
  }
}
