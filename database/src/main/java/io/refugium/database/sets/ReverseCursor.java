package io.refugium.database.sets;

/** A set in opposite order: its inner cursor walks the other way. */
record ReverseCursor(EntryCursor inner) implements EntryCursor {
  @Override
  public Shape shape() {
    return inner.shape().reversed();
  }

  @Override
  public boolean next() {
    return inner.next();
  }

  @Override
  public Entry entry() {
    return inner.entry();
  }

  @Override
  public void seek(Bound bound) {
    inner.seek(bound.reversed());
  }

  @Override
  public void close() {
    inner.close();
  }
}
