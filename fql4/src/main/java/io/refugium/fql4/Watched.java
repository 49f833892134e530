package io.refugium.fql4;

import io.refugium.access.CollectionChanges;
import io.refugium.access.Session;
import io.refugium.database.DocumentChanges.Committed;
import io.refugium.database.IndexDef;
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
      case OneDocument(Ref ref) -> session.changes(ref.collection(), after);
      case Documents(Ref collection) -> session.changes((int) collection.id(), after);
      case Entries(Ref index, List<Value> ignored) -> {
        IndexDef definition = session.catalog().index((int) index.id());
        yield definition != null
                && definition.sources().size() == 1
                && !definition.sources().getFirst().every()
                && definition.sources().getFirst().collections().size() == 1
            ? session.changes(
                definition.sources().getFirst().collections().iterator().next(), after)
            : session.changes(after);
      }
    };
  }
}
