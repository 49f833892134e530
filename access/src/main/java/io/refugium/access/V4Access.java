package io.refugium.access;

import io.refugium.database.document.Document;
import io.refugium.database.document.Version;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Single documents as FQL v4 checks them; each method is a row of the table in spec access 6.1. In
 * v4 permission to read wins over existence, existence wins over permission to write, and
 * permission wins over validation.
 */
public final class V4Access {
  private final Session session;

  V4Access(Session session) {
    this.session = session;
  }

  /**
   * {@code Get(ref)}: {@code read} is checked as of now, whatever the time of the read. Also
   * documents of databases below.
   */
  public Lookup get(Ref ref, long at) {
    return get(ref, () -> session.transaction().read(ref, at));
  }

  /**
   * {@code Get(set)}: the same for the document of its first entry, which costs no further read.
   */
  public Lookup getFirst(Ref ref, long at) {
    return get(ref, () -> session.transaction().peek(ref, at));
  }

  private Lookup get(Ref ref, Supplier<Document> reading) {
    Decision decision = session.decide(new Operation.Read(ref));
    if (!decision.granted()) {
      return new Lookup.Denied(ref, decision);
    }
    Document document = reading.get();
    return document == null ? new Lookup.Missing(ref) : new Lookup.Found(document);
  }

  /** {@code Exists(ref)}: an unreadable document does not. */
  public boolean exists(Ref ref, long at) {
    Lookup found = get(ref, at);
    if (found instanceof Lookup.Denied) {
      session.transaction().counts().refused(ref);
    }
    return found instanceof Lookup.Found;
  }

  /**
   * Whether a document is there, for those who name it in {@code permissions} or {@code delegates}.
   * That is no secret in v4: an update of a document tells whether it exists before it is refused.
   */
  public boolean isThere(Ref ref) {
    return ref.scope() == session.scope() && session.peek(ref) != null;
  }

  /**
   * {@code Create(collection, params)}.
   *
   * @param contents the given fields, as predicates see them
   * @param credentials the parameter {@code credentials} of a user document, which sets its
   *     password (4.2); null otherwise
   */
  public Document create(
      int collection, ObjectValue contents, Preparation preparation, ObjectValue credentials) {
    Ref ref = session.newRef(collection);
    session.require(session.decide(new Operation.Create(ref, contents)));
    return withCredentials(
        session.storeNew(ref, session.schemaStage().unstaged(preparation)), credentials);
  }

  /**
   * {@code Create(ref, params)}, the id chosen by the caller.
   *
   * @throws io.refugium.database.refusal.DatabaseException.AlreadyExists when permitted and there
   *     is one
   */
  public Document createWithId(
      Ref ref, ObjectValue contents, Preparation preparation, ObjectValue credentials) {
    session.checkWritable();
    session.requireHere(ref);
    session.require(
        session.guard().decideCreateWithId(ref, contents, creationEvent(session, ref, contents)));
    return withCredentials(
        session.storeNew(ref, session.schemaStage().unstaged(preparation)), credentials);
  }

  private Document withCredentials(Document written, ObjectValue credentials) {
    if (credentials != null) {
      session.secrets().setFor(written.ref(), credentials);
    }
    return written;
  }

  static Operation.HistoryWrite creationEvent(Session session, Ref ref, ObjectValue contents) {
    return new Operation.HistoryWrite(ref, session.snapshotTime(), Version.Change.CREATE, contents);
  }

  /**
   * {@code Update} and {@code Replace}.
   *
   * @param change works out the change from the document as stored
   * @param credentials the parameter {@code credentials} of a user document, which sets its
   *     password (4.2); null otherwise
   * @throws AccessException.Missing when there is no such document, whatever the rights of the
   *     caller
   */
  public Document write(Ref ref, Function<Document, Change> change, ObjectValue credentials) {
    session.checkWritable();
    session.requireHere(ref);
    Document before = existing(ref);
    Change wanted = change.apply(before);
    session.require(
        session.decide(
            new Operation.Write(ref, before.fields(), wanted.after(), wanted.patched())));
    return withCredentials(
        session.store(before, session.schemaStage().unstaged(wanted.preparation())), credentials);
  }

  /**
   * {@code Delete}.
   *
   * @return the document as it was
   * @throws AccessException.Missing when there is no such document, whatever the rights of the
   *     caller
   */
  public Document delete(Ref ref) {
    session.checkWritable();
    session.requireHere(ref);
    existing(ref);
    session.require(session.decide(new Operation.Delete(ref)));
    session.schemaStage().requireUnstaged(ref);
    return session.writing(() -> session.transaction().delete(ref));
  }

  /**
   * {@code Insert(ref, ts, action, params)}; the document need not exist.
   *
   * @param ts when, in microseconds
   * @param contents the given fields, as predicates see them
   * @param preparation the fields to store; not asked for a deletion
   */
  public void insert(
      Ref ref, long ts, Version.Change change, ObjectValue contents, Preparation preparation) {
    session.checkWritable();
    session.requireHere(ref);
    session.require(session.decide(new Operation.HistoryWrite(ref, ts, change, contents)));
    ObjectValue fields = change == Version.Change.DELETE ? null : preparation.prepare(ref);
    if (fields != null) {
      session.require(session.guard().decideHandingOn(ref, current(ref), fields));
    }
    session.writing(
        () -> {
          session.transaction().insertVersion(ref, ts, fields);
          return null;
        });
  }

  /**
   * {@code Remove(ref, ts, action)}; nothing happens when there is no version at that time, or a
   * deletion where a version is meant, or the other way round. What the document then is again may
   * hand on no more than a write might.
   */
  public void remove(Ref ref, long ts, Version.Change change) {
    session.checkWritable();
    session.requireHere(ref);
    Version stored = versionAt(ref, ts);
    ObjectValue data =
        stored == null || stored.fields() == null ? ObjectValue.EMPTY : stored.fields();
    session.require(session.decide(new Operation.HistoryWrite(ref, ts, change, data)));
    boolean deletion = change == Version.Change.DELETE;
    if (stored == null || deletion != (stored.change() == Version.Change.DELETE)) {
      return;
    }
    ObjectValue before = current(ref);
    session.writing(
        () -> {
          session.transaction().removeVersion(ref, ts);
          return null;
        });
    session.require(session.guard().decideHandingOn(ref, before, current(ref)));
  }

  private ObjectValue current(Ref ref) {
    Document document = session.peek(ref);
    return document == null ? ObjectValue.EMPTY : document.fields();
  }

  private Version versionAt(Ref ref, long ts) {
    Iterator<Version> versions =
        session.transaction().versions(ref, ts, ts + 1, Direction.ASCENDING);
    return versions.hasNext() ? versions.next() : null;
  }

  /**
   * {@code Events(ref)} and {@code Singleton(ref)}: the history of a document within times. {@code
   * read} is neither needed nor sufficient.
   *
   * @throws AccessException.Denied without {@code history_read}
   */
  public Iterator<Version> history(Ref ref, long from, long to, Direction direction) {
    session.require(session.decide(new Operation.HistoryRead(ref)));
    return session.transaction().sets().events(ref, from, to, direction);
  }

  /**
   * {@code MoveDatabase}.
   *
   * @param newParent the database to move it below, by its global id: this one or one below it
   */
  public Document moveDatabase(Ref database, long newParent) {
    session.checkWritable();
    session.requireHere(database);
    session.require(session.decide(new Operation.Delete(database)));
    return session.writing(() -> session.transaction().moveDatabase(database, newParent));
  }

  /** Sets. */
  public V4Sets sets() {
    return new V4Sets(session);
  }

  /** What streams may tell. */
  public V4Streams streams() {
    return new V4Streams(session);
  }

  /** Login, logout and who is asking. */
  public V4Identity identity() {
    return new V4Identity(session);
  }

  /** The document that a write needs to know: not a read of the query (http.md 10.2). */
  private Document existing(Ref ref) {
    Document document = session.peek(ref);
    if (document == null) {
      throw new AccessException.Missing(ref);
    }
    return document;
  }
}
