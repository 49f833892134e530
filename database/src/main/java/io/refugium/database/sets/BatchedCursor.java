package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * A set read in small batches, with nothing open in between: for joins, which walk over many sets
 * at once.
 */
final class BatchedCursor implements EntryCursor {
  private static final int FIRST_BATCH = 4;
  private static final int MAX_BATCH = 128;

  private final SetPlan plan;
  private final ReadContext context;
  private final Direction direction;
  private final Shape shape;
  private List<Entry> batch;
  private int next;
  private int size = FIRST_BATCH;
  private boolean exhausted;

  /** Behind what was read so far; null at the beginning. */
  private Bound position;

  private Entry current;

  BatchedCursor(SetPlan plan, ReadContext context, Direction direction) {
    this.plan = plan;
    this.context = context;
    this.direction = direction;
    this.batch = List.of();
    this.shape = shape(plan, context, direction);
  }

  private static Shape shape(SetPlan plan, ReadContext context, Direction direction) {
    Shape known = plan.shape(context);
    if (known != null) {
      return known;
    }
    try (EntryCursor cursor = plan.open(context, direction)) {
      return cursor.shape();
    }
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean next() {
    if (next == batch.size() && !exhausted) {
      try (EntryCursor cursor = plan.open(context, direction)) {
        if (position != null) {
          cursor.seek(position);
        }
        read(cursor);
      }
    }
    if (next == batch.size()) {
      return false;
    }
    current = batch.get(next++);
    return true;
  }

  private void read(EntryCursor cursor) {
    context.reader().checkDeadline();
    batch = new ArrayList<>(size);
    next = 0;
    while (batch.size() < size && !exhausted) {
      if (cursor.next()) {
        batch.add(cursor.entry());
      } else {
        exhausted = true;
      }
    }
    size = Math.min(MAX_BATCH, size * 2);
    if (!batch.isEmpty()) {
      List<Value> last = batch.getLast().position();
      position = direction == Direction.ASCENDING ? Bound.after(last) : Bound.before(last);
    }
  }

  @Override
  public Entry entry() {
    return current;
  }

  @Override
  public void seek(Bound bound) {
    batch = List.of();
    next = 0;
    size = FIRST_BATCH;
    exhausted = false;
    position = bound;
  }

  @Override
  public void close() {}
}
