package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;

/** The part of a set between two gaps. Positions outside count as those gaps. */
final class RangeCursor implements EntryCursor {
  private final EntryCursor inner;
  private final Bound from;
  private final Bound to;
  private final boolean ascending;
  private boolean started;
  private Entry current;

  RangeCursor(EntryCursor inner, List<Value> from, List<Value> to, Direction direction) {
    this.inner = inner;
    this.from = Bound.before(from);
    this.to = Bound.after(to);
    this.ascending = direction == Direction.ASCENDING;
  }

  @Override
  public Shape shape() {
    return inner.shape();
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      inner.seek(ascending ? from : to);
    }
    if (!inner.next()) {
      return false;
    }
    current = inner.entry();
    return ascending ? shape().compare(current, to) < 0 : shape().compare(current, from) > 0;
  }

  @Override
  public Entry entry() {
    return current;
  }

  @Override
  public void seek(Bound bound) {
    started = true;
    Bound limit = ascending ? from : to;
    int order = shape().compare(bound, limit);
    boolean inside = ascending ? order > 0 : order < 0;
    inner.seek(inside ? bound : limit);
  }

  @Override
  public void close() {
    inner.close();
  }
}
