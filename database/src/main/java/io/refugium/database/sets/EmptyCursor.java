package io.refugium.database.sets;

/** A set without entries. */
record EmptyCursor(Shape shape) implements EntryCursor {
  @Override
  public boolean next() {
    return false;
  }

  @Override
  public Entry entry() {
    throw new IllegalStateException("no entry");
  }

  @Override
  public void seek(Bound bound) {}

  @Override
  public void close() {}
}
