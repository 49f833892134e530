package io.refugium.fql4.language;

import io.refugium.access.Session;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.IndexDef;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.List;

/** Names in the schema that a session sees: as it was before the query, but for databases. */
public final class SessionNames implements Names {
  private final Session session;

  public SessionNames(Session session) {
    this.session = session;
  }

  @Override
  public Ref find(long scope, int kind, String name) {
    if (kind == SystemCollections.DATABASE) {
      return session.byName(scope, kind, name);
    }
    Catalog catalog = session.catalog(scope);
    return catalog == null ? null : catalog.byName(kind, name);
  }

  /**
   * What this query has named so far comes first: the name of an object that it made or renamed is
   * the new one.
   */
  @Override
  public String nameOf(Ref schemaObject) {
    if (schemaObject.collection() == SystemCollections.DATABASE) {
      DatabaseInfo database = session.database(Transaction.scopeOf(schemaObject));
      return database == null ? null : database.name();
    }
    if (session.hasWrites() && schemaObject.scope() == session.scope()) {
      String name = session.pendingCatalog().nameOf(schemaObject);
      if (name != null) {
        return name;
      }
    }
    Catalog catalog = session.catalog(schemaObject.scope());
    return catalog == null ? null : catalog.nameOf(schemaObject);
  }

  @Override
  public long scope() {
    return session.scope();
  }

  @Override
  public Ref database(long scope) {
    DatabaseInfo database = session.database(scope);
    return database == null || database.document() == null ? null : database.document().ref();
  }

  @Override
  public Long scopeOf(Ref database) {
    long scope = Transaction.scopeOf(database);
    return session.database(scope) == null ? null : Long.valueOf(scope);
  }

  @Override
  public Ref self(Ref collection) {
    return collection.scope() == session.scope()
        ? session.v4().identity().self((int) collection.id())
        : null;
  }

  @Override
  public Shape shapeOf(Ref index) {
    Catalog catalog = session.catalog(index.scope());
    IndexDef definition = catalog == null ? null : catalog.index((int) index.id());
    if (definition == null) {
      return Shape.UNKNOWN;
    }
    List<IndexDef.Component> values = definition.values();
    boolean[] reverse = new boolean[values.size()];
    for (int i = 0; i < reverse.length; i++) {
      reverse[i] = values.get(i).reverse();
    }
    return new Shape(reverse, false);
  }
}
