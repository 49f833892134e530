package io.refugium.fql10.runtime;

import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reference to a document that says more than a {@link Ref}: by which name it is known, at which
 * time it is read, or what it contained when a secret was made with it. A plain {@code Ref} is a
 * document too, read wherever the query reads.
 *
 * @param collection the internal id of the collection
 * @param ref the document; null if only its name is known
 * @param name the name by which it was asked for; null if it was asked for by id
 * @param readTime when it is read, in microseconds, or {@link QueryContext#NOW}
 * @param deleted whether it was returned by {@code delete()}
 * @param frozen what it shows instead of what is stored; null for nearly all
 * @param covered what is known of its fields from the index it was found in; null if nothing
 */
public record DocumentValue(
    int collection,
    Ref ref,
    String name,
    long readTime,
    boolean deleted,
    ObjectValue frozen,
    Covered covered)
    implements QueryValue {

  /**
   * Which fields an index holds.
   *
   * @param terms what was looked up in it
   * @param places where in an entry a field is found: terms, then values
   */
  public record Covering(List<Value> terms, Map<String, Integer> places) {
    /** A field as an entry with these values tells it; null if it does not. */
    Value field(String name, List<Value> values) {
      Integer place = places.get(name);
      if (place == null) {
        return null;
      }
      Value value = place < terms.size() ? terms.get(place) : values.get(place - terms.size());
      // Only scalars are as they were stored.
      return value instanceof ObjectValue || value instanceof ArrayValue ? null : value;
    }
  }

  /**
   * What the entry of an index tells, so that it need not be read.
   *
   * @param values of the entry
   * @param epoch what must not have changed since: see the documents of the query
   * @param origin where it was found, for performance hints; null unless they are wanted
   */
  public record Covered(Covering covering, List<Value> values, long epoch, Origin origin) {
    /** A field of the document; null if it has to be read. */
    public Value field(String name) {
      return covering.field(name, values);
    }
  }

  /**
   * The index that a document was found in.
   *
   * @param index its name, after that of the collection
   * @param fields the names of the fields that it holds
   * @param call the argument list of the look-up
   */
  public record Origin(String index, Set<String> fields, Span call) {
    boolean covers(String field) {
      return fields.contains(field);
    }
  }

  /** A document found in an index. */
  public static DocumentValue found(Ref ref, Covered covered) {
    return new DocumentValue(ref.collection(), ref, null, QueryContext.NOW, false, null, covered);
  }

  /** A document as it was at a time. */
  public static DocumentValue at(Ref ref, long readTime) {
    return new DocumentValue(ref.collection(), ref, null, readTime, false, null, null);
  }

  /**
   * A document of a native collection by its name.
   *
   * @param ref the document of this name; null if there is none
   */
  public static DocumentValue named(int collection, String name, Ref ref, long readTime) {
    return new DocumentValue(collection, ref, name, readTime, false, null, null);
  }

  /** A document that has just been deleted. */
  public DocumentValue asDeleted() {
    return new DocumentValue(collection, ref, name, readTime, true, null, null);
  }

  /** A document that shows these fields for the rest of the query. */
  public static DocumentValue frozen(Ref ref, ObjectValue fields) {
    return new DocumentValue(ref.collection(), ref, null, QueryContext.NOW, false, fields, null);
  }

  @Override
  public Kind kind() {
    return Kind.DOCUMENT;
  }
}
