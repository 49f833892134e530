package io.refugium.database.keys;

import io.refugium.model.KeyEncoder;
import io.refugium.model.Ref;
import io.refugium.storage.KeyRange;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Where everything lies in the store. A key begins with one byte that names its area, then come
 * fixed-width big-endian numbers, so that byte order is the order of ids. Scopes and ids are
 * unsigned but for document ids, which FQL v4 lets be negative: their sign bit is flipped.
 *
 * <pre>
 * area            key                                        value
 * SCHEMA_VERSION  scope                                      the version is its commit time; while a schema is staged, the pin of the active one; deleted with the database
 * TREE            scope                                      the scope above
 * KEY             key id                                     the scope that stores the key
 * BUILD           scope, index                               how far a build in the background has come
 * GARBAGE         time, a unique number                      a range of keys that nobody can reach since then
 * SEQUENCE        scope, collection                          the last id given out
 * COLLECTION      scope, collection                          what the database derived from a collection document
 * NAME            scope, collection, text                    document id
 * CREDENTIAL      scope, document, credential id             nothing
 * TOKEN           scope, document, token id                  nothing
 * DATABASE_KEY    scope, database, key id                    nothing
 * DELEGATION      scope, delegate, delegating document       nothing
 * EXPIRY          time, scope, collection, id                nothing: the document has this time to live
 * SECRET                                                     the random bytes of the store; see StoreSecret
 * DOCUMENT        scope, collection, id                      fields
 * ENTRY           scope, index, terms, values, document      time to live; see EntryKeys
 * </pre>
 *
 * <p>Internal ids are never given out twice, so a range that was abandoned is never written again.
 */
public final class Keyspace {
  private static final byte SCHEMA_VERSION = 1;
  private static final byte TREE = 2;
  private static final byte KEY = 3;
  private static final byte BUILD = 4;
  private static final byte GARBAGE = 5;
  private static final byte SEQUENCE = 6;
  private static final byte COLLECTION = 7;
  private static final byte NAME = 8;
  private static final byte CREDENTIAL = 9;
  private static final byte TOKEN = 10;
  private static final byte DATABASE_KEY = 11;
  private static final byte DELEGATION = 12;
  private static final byte EXPIRY = 13;
  private static final byte SECRET = 14;
  private static final byte DOCUMENT = 16;
  public static final byte ENTRY = 17;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int SCOPED = 1 + Long.BYTES;
  private static final int DOCUMENT_BYTES = SCOPED + Integer.BYTES + Long.BYTES;

  private Keyspace() {}

  public static byte[] secret() {
    return new byte[] {SECRET};
  }

  public static byte[] schemaVersion(long scope) {
    return key(SCHEMA_VERSION, scope);
  }

  public static boolean isSchemaVersion(byte[] key) {
    return key[0] == SCHEMA_VERSION;
  }

  public static byte[] parent(long scope) {
    return key(TREE, scope);
  }

  /** One key for each database but the root. */
  public static KeyRange databases() {
    return KeyRange.prefix(new byte[] {TREE});
  }

  /** The database of a key made by {@link #parent}. */
  public static long treeScope(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  public static byte[] keyScope(long keyId) {
    return key(KEY, keyId);
  }

  public static byte[] build(long scope, int index) {
    return ByteBuffer.allocate(SCOPED + Integer.BYTES)
        .put(BUILD)
        .putLong(scope)
        .putInt(index)
        .array();
  }

  public static KeyRange builds() {
    return KeyRange.prefix(new byte[] {BUILD});
  }

  public static long buildScope(byte[] key) {
    return ByteBuffer.wrap(key).getLong(1);
  }

  public static int buildIndex(byte[] key) {
    return ByteBuffer.wrap(key).getInt(SCOPED);
  }

  public static byte[] garbage(long time, long unique) {
    return ByteBuffer.allocate(SCOPED + Long.BYTES)
        .put(GARBAGE)
        .putLong(time)
        .putLong(unique)
        .array();
  }

  /** Garbage that was abandoned before a time. */
  public static KeyRange garbageBefore(long time) {
    return KeyRange.of(new byte[] {GARBAGE}, key(GARBAGE, time));
  }

  public static byte[] sequence(long scope, int collection) {
    return key(SEQUENCE, scope, collection);
  }

  public static byte[] collection(long scope, int collection) {
    return key(COLLECTION, scope, collection);
  }

  static KeyRange collections(long scope) {
    return KeyRange.prefix(key(COLLECTION, scope));
  }

  static int collectionId(byte[] collectionKey) {
    return ByteBuffer.wrap(collectionKey).getInt(SCOPED);
  }

  public static byte[] name(long scope, int collection, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(SCOPED + Integer.BYTES + utf8.length)
        .put(NAME)
        .putLong(scope)
        .putInt(collection)
        .put(utf8)
        .array();
  }

  static byte[] credential(Ref document, long credential) {
    return owned(CREDENTIAL, document.scope(), document.collection(), document.id(), credential);
  }

  public static KeyRange credentials(Ref document) {
    return KeyRange.prefix(
        owners(CREDENTIAL, document.scope(), document.collection(), document.id()));
  }

  static byte[] token(Ref document, long token) {
    return owned(TOKEN, document.scope(), document.collection(), document.id(), token);
  }

  public static KeyRange tokens(Ref document) {
    return KeyRange.prefix(owners(TOKEN, document.scope(), document.collection(), document.id()));
  }

  static byte[] databaseKey(Ref database, long key) {
    return owned(DATABASE_KEY, database.scope(), database.collection(), database.id(), key);
  }

  public static KeyRange databaseKeys(Ref database) {
    return KeyRange.prefix(
        owners(DATABASE_KEY, database.scope(), database.collection(), database.id()));
  }

  static byte[] delegation(Ref delegate, Ref delegating) {
    return ByteBuffer.allocate(2 * DOCUMENT_BYTES - SCOPED)
        .put(owners(DELEGATION, delegate.scope(), delegate.collection(), delegate.id()))
        .putInt(delegating.collection())
        .putLong(flipped(delegating.id()))
        .array();
  }

  public static KeyRange delegations(Ref delegate) {
    return KeyRange.prefix(
        owners(DELEGATION, delegate.scope(), delegate.collection(), delegate.id()));
  }

  /** All delegations of a database. */
  public static KeyRange delegations(long scope) {
    return KeyRange.prefix(key(DELEGATION, scope));
  }

  public static boolean isDelegation(byte[] key) {
    return key[0] == DELEGATION;
  }

  /** The delegating document of a key made by {@link #delegation}. */
  public static Ref delegating(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new Ref(
        buffer.getLong(1),
        buffer.getInt(DOCUMENT_BYTES),
        flipped(buffer.getLong(DOCUMENT_BYTES + Integer.BYTES)));
  }

  /**
   * The last number of a key made by {@link #credential}, {@link #token} or {@link #databaseKey}.
   */
  public static long ownedId(byte[] key) {
    return flipped(ByteBuffer.wrap(key).getLong(key.length - Long.BYTES));
  }

  static byte[] expiry(long ttl, Ref ref) {
    return ByteBuffer.allocate(Long.BYTES + DOCUMENT_BYTES)
        .put(EXPIRY)
        .putLong(flipped(ttl))
        .putLong(ref.scope())
        .putInt(ref.collection())
        .putLong(flipped(ref.id()))
        .array();
  }

  /** What expired before a time, from a key on. */
  public static KeyRange expired(byte[] from, long before) {
    return KeyRange.of(from == null ? new byte[] {EXPIRY} : from, key(EXPIRY, flipped(before)));
  }

  public static long expiryTime(byte[] key) {
    return flipped(ByteBuffer.wrap(key).getLong(1));
  }

  public static Ref expiryRef(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key, SCOPED, DOCUMENT_BYTES - 1);
    return new Ref(buffer.getLong(), buffer.getInt(), flipped(buffer.getLong()));
  }

  public static byte[] document(Ref ref) {
    return owners(DOCUMENT, ref.scope(), ref.collection(), ref.id());
  }

  public static boolean isDocument(byte[] key) {
    return key[0] == DOCUMENT;
  }

  public static boolean isEntry(byte[] key) {
    return key[0] == ENTRY;
  }

  /** The database of a document's key. */
  public static long scope(byte[] documentKey) {
    return ByteBuffer.wrap(documentKey).getLong(1);
  }

  /** The document with this key. */
  public static Ref documentRef(byte[] key) {
    ByteBuffer buffer = ByteBuffer.wrap(key);
    return new Ref(
        buffer.getLong(1), buffer.getInt(SCOPED), flipped(buffer.getLong(SCOPED + Integer.BYTES)));
  }

  /** The documents of a collection. */
  public static KeyRange documents(long scope, int collection) {
    return KeyRange.prefix(key(DOCUMENT, scope, collection));
  }

  /** All documents of all databases. */
  public static KeyRange documents() {
    return KeyRange.prefix(new byte[] {DOCUMENT});
  }

  /** All documents of a database. */
  public static KeyRange documents(long scope) {
    return KeyRange.prefix(key(DOCUMENT, scope));
  }

  /**
   * The documents of a collection that are listed: those with a negative id, which FQL v4 can
   * write, are not (fql4 2.4).
   */
  public static KeyRange listedDocuments(long scope, int collection) {
    return KeyRange.of(document(new Ref(scope, collection, 0)), documents(scope, collection).to());
  }

  /** Everything of one database that is kept under its scope, but for its schema version. */
  public static KeyRange[] database(long scope) {
    byte[] areas = {
      SEQUENCE, COLLECTION, NAME, CREDENTIAL, TOKEN, DATABASE_KEY, DELEGATION, DOCUMENT
    };
    KeyRange[] ranges = new KeyRange[areas.length + 1];
    for (int i = 0; i < areas.length; i++) {
      ranges[i] = KeyRange.prefix(key(areas[i], scope));
    }
    ranges[areas.length] =
        KeyRange.prefix(new KeyEncoder(scope).marker(ENTRY).number(scope).toBytes());
    return ranges;
  }

  private static byte[] key(byte area, long number) {
    byte[] key = new byte[SCOPED];
    key[0] = area;
    LONG.set(key, 1, number);
    return key;
  }

  private static byte[] key(byte area, long scope, int number) {
    return ByteBuffer.allocate(SCOPED + Integer.BYTES)
        .put(area)
        .putLong(scope)
        .putInt(number)
        .array();
  }

  private static byte[] owners(byte area, long scope, int collection, long id) {
    byte[] key = new byte[DOCUMENT_BYTES];
    key[0] = area;
    LONG.set(key, 1, scope);
    INT.set(key, SCOPED, collection);
    LONG.set(key, SCOPED + Integer.BYTES, flipped(id));
    return key;
  }

  private static byte[] owned(byte area, long scope, int collection, long id, long owned) {
    return ByteBuffer.allocate(DOCUMENT_BYTES + Long.BYTES)
        .put(owners(area, scope, collection, id))
        .putLong(flipped(owned))
        .array();
  }

  /** An id as it is stored, or back: order-preserving for signed numbers. */
  private static long flipped(long id) {
    return id ^ Long.MIN_VALUE;
  }
}
