package io.refugium.database.sets;

import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import io.refugium.storage.Direction;
import java.util.List;

/** The entries of an index, straight from its scan. */
final class IndexCursor implements EntryCursor {
  /** Any reference: what another kind of value in its place is compared with. */
  private static final Ref SOME_REF = new Ref(0, 0, 0);

  private final Shape shape;
  private final IndexScan scan;
  private final List<SetPlan> source;

  IndexCursor(SetPlan.Match match, Shape shape, ReadContext context, Direction direction) {
    this.shape = shape;
    this.scan = context.reader().scan(match.index(), match.terms(), context.at(), direction);
    this.source = List.of(match);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean next() {
    return scan.next();
  }

  @Override
  public Entry entry() {
    return new Entry(scan.values(), scan.ref(), source);
  }

  @Override
  public void seek(Bound bound) {
    scan.seek(position(bound));
  }

  private Position position(Bound bound) {
    List<Value> components = bound.components();
    if (components.size() <= shape.values()) {
      return position(components, null, bound.edge() == Bound.Edge.BEFORE);
    }
    List<Value> values = components.subList(0, shape.values());
    Value last = components.get(shape.values());
    if (last instanceof Ref ref) {
      return position(values, ref, bound.edge() == Bound.Edge.BEFORE);
    }
    return position(values, null, ValueOrder.INSTANCE.compare(last, SOME_REF) < 0);
  }

  private static Position position(List<Value> values, Ref ref, boolean before) {
    return before ? Position.before(values, ref) : Position.after(values, ref);
  }

  @Override
  public void close() {
    scan.close();
  }
}
