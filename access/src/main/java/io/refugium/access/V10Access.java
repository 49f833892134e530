package io.refugium.access;

import io.refugium.database.FieldMatch;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.index.IndexScan;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.function.Function;

/**
 * Documents and sets as FQL v10 checks them; each method is a row of the tables in spec access 6.2
 * and 6.3. In v10 nothing can be done to a document that cannot be read, the past is a matter of
 * {@code history_read} alone, and sets are filtered rather than refused.
 */
public final class V10Access {
  private final Session session;

  V10Access(Session session) {
    this.session = session;
  }

  /**
   * A document at a time: the present needs {@code read}, the past {@code history_read} instead.
   */
  public Lookup read(Ref ref, ReadTime time) {
    Decision decision = decideRead(ref, time);
    if (!decision.granted()) {
      session.transaction().counts().refused(ref);
      return new Lookup.Denied(ref, decision);
    }
    Document document = session.transaction().read(ref, time.micros());
    return document == null ? new Lookup.Missing(ref) : new Lookup.Found(document);
  }

  /** Looks for a schema document under a name that none has: costs as much as any other. */
  public void readUnnamed() {
    session.transaction().counts().unnamed();
  }

  /**
   * Whether a document may be read at a time. The later pages of a query show its present, which is
   * the past by then: a version that is not that of now must have been readable then, too, or one
   * would see what was there before one was let in.
   */
  private Decision decideRead(Ref ref, ReadTime time) {
    if (time.history()) {
      return session.decide(new Operation.HistoryRead(ref));
    }
    Decision now = session.decide(new Operation.Read(ref));
    boolean settled = time.micros() == Transaction.NOW || !now.granted() || now.isUnconditional();
    return settled || !isOtherVersion(ref, time.micros())
        ? now
        : session.asOf(time.micros(), past -> past.decide(new Operation.Read(ref)));
  }

  private boolean mayRead(Ref ref, ReadTime time) {
    return decideRead(ref, time).granted();
  }

  /** Whether it is no secret how many documents there are. */
  private boolean readsAll(Ref collection, ReadTime time) {
    return session.guard().readsAll(collection, time.history() ? Action.HISTORY_READ : Action.READ);
  }

  private boolean isOtherVersion(Ref ref, long at) {
    Document then = session.transaction().peek(ref, at);
    Document now = session.peek(ref);
    return then != null && (now == null || now.ts() != then.ts());
  }

  /** {@code C.create({...})}: needs {@code create}. Reading the result is another matter. */
  public Document create(int collection, ObjectValue contents, Preparation preparation) {
    Ref ref = session.newRef(collection);
    session.require(session.decide(new Operation.Create(ref, contents)));
    return session.storeNew(ref, preparation);
  }

  /** {@code C.create({id, ...})}: needs {@code create} in any case, and the right to choose ids. */
  public Document createWithId(Ref ref, ObjectValue contents, Preparation preparation) {
    session.checkWritable();
    session.requireHere(ref);
    Operation.HistoryWrite event = V4Access.creationEvent(session, ref, contents);
    session.require(session.guard().decideCreateWithId(ref, contents, event));
    session.require(session.decide(new Operation.Create(ref, contents)));
    session.transaction().requireNone(ref);
    return session.storeNew(ref, preparation);
  }

  /**
   * {@code d.update}, {@code d.replace} and their variants: needs {@code read} and {@code write}.
   *
   * @param change works out the change from the document as stored
   * @throws AccessException.Missing when it may be read but does not exist
   */
  public Document write(Ref ref, Function<Document, Change> change) {
    session.checkWritable();
    Document before = readable(ref);
    Change wanted = change.apply(before);
    session.require(
        session.decide(
            new Operation.Write(ref, before.fields(), wanted.after(), wanted.patched())));
    return session.store(before, wanted.preparation());
  }

  /** {@code d.delete()}: needs {@code read} and {@code delete}. Gives the document as it was. */
  public Document delete(Ref ref) {
    return delete(ref, () -> {});
  }

  /**
   * The same.
   *
   * @param check refuses for reasons that are none of access; runs only when the deletion is
   *     permitted
   */
  public Document delete(Ref ref, Runnable check) {
    session.checkWritable();
    readable(ref);
    session.require(session.decide(new Operation.Delete(ref)));
    check.run();
    return session.writing(() -> session.transaction().delete(ref));
  }

  private Document readable(Ref ref) {
    session.requireHere(ref);
    Document document = read(ref, ReadTime.NOW).orDeny();
    if (document == null) {
      throw new AccessException.Missing(ref);
    }
    return document;
  }

  /**
   * An id that no document has. Merely an observation in v10, so predicates may ask for one; it
   * becomes somebody's id by a write, which is checked then.
   */
  public long newId() {
    return session.transaction().newId();
  }

  // ---------------------------------------------------------------- sets

  /**
   * {@code C.all()} and friends of any collection: never an error, only what may be read at that
   * time.
   */
  public DocumentScan scan(int collection, ReadTime time, Direction direction) {
    List<FieldMatch> among = time.history() ? null : Narrowing.of(session, collection);
    long scope = session.scope();
    DocumentScan all =
        among == null
            ? session.transaction().sets().scan(scope, collection, time.micros(), direction)
            : session
                .transaction()
                .sets()
                .candidates(scope, collection, among, time.micros(), direction);
    if (!readsAll(new Ref(scope, SystemCollections.COLLECTION, collection), time)) {
      all.discreet();
    }
    return new ReadableScans.Documents(all, ref -> mayRead(ref, time));
  }

  /**
   * {@code C.byX(...)}: the entries of documents that may be read at that time.
   *
   * @param collection the collection whose index it is
   * @throws AccessException.CollectionDenied when nothing allows any read of the collection
   */
  public IndexScan scan(
      CollectionDef collection,
      IndexDef index,
      List<Value> terms,
      ReadTime time,
      Direction direction) {
    requireSomeRead(collection);
    IndexScan all = session.transaction().sets().scan(index, terms, time.micros(), direction);
    if (!readsAll(collection.document().ref(), time)) {
      all.discreet();
    }
    return new ReadableScans.Entries(all, ref -> mayRead(ref, time));
  }

  /**
   * Refuses when nothing allows any read of a collection: what using an index, or opening a stream
   * on the collection or an index, asks first (spec access 6.3, 11).
   */
  public void requireSomeRead(CollectionDef collection) {
    if (!hasSomeRead(collection)) {
      throw new AccessException.CollectionDenied(collection.name());
    }
  }

  /** Whether anything allows some read of a collection. */
  public boolean hasSomeRead(CollectionDef collection) {
    return session.guard().someReadGrant(collection.document().ref());
  }

  /**
   * The values under which an index has a document that was read, for some terms; empty if it has
   * none.
   */
  public List<List<Value>> entries(IndexDef index, List<Value> terms, Document document) {
    return session.transaction().sets().entries(index, terms, document);
  }

  /** Credentials, login and who is asking. */
  public V10Identity identity() {
    return new V10Identity(session);
  }
}
