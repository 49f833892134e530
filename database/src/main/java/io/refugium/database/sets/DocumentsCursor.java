package io.refugium.database.sets;

import io.refugium.database.document.DocumentScan;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import io.refugium.storage.Direction;
import java.util.List;

/** The documents of a collection, straight from their scan. */
final class DocumentsCursor implements EntryCursor {
  private final DocumentScan scan;
  private final List<SetPlan> source;
  private final long scope;
  private final int collection;
  private final boolean ascending;
  private boolean beyondAll;

  DocumentsCursor(
      SetPlan plan, DocumentScan scan, long scope, int collection, Direction direction) {
    this.scan = scan;
    this.source = List.of(plan);
    this.scope = scope;
    this.collection = collection;
    this.ascending = direction == Direction.ASCENDING;
  }

  @Override
  public Shape shape() {
    return Shape.DOCUMENTS;
  }

  @Override
  public boolean next() {
    return !beyondAll && scan.next();
  }

  @Override
  public Entry entry() {
    return new Entry(List.of(), scan.ref(), source);
  }

  @Override
  public void seek(Bound bound) {
    if (bound.components().isEmpty()) {
      seekAll((bound.edge() == Bound.Edge.BEFORE) == ascending);
    } else if (bound.components().getFirst() instanceof Ref ref) {
      seek(ref, bound.edge());
    } else {
      Value other = bound.components().getFirst();
      boolean beforeAll = ValueOrder.INSTANCE.compare(other, new Ref(scope, collection, 0)) < 0;
      seekAll(beforeAll == ascending);
    }
  }

  /** To the very beginning in the direction of the walk, or to its end. */
  private void seekAll(boolean everything) {
    beyondAll = !everything;
    if (everything) {
      scan.seek(ascending ? Long.MIN_VALUE : Long.MAX_VALUE);
    }
  }

  private void seek(Ref ref, Bound.Edge edge) {
    int order = ValueOrder.compareRefs(new Ref(scope, collection, ref.id()), ref);
    if (order == 0) {
      order = edge == Bound.Edge.BEFORE ? 1 : -1;
    }
    boolean included = order > 0 == ascending;
    long last = ascending ? Long.MAX_VALUE : Long.MIN_VALUE;
    beyondAll = !included && ref.id() == last;
    if (!beyondAll) {
      long neighbour = included ? 0 : ascending ? 1 : -1;
      scan.seek(ref.id() + neighbour);
    }
  }

  @Override
  public void close() {
    scan.close();
  }
}
