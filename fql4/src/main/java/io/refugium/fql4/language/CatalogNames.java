package io.refugium.fql4.language;

import io.refugium.database.catalog.Catalog;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;

/** Names in one version of the schema, without anybody who asks: what index bindings see. */
public final class CatalogNames implements Names {
  private final Catalog catalog;

  public CatalogNames(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Ref find(long scope, int kind, String name) {
    return scope == catalog.scope() && kind != SystemCollections.DATABASE
        ? catalog.byName(kind, name)
        : null;
  }

  @Override
  public String nameOf(Ref schemaObject) {
    return catalog.nameOf(schemaObject);
  }

  @Override
  public long scope() {
    return catalog.scope();
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
    return Shape.UNKNOWN;
  }
}
