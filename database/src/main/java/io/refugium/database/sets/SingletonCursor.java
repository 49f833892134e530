package io.refugium.database.sets;

import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import java.util.List;

/** One document, if it exists. Whether it does is asked when the walk comes to it. */
final class SingletonCursor implements EntryCursor {
  private final ReadContext context;
  private final Entry entry;
  private final boolean ascending;
  private boolean ahead = true;

  SingletonCursor(SetPlan plan, ReadContext context, Ref ref, Direction direction) {
    this.context = context;
    this.entry = new Entry(List.of(), ref, List.of(plan));
    this.ascending = direction == Direction.ASCENDING;
  }

  @Override
  public Shape shape() {
    return Shape.DOCUMENTS;
  }

  @Override
  public boolean next() {
    boolean found = ahead && context.reader().exists(entry.ref(), context.at());
    ahead = false;
    return found;
  }

  @Override
  public Entry entry() {
    return entry;
  }

  @Override
  public void seek(Bound bound) {
    ahead = shape().compare(entry, bound) > 0 == ascending;
  }

  @Override
  public void close() {}
}
