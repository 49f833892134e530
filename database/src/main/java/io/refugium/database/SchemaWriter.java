package io.refugium.database;

import io.refugium.database.catalog.BackingIndexes;
import io.refugium.database.catalog.BackingIndexes.Backing;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.CollectionState;
import io.refugium.database.catalog.DerivedFields;
import io.refugium.database.catalog.History;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.catalog.IndexDef.Status;
import io.refugium.database.document.Document;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.keys.Garbage;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.Pin;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.View;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows from writing a schema document, whichever language writes it: schema versions,
 * names, the indexes behind a collection, cascades, and the fields that the database itself sets.
 *
 * <p>Invariant: whatever changes a {@link Catalog} also writes the schema version of its database,
 * so that no transaction commits which went by an outdated catalog.
 */
final class SchemaWriter {
  private static final byte[] NOTHING = {};

  private final Transaction transaction;
  private final View view;
  private final DocumentWriter documents;
  private final IndexBuild build;
  private final DatabaseTree databases;

  /** Collections whose derived fields have to be set at the end. */
  private final Set<Ref> unfinished = new LinkedHashSet<>();

  private final Set<Long> changedScopes = new LinkedHashSet<>();

  /** Scopes whose schema has to be checked as a whole at the end. */
  private final Set<Long> unchecked = new LinkedHashSet<>();

  private final Set<Long> scopesWithIndexWrites = new HashSet<>();
  private boolean startedBuilds;
  private int definedIndexes;
  private boolean finishing;

  SchemaWriter(Transaction transaction, View view, DocumentWriter documents, IndexBuild build) {
    this.transaction = transaction;
    this.view = view;
    this.documents = documents;
    this.build = build;
    this.databases = new DatabaseTree(transaction, view, documents, this);
  }

  /** Whether writing such a document can make the schema of its database invalid. */
  private static boolean isChecked(int collection) {
    return collection != SystemCollections.DATABASE && collection != SystemCollections.INDEX;
  }

  static boolean isSchema(int collection) {
    return SystemEntries.isNamed(collection);
  }

  /** Whether catalogs of this scope have to be loaded with the transaction's own writes. */
  boolean hasChanged(long scope) {
    return !changedScopes.isEmpty() && changedScopes.contains(scope);
  }

  boolean hasIndexWrites(long scope) {
    return scopesWithIndexWrites.contains(scope);
  }

  /**
   * Counts the indexes behind v10 collections that were defined: each is a document of its own to
   * the metrics.
   */
  void count(Metrics metrics) {
    for (int i = 0; i < definedIndexes; i++) {
      metrics.addDocumentWrite(0);
    }
  }

  boolean startedBuilds() {
    return startedBuilds;
  }

  // ---------------------------------------------------------------- writing one document

  /** Writes a schema document, or deletes it when {@code fields} is null. */
  Document write(Ref ref, Document before, ObjectValue fields) {
    String oldName = before == null ? null : CollectionDef.Fields.string(before.fields(), "name");
    String newName = fields == null ? null : CollectionDef.Fields.string(fields, "name");
    if (fields != null) {
      requireFree(ref, before, "name", ref.collection(), newName);
    }
    changedScopes.add(ref.scope());
    if (isChecked(ref.collection()) && !finishing) {
      unchecked.add(ref.scope());
    }
    changed(ref);
    Document after =
        switch (ref.collection()) {
          case SystemCollections.DATABASE -> databases.write(ref, before, fields);
          case SystemCollections.COLLECTION -> writeCollection(ref, before, fields);
          case SystemCollections.INDEX -> writeIndex(ref, before, fields);
          case SystemCollections.ACCESS_PROVIDER -> writeAccessProvider(ref, before, fields);
          default -> documents.write(ref, fields);
        };
    if (ref.collection() != SystemCollections.DATABASE) {
      bumpVersion(ref.scope());
    }
    changed(ref);
    if (oldName != null && newName != null && !oldName.equals(newName)) {
      Renames.rewrite(transaction, ref, oldName, newName);
    }
    return after;
  }

  private void changed(Ref ref) {
    switch (ref.collection()) {
      case SystemCollections.DATABASE, SystemCollections.INDEX ->
          transaction.schemas().forgetPending(ref.scope());
      default -> transaction.schemas().definitionChanged(ref);
    }
  }

  /** The tree of databases. */
  DatabaseTree databases() {
    return databases;
  }

  void requireFree(Ref ref, Document before, String field, int kind, String name) {
    if (name == null) {
      return;
    }
    byte[] holder = view.value(Keyspace.name(ref.scope(), kind, name));
    if (holder == null || SystemEntries.number(holder) == ref.id()) {
      return;
    }
    Ref existing = new Ref(ref.scope(), ref.collection(), SystemEntries.number(holder));
    if (transaction.peek(existing) == null) {
      return; // expired
    }
    throw before == null && field.equals("name")
        ? new DatabaseException.AlreadyExists(existing)
        : new DatabaseException.FieldNotUnique(existing, field);
  }

  /** Makes another version of the schema. */
  void touch(long scope) {
    transaction.catalog(scope);
    bump(scope);
  }

  void bump(long scope) {
    bumpVersion(scope);
    transaction.schemas().forgetPending(scope);
  }

  private void bumpVersion(long scope) {
    pin(scope, pin(scope));
  }

  /** The pin of a database, own writes included. */
  long pin(long scope) {
    return Pin.decode(view.value(Keyspace.schemaVersion(scope)));
  }

  /** Makes another version of the schema with this pin. */
  void pin(long scope, long pin) {
    view.writes.put(Keyspace.schemaVersion(scope), Pin.encode(pin));
    changedScopes.add(scope);
  }

  private boolean isStaged(long scope) {
    return pin(scope) != Pin.NONE;
  }

  private Document writeAccessProvider(Ref ref, Document before, ObjectValue fields) {
    if (fields != null) {
      requireFree(
          ref,
          before,
          "issuer",
          SystemEntries.ISSUERS,
          CollectionDef.Fields.string(fields, "issuer"));
    }
    return documents.write(ref, fields);
  }

  // ---------------------------------------------------------------- collections

  private Document writeCollection(Ref ref, Document before, ObjectValue fields) {
    int id = (int) ref.id();
    CollectionState state = state(ref.scope(), id);
    boolean staged = isStaged(ref.scope());
    if (fields == null) {
      unfinished.remove(ref);
      boolean kept = staged && transaction.catalog(ref.scope()).collection(id) != null;
      return kept ? documents.write(ref, null) : drop(ref, state);
    }
    ObjectValue current =
        before == null ? fields : DerivedFields.withoutOutdatedState(before.fields(), fields);
    List<Backing> known = known(state, staged);
    List<Backing> backings = BackingIndexes.derive(fields, known, () -> newIndex(ref.scope()));
    definedIndexes += (int) backings.stream().filter(backing -> !known.contains(backing)).count();
    if (staged) {
      put(ref, withStaged(ref, state, backings, StagedSchema.steps(state)));
    } else {
      put(ref, state.withHistoryFloor(floor(state, before, fields)).withBackings(backings));
      abandonMissing(ref.scope(), known, backings);
    }
    unfinished.add(ref);
    return documents.write(ref, current);
  }

  /** The indexes that a collection may go on using. */
  private static List<Backing> known(CollectionState state, boolean staged) {
    if (!staged || state.staged().isEmpty()) {
      return state.backings();
    }
    List<Backing> known = new ArrayList<>(state.staged().get().backings());
    known.addAll(state.backings());
    return known;
  }

  /** A state in which something else is staged; what was staged before is left to be removed. */
  private CollectionState withStaged(
      Ref ref, CollectionState state, List<Backing> backings, ArrayValue steps) {
    List<Backing> former = state.staged().map(CollectionState.Staged::backings).orElse(List.of());
    abandonMissing(
        ref.scope(),
        former.stream().filter(backing -> !state.isActive(backing)).toList(),
        backings);
    return state.withStaged(new CollectionState.Staged(backings, steps));
  }

  private int newIndex(long scope) {
    return (int) transaction.nextInSequence(scope, SystemCollections.INDEX);
  }

  /** Leaves the indexes to be removed that are no longer there. */
  void abandonMissing(long scope, List<Backing> before, List<Backing> after) {
    for (Backing old : before) {
      if (after.stream().noneMatch(backing -> backing.id() == old.id())) {
        abandon(EntryKeys.all(scope, old.id()));
      }
    }
  }

  /** Deletes a collection with everything in it. */
  Document drop(Ref ref, CollectionState state) {
    int id = (int) ref.id();
    abandon(Keyspace.documents(ref.scope(), id));
    abandonMissing(ref.scope(), known(state, true), List.of());
    view.writes.delete(Keyspace.collection(ref.scope(), id));
    // First the document: a catalog with a collection whose indexes are gone cannot be.
    Document deleted = documents.write(ref, null);
    deleteIndexesOf(ref);
    return deleted;
  }

  long floor(CollectionState state, Document before, ObjectValue fields) {
    return before == null
        ? 0
        : History.nextFloor(
            view.snapshot.time(),
            historyDays(before.fields()),
            state.historyFloor(),
            historyDays(fields));
  }

  private static Long historyDays(ObjectValue fields) {
    return fields.get("history_days") instanceof LongValue(long days) ? Long.valueOf(days) : null;
  }

  /** The index documents of FQL v4 that have no other source. */
  private void deleteIndexesOf(Ref collection) {
    Set<Integer> only = Set.of((int) collection.id());
    for (IndexDef index : transaction.pendingCatalog(collection.scope()).indexes()) {
      boolean every = index.sources().stream().anyMatch(IndexDef.Source::every);
      Set<Integer> sources = new HashSet<>();
      index.sources().forEach(source -> sources.addAll(source.collections()));
      if (index.document() != null && !every && sources.equals(only)) {
        transaction.delete(index.document().ref());
      }
    }
  }

  void put(Ref collection, CollectionState state) {
    byte[] key = Keyspace.collection(collection.scope(), (int) collection.id());
    view.writes.put(key, null, state.write(key));
  }

  /**
   * Notes what has to be done to the documents of a collection that this transaction redefines, and
   * builds anew the indexes on fields that this changes.
   *
   * @param touched the names of the top level fields that get other values
   */
  void migrate(Ref collection, ArrayValue steps, Set<String> touched) {
    CollectionState state = state(collection.scope(), (int) collection.id());
    List<Backing> backings = new ArrayList<>();
    for (Backing backing : state.backings()) {
      boolean rebuilt =
          backing.status() == Status.ACTIVE && BackingIndexes.isOn(backing.shape(), touched);
      if (rebuilt) {
        abandon(EntryKeys.all(collection.scope(), backing.id()));
        int id = newIndex(collection.scope());
        backings.add(new Backing(id, backing.shape(), backing.unique(), Status.BUILDING));
      } else {
        backings.add(backing);
      }
    }
    put(collection, state.withBackings(List.copyOf(backings)).withMigration(steps));
    unfinished.add(collection);
    transaction.schemas().definitionChanged(collection);
  }

  /**
   * Notes what a staged schema will do to the documents of a collection. Its indexes hold what the
   * documents will then be; those that this changes are other indexes than the active ones.
   */
  void stageMigration(Ref collection, ArrayValue steps, Set<String> touched) {
    CollectionState state = state(collection.scope(), (int) collection.id());
    if (state.staged().isEmpty()) {
      return; // it stays as it is
    }
    boolean sameSteps = StagedSchema.steps(state).equals(steps);
    List<Backing> before = state.staged().get().backings();
    List<Backing> after = new ArrayList<>();
    for (Backing backing : before) {
      Backing active = BackingIndexes.find(state.backings(), backing.shape());
      if (active != null && !BackingIndexes.isOn(active.shape(), touched)) {
        after.add(new Backing(active.id(), backing.shape(), backing.unique(), active.status()));
      } else if (sameSteps && !state.isActive(backing)) {
        after.add(backing);
      } else {
        int id = newIndex(collection.scope());
        after.add(new Backing(id, backing.shape(), backing.unique(), Status.BUILDING));
      }
    }
    if (!sameSteps || !after.equals(before)) {
      put(collection, withStaged(collection, state, List.copyOf(after), steps));
      bumpVersion(collection.scope());
      unfinished.add(collection);
      transaction.schemas().definitionChanged(collection);
    }
  }

  /** Sees to it that the indexes of a collection are built that have not been. */
  void finishLater(Ref collection) {
    unfinished.add(collection);
  }

  /** Declares the schema of a database checked. */
  void checked(long scope) {
    unchecked.remove(scope);
  }

  CollectionState state(long scope, int collection) {
    byte[] stored = view.value(Keyspace.collection(scope, collection));
    return stored == null ? CollectionState.NEW : CollectionState.decode(stored);
  }

  /** Leaves a range to be cleaned up when no transaction can be reading it any more. */
  void abandon(KeyRange range) {
    view.writes.put(
        Keyspace.garbage(view.snapshot.time(), transaction.newId()), Garbage.encode(range));
  }

  // ---------------------------------------------------------------- v4 indexes

  private Document writeIndex(Ref ref, Document before, ObjectValue fields) {
    scopesWithIndexWrites.add(ref.scope());
    if (fields == null) {
      abandon(EntryKeys.all(ref.scope(), (int) ref.id()));
      view.writes.delete(Keyspace.build(ref.scope(), (int) ref.id()));
      return documents.write(ref, null);
    }
    if (before != null) {
      boolean wasActive = before.get("active") == BooleanValue.TRUE;
      return documents.write(ref, wasActive ? fields.with("active", BooleanValue.TRUE) : fields);
    }
    documents.write(ref, fields.with("active", BooleanValue.FALSE));
    transaction.schemas().forgetPending(ref.scope());
    Catalog catalog = transaction.pendingCatalog(ref.scope());
    boolean built = start(catalog, catalog.index((int) ref.id()));
    boolean active = built || fields.get("active") == BooleanValue.TRUE;
    Document written = documents.write(ref, fields.with("active", BooleanValue.of(active)));
    transaction.schemas().forgetPending(ref.scope());
    return written;
  }

  /**
   * Builds an index now if that is quick, otherwise leaves it to be built in the background;
   * returns whether it is built.
   */
  private boolean start(Catalog catalog, IndexDef index) {
    if (build.inTransaction(catalog, index)) {
      return true;
    }
    view.writes.put(Keyspace.build(index.scope(), index.id()), NOTHING);
    startedBuilds = true;
    return false;
  }

  // ---------------------------------------------------------------- the end of the query

  /** Checks changed schemas as a whole, builds indexes and sets derived fields. */
  void finish(SchemaChecks checks) {
    finishing = true;
    for (long scope : unchecked) {
      if (transaction.database(scope) != null) {
        checks.atEnd(transaction, transaction.catalog(scope), transaction.pendingCatalog(scope));
      }
    }
    unchecked.clear();
    for (Ref ref : List.copyOf(unfinished)) {
      finishCollection(ref);
    }
    unfinished.clear();
    finishing = false;
  }

  private void finishCollection(Ref ref) {
    int id = (int) ref.id();
    CollectionState state = state(ref.scope(), id);
    boolean staged = isStaged(ref.scope()) && state.staged().isPresent();
    List<Backing> defined = staged ? state.staged().get().backings() : state.backings();
    List<Backing> backings = new ArrayList<>();
    Catalog catalog = transaction.pendingCatalog(ref.scope());
    for (Backing backing : defined) {
      boolean isNew =
          backing.status() == Status.BUILDING
              && view.value(Keyspace.build(ref.scope(), backing.id())) == null;
      boolean built = isNew && start(catalog, catalog.index(backing.id()));
      backings.add(built ? backing.with(Status.ACTIVE) : backing);
    }
    if (!backings.equals(defined)) {
      put(
          ref,
          staged
              ? withStaged(ref, state, backings, StagedSchema.steps(state))
              : state.withBackings(backings));
    }
    Document document = transaction.peek(ref);
    ObjectValue fields = DerivedFields.withStatus(document.fields(), backings);
    if (!fields.equals(document.fields())) {
      documents.write(ref, fields);
    }
    transaction.schemas().definitionChanged(ref);
  }
}
