package io.refugium.model;

/**
 * A reference to a document: the identity of every document of every database, schema documents
 * included. The document need not exist.
 *
 * <p>A collection is itself the document {@code (scope, SystemCollections.COLLECTION,
 * collectionId)}; a native collection such as {@code keys} is the reference to its small id there.
 *
 * @param scope the database that holds the document, by its global id; {@link #ROOT} is the root
 *     database
 * @param collection the internal id of the collection; never reused
 * @param id the id of the document in its collection
 */
public record Ref(long scope, int collection, long id) implements Value {
  /** The scope of the root database. */
  public static final long ROOT = 0L;

  /** Without the detour that the one made by the compiler takes: a query asks for many. */
  @Override
  public int hashCode() {
    return 31 * (31 * Long.hashCode(id) + collection) + Long.hashCode(scope);
  }
}
