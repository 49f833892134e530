package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.ParameterType;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.ArrayValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;

/** Ranges of sets, {@code { from, to }} (library specification, section 15.2). */
final class Ranges {
  private static final String FROM = "from";
  private static final String TO = "to";

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

  /** A bound of an index with so many values; null if the range does not have it. */
  static List<Value> bound(QueryContext context, ObjectValue range, boolean start, int count) {
    String name = start ? FROM : TO;
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
    return values;
  }

  private static Long id(QueryContext context, ObjectValue range, String name) {
    if (!range.has(name)) {
      return null;
    }
    Value bound = range.get(name);
    if (Kind.of(bound) == Kind.DOCUMENT) {
      return StoredDocuments.of(context).refOf(bound).id();
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
