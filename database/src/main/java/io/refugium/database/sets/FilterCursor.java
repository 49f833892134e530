package io.refugium.database.sets;

/** The entries of a set that satisfy a predicate. */
final class FilterCursor implements EntryCursor {
  private final ReadContext context;
  private final EntryCursor inner;
  private final SetPlan.EntryPredicate predicate;
  private Entry current;

  FilterCursor(ReadContext context, EntryCursor inner, SetPlan.EntryPredicate predicate) {
    this.context = context;
    this.inner = inner;
    this.predicate = predicate;
  }

  @Override
  public Shape shape() {
    return inner.shape();
  }

  @Override
  public boolean next() {
    while (inner.next()) {
      context.reader().checkDeadline();
      current = inner.entry();
      if (predicate.test(context, current)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Entry entry() {
    return current;
  }

  @Override
  public void seek(Bound bound) {
    inner.seek(bound);
  }

  @Override
  public void close() {
    inner.close();
  }
}
