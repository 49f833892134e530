package io.refugium.fql10.runtime;

import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;

/** A set whose elements come from the store: documents of a collection or entries of an index. */
public interface StoredSet extends SetValue {
  @Override
  default boolean isUnbounded() {
    return true;
  }

  /**
   * Starts to read for somebody who keeps only what passes some tests, in this order. Elements that
   * do not pass may be left out; all others come in the order of the set, and positions are as
   * ever.
   */
  default Elements open(QueryContext context, Value position, List<FieldTest> tests) {
    return open(context, position);
  }

  /** A storable description from which {@link Environment#storedSet} makes an equal set. */
  Value recipe();

  /** Why no event source can be made of it; null if one can. */
  String notStreamable();

  /**
   * Fails if the caller has no right to read anything in it.
   *
   * @throws QueryFailure {@code permission_denied}
   */
  void requireSomeRead(QueryContext context);

  /**
   * Of the paths to fields, those whose changes cannot be seen in it.
   *
   * @return empty if all can
   */
  List<List<Object>> uncovered(List<List<Object>> paths);

  /** The name of the index, if it is one; else empty. */
  String indexName();

  /** The internal id of the collection whose documents it has. */
  int collection();

  /** The name of that collection. */
  String collectionName(QueryContext context);

  /**
   * The entries that a document has in it where the context reads; empty if it is not in the set or
   * cannot be seen. A set of all documents has one entry without values for each.
   */
  List<List<Value>> entriesOf(QueryContext context, Ref document);
}
