package io.refugium.fql4;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Operation;
import io.refugium.access.Session;
import io.refugium.database.DocumentChanges.Committed;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Exception;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.Types;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/** What a stream watches (spec: HTTP surface, 11.1). */
sealed interface Watched {
  record OneDocument(Ref ref) implements Watched {}

  record Documents(Ref collection) implements Watched {}

  record Entries(Ref index, List<Value> terms) implements Watched {}

  /**
   * What the value of an expression says to watch.
   *
   * @throws Fql4Exception if it cannot be watched
   */
  static Watched of(Value value, ApiVersion version) {
    return switch (value) {
      case Ref ref when isUser(ref) -> new OneDocument(ref);
      case VersionValue document when isUser(document.ref()) -> new OneDocument(document.ref());
      case SetValue.Match(Ref index, List<Value> terms) -> new Entries(index, terms);
      case SetValue.Documents(Ref collection)
          when SystemCollections.isUser((int) collection.id()) ->
          new Documents(collection);
      case UnresolvedRef ref -> throw ref.error(Position.ROOT, version);
      default -> throw Errors.notStreamable(Types.nameOf(value));
    };
  }

  /** Whether anything is to be told of a commit, as far as can be said without looking. */
  default boolean mayBeConcernedBy(Committed commit) {
    return switch (this) {
      case OneDocument(Ref ref) ->
          commit.documents().contains(ref)
              || commit.edits().stream().anyMatch(edit -> edit.document().equals(ref));
      case Documents _, Entries _ -> true;
    };
  }

  private static boolean isUser(Ref ref) {
    return !NativeCollections.isNative(ref) && SystemCollections.isUser(ref.collection());
  }

  /** The changes that may concern it. */
  default CollectionChanges changes(Session session, long after) {
    return switch (this) {
      case OneDocument(Ref ref) -> session.changes(Operation.collectionOf(ref), after);
      case Documents(Ref collection) -> session.changes(collection, after);
      case Entries(Ref index, List<Value> _) -> {
        Ref collection = onlySource(definition(session, index));
        yield collection == null
            ? session.allChanges(index.scope(), after)
            : session.changes(collection, after);
      }
    };
  }

  /** An index of this database or one below it; null when there is none (any more). */
  static IndexDef definition(Session session, Ref index) {
    Catalog catalog = session.catalog(index.scope());
    return catalog == null ? null : catalog.index((int) index.id());
  }

  private static Ref onlySource(IndexDef index) {
    return index != null
            && index.sources().size() == 1
            && !index.sources().getFirst().every()
            && index.sources().getFirst().collections().size() == 1
        ? new Ref(
            index.scope(),
            SystemCollections.COLLECTION,
            index.sources().getFirst().collections().iterator().next())
        : null;
  }
}
