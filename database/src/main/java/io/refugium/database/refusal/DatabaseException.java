package io.refugium.database.refusal;

import io.refugium.database.catalog.IndexDef;
import io.refugium.model.Ref;
import io.refugium.model.TimeValue;
import java.util.List;

/**
 * Why the database refused something. Sealed: a language turns each kind into its own error with
 * its own wire text; the message here is the text of the protocol-level errors (spec: schema 12,
 * 13) and otherwise for developers. Carries no stack trace: these are answers, not defects.
 */
public abstract sealed class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private DatabaseException(String message) {
    super(message, null, false, false);
  }

  /** A document with this id, or a schema document with this name, exists. */
  public static final class AlreadyExists extends DatabaseException {
    private final transient Ref existing;

    public AlreadyExists(Ref existing) {
      super("Document already exists.");
      this.existing = existing;
    }

    /** The document that is there. */
    public Ref existing() {
      return existing;
    }
  }

  /** There is no such document, or it is deleted or expired. */
  public static final class NotFound extends DatabaseException {
    private final transient Ref ref;

    public NotFound(Ref ref) {
      super("Document not found.");
      this.ref = ref;
    }

    public Ref ref() {
      return ref;
    }
  }

  /** There is no such database, or it or one above it was deleted. */
  public static final class DatabaseNotFound extends DatabaseException {
    private final long scope;

    public DatabaseNotFound(long scope) {
      super("Database not found.");
      this.scope = scope;
    }

    public long scope() {
      return scope;
    }
  }

  /** The collection of a document that is to be written does not exist. */
  public static final class CollectionNotFound extends DatabaseException {
    private final transient Ref ref;

    public CollectionNotFound(Ref ref) {
      super("Collection not found.");
      this.ref = ref;
    }

    /** The document. */
    public Ref ref() {
      return ref;
    }
  }

  /** A write would give a second document the same entry in one or several unique indexes. */
  public static final class NotUnique extends DatabaseException {
    private final transient Ref ref;
    private final transient List<IndexDef> indexes;

    public NotUnique(Ref ref, List<IndexDef> indexes) {
      super("document is not unique.");
      this.ref = ref;
      this.indexes = List.copyOf(indexes);
    }

    /** The document whose write was refused. */
    public Ref ref() {
      return ref;
    }

    /** The indexes violated, in order of definition. */
    public List<IndexDef> indexes() {
      return indexes;
    }
  }

  /**
   * A field that identifies a native document is taken: a name by renaming, the issuer of an access
   * provider, the id of a key by a key of another database.
   */
  public static final class FieldNotUnique extends DatabaseException {
    private final transient Ref existing;
    private final String field;

    public FieldNotUnique(Ref existing, String field) {
      super("document is not unique.");
      this.existing = existing;
      this.field = field;
    }

    /** The document that has the value, or the one that must not get it from another database's. */
    public Ref existing() {
      return existing;
    }

    /** The field, such as {@code name}. */
    public String field() {
      return field;
    }
  }

  /**
   * A limit of {@link Limits} is exceeded; the message is the wire text, code {@code
   * invalid_request} or {@code bad request}.
   */
  public static final class TooLarge extends DatabaseException {
    TooLarge(String message) {
      super(message);
    }

    public static TooLarge version(long bytes) {
      return new TooLarge(
          "Version bytes (%d) exceeds threshold (%d)".formatted(bytes, Limits.VERSION_BYTES));
    }

    public static TooLarge transaction(long bytes) {
      return new TooLarge(
          "Transaction exceeded limit: got %d bytes, limit %d bytes"
              .formatted(bytes, Limits.TRANSACTION_BYTES));
    }

    public static TooLarge key(long bytes) {
      return new TooLarge(
          "Key bytes (%d) exceeds threshold (%d)".formatted(bytes, Limits.KEY_BYTES));
    }

    public static TooLarge lookup(long bytes) {
      return new TooLarge("buf length %d exceeds %d".formatted(bytes, Limits.ENTRY_BYTES));
    }

    public static TooLarge entries(Ref document, IndexDef index, long bytes) {
      return new TooLarge(
          ("Index entries for doc DocID(%s,C%d) in scope ScopeID(%s) and index IndexID(%d) have estimated byte size %d that"
                  + " exceeds limit %d")
              .formatted(
                  Long.toUnsignedString(document.id()),
                  document.collection(),
                  Long.toUnsignedString(document.scope()),
                  index.id(),
                  bytes,
                  Limits.TRANSACTION_BYTES));
    }

    public static TooLarge history() {
      return new TooLarge(
          "History has more than %d events; narrow the time.".formatted(Limits.HISTORY_EVENTS));
    }

    public static TooLarge sequence() {
      return new TooLarge("Maximum sequential ID reached.");
    }

    public static TooLarge databaseDepth() {
      return new TooLarge(
          "Databases are nested too deeply, limit %d.".formatted(Limits.DATABASE_DEPTH));
    }
  }

  /** The transaction lost against others more often than it may. */
  public static final class Contended extends DatabaseException {
    private final transient Ref document;
    private final boolean schema;
    private final int attempts;

    public Contended(Ref document, boolean schema, int attempts) {
      super("Transaction was aborted due to detection of concurrent modification.");
      this.document = document;
      this.schema = schema;
      this.attempts = attempts;
    }

    /** The document to blame, or null when there is not exactly one. */
    public Ref document() {
      return document;
    }

    /** Whether a change of the schema was to blame. */
    public boolean schema() {
      return schema;
    }

    /** How often it was tried. */
    public int attempts() {
      return attempts;
    }
  }

  /** A read at a time whose history need not be there any more; times in microseconds. */
  public static final class SnapshotTooOld extends DatabaseException {
    private final long requested;
    private final long floor;

    public SnapshotTooOld(long requested, long floor) {
      super(
          "Requested timestamp %s less than minimum allowed timestamp %s."
              .formatted(TimeValue.ofMicros(requested).value(), TimeValue.ofMicros(floor).value()));
      this.requested = requested;
      this.floor = floor;
    }

    public long requested() {
      return requested;
    }

    public long floor() {
      return floor;
    }
  }

  /** The time of the query is up. */
  public static final class DeadlineExceeded extends DatabaseException {
    public DeadlineExceeded() {
      super("Read timed out (the deadline of the query has passed)");
    }
  }

  /** The index is still being built, or its build failed. */
  public static final class IndexNotActive extends DatabaseException {
    private final transient IndexDef index;

    public IndexNotActive(IndexDef index) {
      super("Index is not active.");
      this.index = index;
    }

    public IndexDef index() {
      return index;
    }
  }

  /** What happened at that time is not kept any more: a stream or feed cannot go on from there. */
  public static final class ChangesForgotten extends DatabaseException {
    public ChangesForgotten() {
      super("The changes since then are not kept any more.");
    }
  }

  /** A read-only transaction tried to write. */
  public static final class ReadOnly extends DatabaseException {
    public ReadOnly() {
      super("The transaction is read-only.");
    }
  }

  /** A database cannot be moved to where it should go. */
  public static final class InvalidMove extends DatabaseException {
    /** Why not. */
    public enum Reason {
      /** The new parent is the database itself or lies below it. */
      INTO_DESCENDANT,
      /** It is there already. */
      SAME_PARENT,
      /** Its document, or that of a key for it, holds a reference to a document of its parent. */
      REFERS_TO_PARENT
    }

    private final Reason reason;

    public InvalidMove(Reason reason) {
      super("Cannot move the database: " + reason);
      this.reason = reason;
    }

    public Reason reason() {
      return reason;
    }
  }
}
