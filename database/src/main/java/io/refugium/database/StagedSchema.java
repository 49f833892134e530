package io.refugium.database;

import io.refugium.database.catalog.BackingIndexes.Backing;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.CollectionState;
import io.refugium.database.catalog.Definition;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.Pin;
import io.refugium.database.view.View;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schema of a database that waits to become the one in force (spec: schema 10.6).
 *
 * <p>Staging pins the active schema: it is read as of the pin ({@link Pin}), while the schema
 * documents go on to be written and say what is staged. Documents go by the active schema; the
 * indexes of both are built and maintained, those of the staged one as if its migrations had been
 * made. A commit removes the pin and dates the migrations; abandoning writes the schema documents
 * back as they were at the pin.
 *
 * <p>Invariants: the two schemas share an index only if its entries mean the same to both; nothing
 * of the active schema is removed before the commit.
 */
public final class StagedSchema {
  private final Transaction transaction;
  private final View view;
  private final DocumentWriter documents;
  private final SchemaWriter schema;
  private final long scope;

  StagedSchema(
      Transaction transaction,
      View view,
      DocumentWriter documents,
      SchemaWriter schema,
      long scope) {
    this.transaction = transaction;
    this.view = view;
    this.documents = documents;
    this.schema = schema;
    this.scope = scope;
  }

  // ---------------------------------------------------------------- staging

  /** From now on what is written to the schema is staged; nothing happens if that is so already. */
  public void begin() {
    if (!transaction.isStaged(scope)) {
      transaction.requireWritable();
      transaction.catalog(scope);
      schema.pin(scope, view.snapshot.time());
    }
  }

  /** When the active schema was pinned, for reads of that time; something must be staged. */
  public long pinnedAt() {
    return schema.pin(scope);
  }

  /** What is to be done to the documents of a collection when the staged schema is committed. */
  static ArrayValue steps(CollectionState state) {
    return state.staged().map(CollectionState.Staged::steps).orElse(ArrayValue.EMPTY);
  }

  // ---------------------------------------------------------------- commit

  /**
   * Makes the staged schema the one in force. The languages have checked it against the active one
   * in this transaction.
   */
  public void commit() {
    transaction.requireWritable();
    Catalog active = transaction.catalog(scope);
    Catalog staged = transaction.pendingCatalog(scope);
    schema.checked(scope);
    schema.pin(scope, Pin.NONE);
    for (CollectionDef collection : staged.collections()) {
      commit(active.collection(collection.id()), collection);
    }
    transaction.schemas().forgetPending(scope);
    for (CollectionDef collection : active.collections()) {
      if (staged.collection(collection.id()) == null) {
        schema.drop(collection.document().ref(), state(collection));
      }
    }
    transaction.schemas().forgetPending(scope);
  }

  private void commit(CollectionDef active, CollectionDef staged) {
    CollectionState before = state(staged);
    CollectionState after = before.committed();
    Document activeDocument = active == null ? null : active.document();
    after = after.withHistoryFloor(schema.floor(after, activeDocument, staged.document().fields()));
    if (!after.equals(before)) {
      schema.abandonMissing(scope, before.backings(), after.backings());
      schema.put(staged.document().ref(), after);
      schema.finishLater(staged.document().ref());
    }
  }

  private CollectionState state(CollectionDef collection) {
    return schema.state(scope, collection.id());
  }

  // ---------------------------------------------------------------- abandoning

  /** Throws the staged schema away. */
  public void abandon() {
    transaction.requireWritable();
    Catalog active = transaction.catalog(scope);
    Catalog staged = transaction.pendingCatalog(scope);
    Map<Ref, ObjectValue> wanted = new LinkedHashMap<>();
    definitions(active).forEach(document -> wanted.put(document.ref(), document.fields()));
    sources(active.pin()).forEach(document -> wanted.put(document.ref(), document.fields()));
    List<Document> present =
        Stream.concat(definitions(staged), sources(Transaction.NOW).stream()).toList();
    restore(wanted, present);
    Set<Integer> collections = new LinkedHashSet<>();
    active.collections().forEach(collection -> collections.add(collection.id()));
    staged.collections().forEach(collection -> collections.add(collection.id()));
    for (int collection : collections) {
      forget(collection, active.collection(collection) != null);
    }
    schema.checked(scope);
    schema.pin(scope, Pin.NONE);
    transaction.schemas().forgetPending(scope);
  }

  /** Documents that changed are deleted first: they may have exchanged their names. */
  private void restore(Map<Ref, ObjectValue> wanted, List<Document> present) {
    Set<Ref> unchanged = new HashSet<>();
    for (Document document : present) {
      if (document.fields().equals(wanted.get(document.ref()))) {
        unchanged.add(document.ref());
      } else {
        documents.write(document.ref(), null);
      }
    }
    wanted.forEach(
        (ref, fields) -> {
          if (!unchanged.contains(ref)) {
            documents.write(ref, fields);
          }
        });
  }

  private void forget(int collection, boolean isActive) {
    CollectionState state = schema.state(scope, collection);
    List<Backing> staged = state.staged().map(CollectionState.Staged::backings).orElse(List.of());
    schema.abandonMissing(scope, staged, isActive ? state.backings() : List.of());
    if (!isActive) {
      view.writes.delete(Keyspace.collection(scope, collection));
    } else if (state.staged().isPresent()) {
      schema.put(new Ref(scope, SystemCollections.COLLECTION, collection), state.withStaged(null));
    }
  }

  private static Stream<Document> definitions(Catalog catalog) {
    return Stream.of(
            catalog.collections(), catalog.functions(), catalog.roles(), catalog.accessProviders())
        .flatMap(definitions -> definitions.stream().map(Definition::document));
  }

  /** The source files of the schema at a time. */
  private List<Document> sources(long at) {
    List<Document> sources = new ArrayList<>();
    try (DocumentScan scan =
        transaction.sets().scan(scope, SystemCollections.SCHEMA_SOURCE, at, Direction.ASCENDING)) {
      while (scan.next()) {
        sources.add(scan.document());
      }
    }
    return sources;
  }
}
