package io.refugium.database;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.Iterator;
import java.util.List;

/**
 * One attempt of one transaction: a snapshot, the writes so far, which its reads see, and a record
 * of everything that was read. Confined to one thread; void after the body has returned.
 *
 * <p>Times are microseconds since the epoch. Wherever a method takes a time to read at, {@link
 * #NOW} or any time from the snapshot on means the snapshot and the transaction's own writes; an
 * earlier time means the state then, without them.
 */
public final class Transaction {
  /** The snapshot and the transaction's own writes. */
  public static final long NOW = Long.MAX_VALUE;

  private Transaction() {}

  // ---------------------------------------------------------------- the transaction itself

  /** The time of which this transaction sees the state. */
  public long snapshotTime() {
    throw notBuilt();
  }

  /** 1 for the first attempt. */
  public int attempt() {
    throw notBuilt();
  }

  /** What has been consumed. */
  public Metrics metrics() {
    throw notBuilt();
  }

  /**
   * @throws DatabaseException.DeadlineExceeded when the time is up; cheap, to be called in loops
   */
  public void checkDeadline() {
    throw notBuilt();
  }

  /** Whether anything has been written. */
  public boolean hasWrites() {
    throw notBuilt();
  }

  /**
   * Does what has to happen at the end of a query: checks the schema as a whole, builds indexes,
   * sets derived fields of schema documents such as {@code status}. A language calls it before it
   * renders a result; otherwise the commit does.
   */
  public void finish() {
    throw notBuilt();
  }

  // ---------------------------------------------------------------- schema

  /**
   * The schema of a database as committed before this transaction. One small read of the store,
   * none the second time.
   *
   * @throws DatabaseException.DatabaseNotFound when there is no such database any more
   */
  public Catalog catalog(long scope) {
    throw notBuilt();
  }

  /**
   * The schema of a database as this transaction would leave it. What writes of documents go by.
   */
  public Catalog pendingCatalog(long scope) {
    throw notBuilt();
  }

  /** A database and what it inherits, own writes included; null when there is none. */
  public DatabaseInfo database(long scope) {
    throw notBuilt();
  }

  /**
   * The database document with this name directly below a database, own writes included; null when
   * there is none.
   */
  public Ref childDatabase(long scope, String name) {
    return byName(scope, SystemCollections.DATABASE, name);
  }

  /** The global id of the database that a database document stands for. */
  public static long scopeOf(Ref database) {
    return database.id();
  }

  /**
   * The database reached by names from another one downwards, own writes included; null when one is
   * missing.
   */
  public DatabaseInfo resolve(long scope, List<String> path) {
    throw notBuilt();
  }

  /** The schema document of a kind with a name, own writes included; null when there is none. */
  public Ref byName(long scope, int kind, String name) {
    throw notBuilt();
  }

  /** Whether this transaction has written the document of this collection. */
  public boolean wroteDefinitionOf(long scope, int collection) {
    throw notBuilt();
  }

  /** Whether this transaction has written a document of this collection. */
  public boolean wroteDocumentsOf(long scope, int collection) {
    throw notBuilt();
  }

  // ---------------------------------------------------------------- reading documents

  /** A document now: see {@link #read(Ref, long)}. */
  public Document read(Ref ref) {
    return read(ref, NOW);
  }

  /**
   * A document at a time, or null: absent, deleted, expired at the snapshot, of a deleted
   * collection. Counts as a read.
   *
   * @throws DatabaseException.SnapshotTooOld when history does not reach so far back
   */
  public Document read(Ref ref, long at) {
    throw notBuilt();
  }

  /**
   * A document now, not counted in the metrics: for schema, authentication, and what a write must
   * know.
   */
  public Document peek(Ref ref) {
    throw notBuilt();
  }

  /**
   * The history of a document within times, the transaction's own version included, merged at the
   * earliest readable time.
   *
   * @param from inclusive
   * @param to exclusive; {@link #NOW} for no end
   */
  public Iterator<Version> versions(Ref ref, long from, long to, Direction direction) {
    throw notBuilt();
  }

  // ---------------------------------------------------------------- writing documents

  /** A new id for a document: unique, roughly ordered by time. */
  public long newId() {
    throw notBuilt();
  }

  /**
   * A reference with a new id in a collection; collections and indexes get theirs from a sequence.
   */
  public Ref newRef(long scope, int collection) {
    throw notBuilt();
  }

  /**
   * Writes a document that must not exist.
   *
   * @return the document as written, uncommitted
   * @throws DatabaseException.AlreadyExists when it exists, or a schema document of the same kind
   *     and name does
   */
  public Document create(Ref ref, ObjectValue fields) {
    throw notBuilt();
  }

  /**
   * Writes the complete fields of a document, existing or not. Null members must have been removed.
   *
   * @throws DatabaseException.NotUnique when it violates a unique index
   * @throws DatabaseException.FieldNotUnique when a schema document takes another's name
   */
  public Document put(Ref ref, ObjectValue fields) {
    throw notBuilt();
  }

  /**
   * Deletes a document.
   *
   * @return the document as it was last
   * @throws DatabaseException.NotFound when there is none
   */
  public Document delete(Ref ref) {
    throw notBuilt();
  }

  /**
   * Moves a database, with everything in it and the keys for it, below another one.
   *
   * @return its document there
   * @throws DatabaseException.InvalidMove when that is impossible
   */
  public Document moveDatabase(Ref database, long newParent) {
    throw notBuilt();
  }

  /**
   * Writes history: a version at a past time, replacing one at exactly that time. {@code fields}
   * null for a deletion.
   */
  public void insertVersion(Ref ref, long time, ObjectValue fields) {
    throw notBuilt();
  }

  /** Removes the version at exactly that time from history; nothing when there is none. */
  public void removeVersion(Ref ref, long time) {
    throw notBuilt();
  }

  // ---------------------------------------------------------------- sets

  /**
   * The entries of an index with these terms, one for each term of the index; a wrong number
   * matches nothing.
   *
   * @throws DatabaseException.IndexNotActive when it is not built
   * @throws DatabaseException.SnapshotTooOld when history does not reach so far back
   * @throws DatabaseException.TooLarge when the terms are larger than any stored
   */
  public IndexScan scan(IndexDef index, List<Value> terms, long at, Direction direction) {
    throw notBuilt();
  }

  /** The documents of a collection, user or system. Databases: direct children. */
  public DocumentScan scan(long scope, int collection, long at, Direction direction) {
    throw notBuilt();
  }

  /**
   * What came into an index with these terms and left it within times, in the order of fql4 11.3.
   */
  public List<EntryEvent> events(IndexDef index, List<Value> terms, long from, long to) {
    throw notBuilt();
  }

  /** What came into a collection and left it within times. */
  public List<EntryEvent> events(long scope, int collection, long from, long to) {
    throw notBuilt();
  }

  // ---------------------------------------------------------------- identity (system indexes, own
  // writes included)

  /**
   * The key with this id, of whichever database; null when there is none. Its document still has to
   * be read.
   */
  public Ref key(long id) {
    throw notBuilt();
  }

  /** The credentials of a document. */
  public List<Ref> credentialsOf(Ref document) {
    throw notBuilt();
  }

  /** The tokens of a document. */
  public List<Ref> tokensOf(Ref document) {
    throw notBuilt();
  }

  /** The keys stored in the parent of a database that give access to it. */
  public List<Ref> keysOf(Ref database) {
    throw notBuilt();
  }

  private static UnsupportedOperationException notBuilt() {
    return new UnsupportedOperationException("the database layer does not do this yet");
  }
}
