package io.refugium.access;

import io.refugium.database.Transaction;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What a stream of FQL v4 may tell of a change (spec access 11). Each change is judged by its own
 * versions, with the data of its time and the rights of now; what may not be told is left out.
 */
public final class V4Streams {
  private final Session session;

  V4Streams(Session session) {
    this.session = session;
  }

  /**
   * What a transaction did to a document.
   *
   * @param before the document before; null if there was none, or none that may be known
   * @param after the document after; null if it was deleted
   */
  public record Changed(Document before, Document after, Version version) {}

  /**
   * What a transaction did to a set.
   *
   * @param added whether an element came; otherwise it went
   * @param values the covered values; empty for sets of documents
   */
  public record Moved(boolean added, Ref document, List<Value> values) {}

  /**
   * The change of a document at a time; null if nothing is to be told. Whoever is let in by the
   * change is not told what the document was before.
   *
   * @param withBefore whether anybody wants to know what it was before; what a deletion ends is
   *     always told
   */
  public Changed document(Ref ref, long time, boolean withBefore) {
    return at(
        ref,
        time,
        (judge, before, after) -> {
          if (before == null && after == null) {
            return null;
          }
          if (after == null) {
            return judge.may(new Operation.HistoryRead(ref))
                ? changed(Version.Change.DELETE, before, null, time)
                : null;
          }
          if (!judge.may(Operation.Read.of(after))) {
            return null;
          }
          return before == null
              ? changed(Version.Change.CREATE, null, after, time)
              : changed(
                  Version.Change.UPDATE,
                  withBefore && mayKnow(judge, before, time - 1) ? before : null,
                  after,
                  time);
        });
  }

  /** Whether a document may be known as it was at a time, by the data of then. */
  private boolean mayKnow(Session now, Document document, long time) {
    return now.may(new Operation.HistoryRead(document.ref()))
        || session.asOf(time, then -> then.may(Operation.Read.of(document)));
  }

  private static Changed changed(
      Version.Change change, Document before, Document after, long time) {
    Ref ref = (after == null ? before : after).ref();
    return new Changed(
        before, after, new Version(ref, time, change, fields(before), fields(after)));
  }

  private static ObjectValue fields(Document document) {
    return document == null ? null : document.fields();
  }

  /** What the change of a document at a time means for the documents of its collection. */
  public List<Moved> ofCollection(Ref ref, long time) {
    return at(
        ref,
        time,
        (judge, before, after) -> {
          if ((before == null) == (after == null)) {
            return List.of();
          }
          Ref collection = Operation.collectionOf(ref);
          Document shown = after == null ? before : after;
          boolean told =
              judge.may(new Operation.ListUnrestricted(collection))
                  || judge.may(Operation.Read.of(shown));
          return told ? List.of(new Moved(after != null, ref, List.of())) : List.of();
        });
  }

  /** What an edit of the history of a document did; nothing if that may not be known. */
  public List<Rewritten> rewritten(Ref ref, long at) {
    return session.may(new Operation.HistoryRead(ref)) ? rewrittenBy(ref, at) : List.of();
  }

  /** The same for the documents of its collection, of which it must be one. */
  public List<Rewritten> rewrittenIn(Ref collection, Ref ref, long at) {
    boolean told =
        session.peek(ref) != null
            && (session.may(new Operation.ListUnrestricted(collection)) || session.mayRead(ref));
    return told ? rewrittenBy(ref, at) : List.of();
  }

  private List<Rewritten> rewrittenBy(Ref ref, long at) {
    Iterator<Version> history =
        session.transaction().versions(ref, 0, Transaction.NOW, Direction.ASCENDING);
    return history.hasNext() || isKept(ref, at) ? Rewritten.of(ref, history, at) : List.of();
  }

  /**
   * Whether history is kept of a time. Of what lies before it nothing is told when it vanishes: the
   * server clears away what has expired long ago, and that is no event.
   */
  private boolean isKept(Ref ref, long at) {
    Catalog catalog = session.catalog(ref.scope());
    CollectionDef collection = catalog == null ? null : catalog.collection(ref.collection());
    return collection != null && at >= collection.minimumValidTime(session.snapshotTime());
  }

  /**
   * What the change of a document at a time means for the entries of an index under some terms.
   * Whoever is let in by the change is not told which entries the document had before.
   */
  public List<Moved> ofIndex(IndexDef index, List<Value> terms, Ref ref, long time) {
    return at(
        ref,
        time,
        (judge, before, after) -> {
          List<List<Value>> was = entries(index, terms, before);
          List<List<Value>> is = entries(index, terms, after);
          List<Moved> moved = new ArrayList<>();
          if (mayTell(judge, index, terms, before, () -> mayKnow(judge, before, time - 1))) {
            was.stream()
                .filter(values -> !is.contains(values))
                .forEach(values -> moved.add(new Moved(false, ref, values)));
          }
          if (mayTell(judge, index, terms, after, () -> true)) {
            is.stream()
                .filter(values -> !was.contains(values))
                .forEach(values -> moved.add(new Moved(true, ref, values)));
          }
          return moved;
        });
  }

  private List<List<Value>> entries(IndexDef index, List<Value> terms, Document document) {
    return document == null
        ? List.of()
        : session.transaction().sets().entries(index, terms, document);
  }

  private static boolean mayTell(
      Session judge,
      IndexDef index,
      List<Value> terms,
      Document document,
      BooleanSupplier mayKnow) {
    if (document == null) {
      return false;
    }
    Ref ref = new Ref(index.scope(), SystemCollections.INDEX, index.id());
    return judge.may(new Operation.ReadIndexUnrestricted(ref, terms))
        || (judge.may(new Operation.ReadIndex(ref, terms))
            && judge.may(Operation.Read.of(document))
            && mayKnow.getAsBoolean());
  }

  /** Judges a document as it was before a transaction and after it. */
  @FunctionalInterface
  private interface Judgement<T> {
    T of(Session judge, Document before, Document after);
  }

  private <T> T at(Ref ref, long time, Judgement<T> judgement) {
    Document before = session.asOf(time - 1, past -> past.peek(ref));
    return session.asOf(time, judge -> judgement.of(judge, before, judge.peek(ref)));
  }
}
