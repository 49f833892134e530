package io.refugium.fql4.language;

import io.refugium.model.Ref;

/** A database in which nothing has been defined. */
public class EmptySchema implements Names {
  @Override
  public Ref find(long scope, int kind, String name) {
    return null;
  }

  @Override
  public String nameOf(Ref schemaObject) {
    return null;
  }

  @Override
  public long scope() {
    return Ref.ROOT;
  }

  @Override
  public Ref database(long scope) {
    return null;
  }

  @Override
  public Long scopeOf(Ref database) {
    return null;
  }

  @Override
  public Ref self(Ref collection) {
    return null;
  }

  @Override
  public Shape shapeOf(Ref index) {
    return Shape.REFS;
  }
}
