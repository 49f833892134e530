package io.refugium.database;

import io.refugium.database.DocumentWriter.Written;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.Migrations;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.database.index.EntryExtractor;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.Snapshot;
import io.refugium.database.view.View;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Commit;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.VersionCursor;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

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
  public static final long NOW = Snapshot.NOW;

  /** Keys walked over between two looks at the clock. */
  private static final int TICKS_PER_CHECK = 256;

  private final Database database;
  private final View view;
  private final Metrics metrics;
  private final TransactionOptions options;
  private final int attempt;
  private final EntryExtractor extractor;
  private final DocumentWriter documents;
  private final IndexBuild build;
  private final SchemaWriter schema;
  private final SchemaView schemas;
  private final Delegations delegations;
  private final HistoryWriter history;
  private final StoredSets sets;
  private final Identities identities;
  private final ReadCounts counts;
  private final FairShare.Computation computation;
  private int ticks;
  private boolean finished;
  private boolean isMaintenance;
  private boolean readOnly;

  Transaction(
      Database database,
      Snapshot snapshot,
      Metrics metrics,
      TransactionOptions options,
      int attempt) {
    this.database = database;
    this.view = new View(snapshot);
    this.metrics = metrics;
    this.options = options;
    this.attempt = attempt;
    this.computation = database.fairShare().new Computation();
    this.extractor = new EntryExtractor(database.hooks().fieldFunctions());
    this.documents = new DocumentWriter(this, view, extractor);
    this.build = new IndexBuild(this, view, extractor, documents);
    this.schema = new SchemaWriter(this, view, documents, build);
    this.schemas = new SchemaView(this, database.catalogs(), view, schema);
    this.delegations = new Delegations(this, view);
    this.history = new HistoryWriter(this, view, documents, build);
    this.sets = new StoredSets(this, view, extractor, schema);
    this.identities = new Identities(this, view, delegations);
    this.counts = new ReadCounts(view, documents, metrics);
    Migrations migrations = new Migrations(database.hooks().fieldFunctions());
    view.shape((ref, time, fields) -> migrations.applied(catalog(ref.scope()), ref, time, fields));
  }

  // ---------------------------------------------------------------- the transaction itself

  /** The time of which this transaction sees the state. */
  public long snapshotTime() {
    return view.snapshot.time();
  }

  /** 1 for the first attempt. */
  public int attempt() {
    return attempt;
  }

  /** What has been consumed. */
  public Metrics metrics() {
    return metrics;
  }

  /**
   * To be called before anything slow, such as a hash that is meant to be.
   *
   * @throws MustWait unless whoever runs this transaction may wait
   */
  public void requireWaiting() {
    options.requireWaiting();
  }

  /**
   * Looks whether there is time left, and lets others have their turn; cheap enough for loops.
   *
   * @throws DatabaseException.DeadlineExceeded when there is none
   */
  public void checkDeadline() {
    long now = System.nanoTime();
    if (options.isOver(now)) {
      throw new DatabaseException.DeadlineExceeded();
    }
    computation.go(now);
  }

  /** Counts a step of a scan; looks at the clock now and then. */
  void tick() {
    if (++ticks % TICKS_PER_CHECK == 0) {
      checkDeadline();
    }
  }

  /** Whether anything has been written. */
  public boolean hasWrites() {
    return !view.writes.isEmpty();
  }

  /**
   * Does what has to happen at the end of a query: checks the schema as a whole, builds indexes,
   * sets derived fields of schema documents such as {@code status}. A language calls it before it
   * renders a result; otherwise the commit does.
   */
  public void finish() {
    if (!finished) {
      finished = true;
      schema.finish(isMaintenance ? SchemaChecks.NONE : database.hooks().schemaChecks());
    }
  }

  // ---------------------------------------------------------------- schema

  /**
   * The schema in force in a database, as committed before this transaction. One small read of the
   * store, none the second time. For a database that this transaction created: empty.
   *
   * @throws DatabaseException.DatabaseNotFound when there is no such database
   */
  public Catalog catalog(long scope) {
    return schemas.inForce(scope);
  }

  /**
   * What the schema documents of a database say, as committed before this transaction: {@link
   * #catalog}, or the schema that is staged.
   */
  public Catalog latestCatalog(long scope) {
    return schemas.latest(scope);
  }

  /** What the schema documents of a database say as this transaction would leave them. */
  public Catalog pendingCatalog(long scope) {
    return schemas.pending(scope);
  }

  /**
   * What documents go by: the schema as this transaction would leave it, but for what it only
   * stages.
   */
  public Catalog documentCatalog(long scope) {
    return schemas.ofDocuments(scope);
  }

  /** Whether a schema is staged in a database, own writes included. */
  public boolean isStaged(long scope) {
    return schemas.isStaged(scope);
  }

  /** What is staged and how far it is: see {@link StagedSchema}. */
  public StagedSchema staged(long scope) {
    return new StagedSchema(this, view, documents, schema, scope);
  }

  /** For those who write some. */
  Delegations delegations() {
    return delegations;
  }

  /** For those who change schemas, and those who keep indexes. */
  SchemaView schemas() {
    return schemas;
  }

  /** A database and what it inherits, own writes included; null when there is none. */
  public DatabaseInfo database(long scope) {
    return schemas.database(scope);
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
    long reached = scope;
    for (String name : path) {
      Ref child = childDatabase(reached, name);
      if (child == null) {
        return null;
      }
      reached = scopeOf(child);
    }
    return database(reached);
  }

  /** The schema document of a kind with a name, own writes included; null when there is none. */
  public Ref byName(long scope, int kind, String name) {
    byte[] id = view.value(Keyspace.name(scope, kind, name));
    if (id == null) {
      return null;
    }
    Ref ref = new Ref(scope, kind, SystemEntries.number(id));
    return peek(ref) == null ? null : ref;
  }

  /** Makes another version of the schema of a database, whether its documents change or not. */
  public void touchSchema(long scope) {
    requireWritable();
    schema.touch(scope);
  }

  /** Whether this transaction has written the document of this collection. */
  public boolean wroteDefinitionOf(long scope, int collection) {
    return documents.written(new Ref(scope, SystemCollections.COLLECTION, collection)) != null;
  }

  /** Whether this transaction has deleted a document. */
  public boolean deleted(Ref ref) {
    Written own = documents.written(ref);
    return own != null && own.current() == null;
  }

  /** Whether this transaction has written a document of this collection. */
  public boolean wroteDocumentsOf(long scope, int collection) {
    return documents.hasWritten(scope, collection);
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
    boolean present = view.snapshot.isPresent(at);
    Document document = present ? find(ref) : findPast(ref, at);
    counts.read(ref, present, document);
    return isVisible(document) ? document : null;
  }

  /** The same without counting it: for what a page of a set has been counted for. */
  public Document peek(Ref ref, long at) {
    Document document = view.snapshot.isPresent(at) ? find(ref) : findPast(ref, at);
    return isVisible(document) ? document : null;
  }

  /**
   * A document now, not counted in the metrics: for schema, authentication, and what a write must
   * know.
   */
  public Document peek(Ref ref) {
    Document document = find(ref);
    return isVisible(document) ? document : null;
  }

  private Document find(Ref ref) {
    Written own = documents.written(ref);
    if (own != null) {
      return own.current();
    }
    View.Stored stored = view.committed(ref);
    return stored.fields() == null ? null : new Document(ref, stored.time(), stored.fields());
  }

  private Document findPast(Ref ref, long at) {
    requireReadable(minimumValidTime(ref), at);
    View.Stored stored = history.edited(ref) ? history.at(ref, at) : view.past(ref, at);
    return stored.fields() == null ? null : new Document(ref, stored.time(), stored.fields());
  }

  private boolean isVisible(Document document) {
    return document != null && !document.isExpiredAt(snapshotTime()) && isReachable(document.ref());
  }

  /**
   * Whether database and collection of a document exist; what is left of others may still lie in
   * the store.
   */
  boolean isReachable(Ref ref) {
    if (!SystemCollections.isUser(ref.collection())) {
      return exists(ref.scope());
    }
    try {
      return DocumentWriter.isReachable(schemas.forWrites(ref), ref);
    } catch (DatabaseException.DatabaseNotFound gone) {
      return false;
    }
  }

  /**
   * Whether a database exists, own writes included. Does not look at its schema: whoever comes in
   * by a key that lies in a database must not conflict with everything that changes there.
   */
  private boolean exists(long scope) {
    return scope == Ref.ROOT || view.value(Keyspace.parent(scope)) != null;
  }

  /** The earliest time at which a document and the sets it is in can be read. */
  long minimumValidTime(Ref ref) {
    return minimumValidTime(ref.scope(), ref.collection());
  }

  /** The same of all documents of a collection. */
  long minimumValidTime(long scope, int collection) {
    return switch (collection) {
      case SystemCollections.KEY, SystemCollections.TOKEN, SystemCollections.CREDENTIAL ->
          History.minimumValidTime(snapshotTime(), 0L, 0);
      default -> {
        CollectionDef definition =
            SystemCollections.isUser(collection)
                ? documentCatalog(scope).collection(collection)
                : null;
        yield definition == null ? 0 : definition.minimumValidTime(snapshotTime());
      }
    };
  }

  /** What lies before a floor has been forgotten, or may be at any time. */
  static void requireReadable(long floor, long at) {
    if (at < floor) {
      throw new DatabaseException.SnapshotTooOld(at, floor);
    }
  }

  /**
   * The history of a document within times, the transaction's own version included, merged at the
   * earliest readable time.
   *
   * @param from inclusive
   * @param to exclusive; {@link #NOW} for no end
   */
  public Iterator<Version> versions(Ref ref, long from, long to, Direction direction) {
    if (!isReachable(ref)) {
      return List.<Version>of().iterator();
    }
    view.committed(ref);
    return history.versions(ref, from, to, documents.written(ref), direction);
  }

  // ---------------------------------------------------------------- events

  /**
   * Runs a body that only reads, at a past snapshot: see {@link Database#readAt}. What it consumes
   * counts for this transaction.
   */
  public <T> T readAt(long snapshot, Database.Body<T> body) {
    return database.readAt(snapshot, options, metrics, body);
  }

  /** The changes of a collection: see {@link Database#changes}. They outlive this transaction. */
  public DocumentChanges changes(long scope, int collection, long after) {
    return database.changes(scope, collection, after);
  }

  /**
   * The changes of all collections: see {@link Database#changes}. They outlive this transaction.
   */
  public DocumentChanges changes(long scope, long after) {
    return database.changes(scope, after);
  }

  // ---------------------------------------------------------------- writing documents

  /** A new id for a document: unique, roughly ordered by time. */
  public long newId() {
    return database.newId();
  }

  /**
   * A reference with a new id in a collection; collections and indexes get theirs from a sequence.
   */
  public Ref newRef(long scope, int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION, SystemCollections.INDEX ->
          new Ref(scope, collection, nextInSequence(scope, collection));
      default -> {
        Ref ref = new Ref(scope, collection, newId());
        view.assumeAbsent(ref);
        yield ref;
      }
    };
  }

  void requireWritable() {
    if (readOnly) {
      throw new DatabaseException.ReadOnly();
    }
  }

  /** The collection of a user document that is to be written; null for a native one. */
  private CollectionDef requireCollection(Ref ref) {
    if (!SystemCollections.isUser(ref.collection())) {
      return null;
    }
    CollectionDef collection = documentCatalog(ref.scope()).collection(ref.collection());
    if (collection == null) {
      throw new DatabaseException.CollectionNotFound(ref);
    }
    return collection;
  }

  long nextInSequence(long scope, int collection) {
    requireWritable();
    boolean isCollection = collection == SystemCollections.COLLECTION;
    byte[] key = Keyspace.sequence(scope, collection);
    byte[] last = view.value(key);
    long first = isCollection ? SystemCollections.FIRST_USER : SystemCollections.FIRST_INDEX;
    long next = last == null ? first : SystemEntries.number(last) + 1;
    if (next > (isCollection ? Limits.LAST_COLLECTION_ID : Limits.LAST_INDEX_ID)) {
      throw DatabaseException.TooLarge.sequence();
    }
    view.writes.put(key, SystemEntries.number(next));
    return next;
  }

  /**
   * Writes a document that must not exist.
   *
   * @return the document as written, uncommitted
   * @throws DatabaseException.AlreadyExists when it exists, or a schema document of the same kind
   *     and name does
   * @throws DatabaseException.FieldNotUnique when it is a key whose id another database has a key
   *     of
   */
  public Document create(Ref ref, ObjectValue fields) {
    requireNone(ref);
    if (ref.collection() == SystemCollections.KEY) {
      requireUnusedElsewhere(ref);
    }
    return put(ref, fields);
  }

  /**
   * Makes sure that there is no document.
   *
   * @throws DatabaseException.AlreadyExists when there is one
   */
  public void requireNone(Ref ref) {
    if (peek(ref) != null) {
      throw new DatabaseException.AlreadyExists(ref);
    }
  }

  /**
   * A key is found by its id alone, so two databases must not have keys of one id: whoever may
   * create keys in one could otherwise put those of all others out of use.
   */
  private void requireUnusedElsewhere(Ref key) {
    Ref known = identities.key(key.id());
    if (known != null && known.scope() != key.scope() && database(known.scope()) != null) {
      throw new DatabaseException.FieldNotUnique(key, "id");
    }
  }

  /**
   * Writes the complete fields of a document, existing or not. Null members must have been removed.
   *
   * @return the document as written, uncommitted
   * @throws DatabaseException.NotUnique when it violates a unique index
   * @throws DatabaseException.FieldNotUnique when a schema document takes another's name
   * @throws DatabaseException.CollectionNotFound when there is no such collection
   */
  public Document put(Ref ref, ObjectValue fields) {
    requireWritable();
    Document before = peek(ref);
    if (SchemaWriter.isSchema(ref.collection())) {
      finished = false;
      return schema.write(ref, before, fields);
    }
    if (!SystemCollections.isUser(ref.collection())) {
      catalog(ref.scope());
      return documents.write(ref, fields);
    }
    CollectionDef collection = requireCollection(ref);
    DocumentChecks checks = database.hooks().documentChecks();
    checks.beforeWrite(this, collection, before, new Document(ref, Document.UNCOMMITTED, fields));
    Document after = documents.write(ref, fields);
    checks.afterWrite(this, collection, before, after);
    return after;
  }

  /**
   * Notes what has to be done to the documents of a collection that this transaction redefines; of
   * a staged schema, when it is committed.
   *
   * @param steps as {@link FieldFunctions#migrate} understands them
   * @param touched the names of the top level fields that get other values
   */
  public void migrate(Ref collection, ArrayValue steps, Set<String> touched) {
    requireWritable();
    if (isStaged(collection.scope())) {
      schema.stageMigration(collection, steps, touched);
      return;
    }
    if (!wroteDefinitionOf(collection.scope(), (int) collection.id())) {
      throw new IllegalStateException("the collection is not being redefined: " + collection);
    }
    schema.migrate(collection, steps, touched);
  }

  /** Whether a collection has never had a document that is still stored, dead ones included. */
  public boolean isEmpty(long scope, int collection) {
    if (documents.hasWritten(scope, collection)) {
      return false;
    }
    KeyRange range = Keyspace.documents(scope, collection);
    try (VersionCursor versions = view.snapshot.versions(range, 0, NOW)) {
      boolean empty = !versions.next();
      // What others write can make it hold something, but not make it empty.
      view.reads.add(empty ? range : KeyRange.single(versions.key()));
      return empty;
    }
  }

  /**
   * Deletes a document.
   *
   * @return the document as it was last
   * @throws DatabaseException.NotFound when there is none
   */
  public Document delete(Ref ref) {
    requireWritable();
    Document before = peek(ref);
    if (before == null) {
      throw new DatabaseException.NotFound(ref);
    }
    if (SchemaWriter.isSchema(ref.collection())) {
      finished = false;
      schema.write(ref, before, null);
    } else {
      documents.write(ref, null);
    }
    return before;
  }

  /**
   * Moves a database, with everything in it and the keys for it, below another one.
   *
   * @return its document there
   * @throws DatabaseException.InvalidMove when that is impossible
   * @throws DatabaseException.AlreadyExists when there is one of this name
   */
  public Document moveDatabase(Ref database, long newParent) {
    requireWritable();
    Document moved = peek(database);
    if (moved == null) {
      throw new DatabaseException.NotFound(database);
    }
    return schema.databases().move(database, moved, newParent);
  }

  /**
   * Writes history: a version at a past time, replacing one at exactly that time. Index entries
   * follow.
   *
   * @param time not after the snapshot
   * @param fields null for a deletion
   */
  public void insertVersion(Ref ref, long time, ObjectValue fields) {
    requireWritable();
    requireCollection(ref);
    history.insert(ref, time, fields);
  }

  /** Removes the version at exactly that time from history; nothing when there is none. */
  public void removeVersion(Ref ref, long time) {
    requireWritable();
    requireCollection(ref);
    history.remove(ref, time);
  }

  // ---------------------------------------------------------------- parts

  /** The sets that are stored: entries of indexes, documents of collections. */
  public StoredSets sets() {
    return sets;
  }

  /** What belongs to an identity, and what gives access. */
  public Identities identities() {
    return identities;
  }

  /** For those who read in another way than by {@link #read} and have to count it. */
  public ReadCounts counts() {
    return counts;
  }

  // ---------------------------------------------------------------- the end, for the engine

  /**
   * Declares that this transaction changes nothing of the schema that anybody would have to check.
   */
  void skipSchemaChecks() {
    isMaintenance = true;
  }

  /** From now on every write is refused. */
  void makeReadOnly() {
    readOnly = true;
  }

  /** Removes all trace of a document that nobody can see any more: no deletion is on record. */
  void erase(Ref ref) {
    history.erase(ref);
  }

  View view() {
    return view;
  }

  IndexBuild build() {
    return build;
  }

  boolean startedBuilds() {
    return schema.startedBuilds();
  }

  /**
   * Everything to be committed.
   *
   * @throws DatabaseException.TooLarge when it is too much
   */
  Commit prepare() {
    finish();
    view.closeScans();
    documents.count(metrics);
    history.count(metrics);
    schema.count(metrics);
    long bytes = view.reads.bytes() + view.writes.bytes();
    if (bytes > Limits.TRANSACTION_BYTES) {
      throw DatabaseException.TooLarge.transaction(bytes);
    }
    Commit.Builder commit = Commit.at(snapshotTime());
    view.reads.addTo(commit);
    view.writes.addTo(commit);
    return commit.build();
  }

  /** To be called before it waits for something, which takes no processor. */
  public void pauseComputing() {
    computation.pause();
  }

  void close() {
    computation.pause();
    view.close();
  }
}
