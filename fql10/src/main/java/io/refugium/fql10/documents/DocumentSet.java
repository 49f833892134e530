package io.refugium.fql10.documents;

import io.refugium.access.ReadTime;
import io.refugium.database.document.DocumentScan;
import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FieldTest;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.sets.Sources;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;

/**
 * The documents of a collection by id, as far as they may be read.
 *
 * @param from the smallest id, inclusive
 * @param to the largest id, inclusive
 * @param ranged whether the query named a range
 * @param readTime when it is read, or {@link QueryContext#NOW}
 */
record DocumentSet(
    int collection, long from, long to, boolean ranged, boolean descending, long readTime)
    implements StoredSet {

  static DocumentSet all(int collection, long readTime) {
    return new DocumentSet(collection, 0, Long.MAX_VALUE, false, false, readTime);
  }

  @Override
  public Elements open(QueryContext context, Value position) {
    ReadTime at = StoredSets.readTime(context, readTime);
    StoredDocuments documents = StoredDocuments.of(context);
    DocumentScan scan =
        documents
            .session()
            .v10()
            .scan(collection, at, descending ? Direction.DESCENDING : Direction.ASCENDING);
    return new Reading(scan, position);
  }

  @Override
  public Elements open(QueryContext context, Value position, List<FieldTest> tests) {
    if (tests.isEmpty()
        || ranged
        || readTime != QueryContext.NOW
        || !SystemCollections.isUser(collection)) {
      return open(context, position);
    }
    return IndexedSearch.of(context, collection, tests)
        .flatMap(search -> search.open(position, descending))
        .orElseGet(() -> open(context, position));
  }

  // A set that has a range loses its elements when it is reversed twice: see the specification.
  @Override
  public SetValue reversed() {
    if (!descending) {
      return new DocumentSet(collection, from, to, ranged, true, readTime);
    }
    return ranged ? new Sources.ArraySet(List.of()) : this;
  }

  @Override
  public Value recipe() {
    return ArrayValue.of(
        new LongValue(StoredSets.DOCUMENTS),
        new LongValue(collection),
        new LongValue(from),
        new LongValue(to),
        BooleanValue.of(ranged),
        BooleanValue.of(descending),
        new LongValue(readTime));
  }

  @Override
  public String notStreamable() {
    if (!SystemCollections.isUser(collection)) {
      return "only collections and user defined indexes are streamable.";
    }
    return StoredSets.notStreamable(ranged, descending, readTime);
  }

  @Override
  public void requireSomeRead(QueryContext context) {
    StoredSets.requireSomeRead(context, collection, null);
  }

  @Override
  public List<List<Object>> uncovered(List<List<Object>> paths) {
    return List.of();
  }

  @Override
  public String indexName() {
    return "";
  }

  @Override
  public String collectionName(QueryContext context) {
    return StoredSets.collectionName(context, collection);
  }

  @Override
  public List<List<Value>> entriesOf(QueryContext context, Ref document) {
    return StoredSets.seen(context, document) == null ? List.of() : List.of(List.of());
  }

  /** The scan as elements; the position is the id of the last one. */
  private final class Reading implements Elements {
    private final DocumentScan scan;
    private Value position;
    private Ref ahead;

    Reading(DocumentScan scan, Value position) {
      this.scan = scan;
      this.position = position;
      if (position == null) {
        if (ranged) {
          scan.seek(descending ? to : from);
        }
      } else if (position instanceof LongValue(long last)) {
        seekPast(last);
      } else {
        throw Errors.invalidCursor();
      }
    }

    private void seekPast(long last) {
      if (descending && last > Long.MIN_VALUE) {
        scan.seek(last - 1);
      } else if (!descending && last < Long.MAX_VALUE) {
        scan.seek(last + 1);
      }
    }

    @Override
    public Value next() {
      Ref ref = peek();
      if (ref == null) {
        return null;
      }
      ahead = null;
      position = new LongValue(ref.id());
      return readTime == QueryContext.NOW ? ref : DocumentValue.at(ref, readTime);
    }

    @Override
    public boolean hasMore() {
      return peek() != null;
    }

    @Override
    public Value position() {
      return position;
    }

    private Ref peek() {
      if (ahead == null && scan.next()) {
        Ref ref = scan.ref();
        ahead = ranged && (ref.id() < from || ref.id() > to) ? null : ref;
      }
      return ahead;
    }
  }
}
