package io.refugium.database;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.document.Document;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.refusal.Limits;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.ArrayValue;
import io.refugium.model.CodecException;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes, deletes and moves databases.
 *
 * <p>Invariant: what a database is for those below it, its place in the tree included, is part of
 * their catalogs; so whatever changes it makes other versions of their schemas too.
 */
final class DatabaseTree {
  private final Transaction transaction;
  private final View view;
  private final DocumentWriter documents;
  private final SchemaWriter schema;

  DatabaseTree(Transaction transaction, View view, DocumentWriter documents, SchemaWriter schema) {
    this.transaction = transaction;
    this.view = view;
    this.documents = documents;
    this.schema = schema;
  }

  /** Writes the document of a database, or deletes it when {@code fields} is null. */
  Document write(Ref ref, Document before, ObjectValue fields) {
    long scope = Transaction.scopeOf(ref);
    if (before == null) {
      DatabaseInfo parent = transaction.database(ref.scope());
      if (parent == null) {
        throw new DatabaseException.DatabaseNotFound(ref.scope());
      }
      if (parent.ancestors().size() >= Limits.DATABASE_DEPTH) {
        throw DatabaseException.TooLarge.databaseDepth();
      }
    }
    if (fields == null) {
      for (Ref key : transaction.identities().keysOf(ref)) {
        transaction.delete(key);
      }
      drop(scope);
    } else {
      withDescendants(scope).forEach(schema::bump);
    }
    return documents.write(ref, fields);
  }

  /** Makes a database and everything below it unreachable at once. */
  private void drop(long scope) {
    for (long dropped : withDescendants(scope)) {
      view.writes.delete(Keyspace.schemaVersion(dropped));
      if (dropped != scope) {
        view.writes.delete(Keyspace.parent(dropped));
      }
      for (KeyRange range : Keyspace.database(dropped)) {
        schema.abandon(range);
      }
      transaction.schemas().forgetPending(dropped);
    }
  }

  /** A database and all below it. */
  private List<Long> withDescendants(long scope) {
    List<Long> scopes = new ArrayList<>();
    scopes.add(scope);
    for (int i = 0; i < scopes.size(); i++) {
      try (RangeScan children =
          view.scan(
              Keyspace.documents(scopes.get(i), SystemCollections.DATABASE), Direction.ASCENDING)) {
        while (children.next()) {
          scopes.add(Transaction.scopeOf(Keyspace.documentRef(children.key())));
        }
      }
    }
    return scopes;
  }

  /** Moves a database with all below it and its keys to another parent. */
  Document move(Ref ref, Document moved, long newParent) {
    long scope = Transaction.scopeOf(ref);
    DatabaseInfo target = transaction.database(newParent);
    if (target == null) {
      throw new DatabaseException.DatabaseNotFound(newParent);
    }
    if (ref.scope() == newParent) {
      throw new DatabaseException.InvalidMove(DatabaseException.InvalidMove.Reason.SAME_PARENT);
    }
    if (target.isWithin(scope)) {
      throw new DatabaseException.InvalidMove(DatabaseException.InvalidMove.Reason.INTO_DESCENDANT);
    }
    Ref there = new Ref(newParent, SystemCollections.DATABASE, ref.id());
    schema.requireFree(
        there,
        null,
        "name",
        SystemCollections.DATABASE,
        CollectionDef.Fields.string(moved.fields(), "name"));
    List<Document> keys =
        transaction.identities().keysOf(ref).stream().map(transaction::peek).toList();
    keys.forEach(key -> documents.write(key.ref(), null));
    documents.write(ref, null);
    Document document = writeThere(there, moved.fields());
    for (Document key : keys) {
      writeThere(
          new Ref(newParent, SystemCollections.KEY, key.ref().id()), moved(key.fields(), there));
    }
    schema.bump(ref.scope());
    schema.bump(newParent);
    withDescendants(scope).forEach(schema::bump);
    return document;
  }

  // What a user keeps with it may refer to the old parent, where nothing can refer to from there.
  private Document writeThere(Ref ref, ObjectValue fields) {
    try {
      return documents.write(ref, fields);
    } catch (CodecException refused) {
      if (refused.reason() == CodecException.Reason.FOREIGN_REFERENCE) {
        throw new DatabaseException.InvalidMove(
            DatabaseException.InvalidMove.Reason.REFERS_TO_PARENT);
      }
      throw refused;
    }
  }

  private static ObjectValue moved(ObjectValue key, Ref there) {
    ObjectValue fields = key.with("database", there);
    Value role = key.get("role");
    return role == null ? fields : fields.with("role", named(role));
  }

  /** The roles that a key has by name: references to roles of the old parent never gave rights. */
  private static Value named(Value role) {
    return switch (role) {
      case Ref _ -> ArrayValue.EMPTY;
      case ArrayValue(List<Value> several) ->
          new ArrayValue(several.stream().filter(one -> !(one instanceof Ref)).toList());
      default -> role;
    };
  }
}
