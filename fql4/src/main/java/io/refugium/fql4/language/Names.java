package io.refugium.fql4.language;

import io.refugium.model.Ref;

/** The schema as a query sees it: from names to refs and back (spec: FQL v4, 2.4). */
public interface Names {
  /**
   * The schema object of a kind with a name, in a database; null when there is none. Databases made
   * by this query are seen, other schema objects made by it are not.
   *
   * @param kind one of the system collections of named things
   */
  Ref find(long scope, int kind, String name);

  /** The name of a schema object; null when there is none (any more). */
  String nameOf(Ref schemaObject);

  /** The database of the query. */
  long scope();

  /**
   * The ref of a database below the query's own, as a document of its parent; null when it is not
   * below it.
   */
  Ref database(long scope);

  /** The scope inside a database; null when the database is gone. */
  Long scopeOf(Ref database);

  /** What the id {@code self} means in a collection; null when it means nothing. */
  Ref self(Ref collection);

  /** Which values the entries of an index have, and in which order. */
  Shape shapeOf(Ref index);
}
