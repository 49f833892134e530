package io.refugium.database.refusal;

import io.refugium.storage.StorageLimits;

/**
 * The limits of the database layer with their units (spec: schema 13, fql4 16). Exceeding one is a
 * {@link DatabaseException}.
 */
public final class Limits {
  /** Bytes of one stored version of a document. */
  public static final int VERSION_BYTES = 8_388_608;

  /**
   * Bytes of everything that a transaction writes, and of the index entries of one document for one
   * index.
   */
  public static final int TRANSACTION_BYTES = 16_777_216;

  /**
   * Bytes of the encoded terms, or of the encoded values, of one index entry: a larger entry is not
   * stored.
   */
  public static final int ENTRY_BYTES = 32_767;

  /** Bytes of a key in the store, but for index entries. */
  public static final int KEY_BYTES = 64_000;

  /**
   * Bytes of the key of an index entry: room for the terms, and for the values with the collation
   * keys of their strings. An entry with a larger one is not stored.
   */
  public static final int ENTRY_KEY_BYTES = StorageLimits.MAX_KEY_BYTES;

  /**
   * Documents, dead ones included, up to which an index is built inside the transaction that
   * defines it.
   */
  public static final int SYNCHRONOUS_BUILD_DOCUMENTS = 128;

  /** Documents that one transaction of a build in the background handles. */
  public static final int BUILD_BATCH_DOCUMENTS = 256;

  /** Collections that one database may ever have: their internal ids are 16 bits wide. */
  public static final int LAST_COLLECTION_ID = 65_535;

  /** The last internal id of an index. */
  public static final int LAST_INDEX_ID = Integer.MAX_VALUE;

  /** Depth of nested databases. */
  public static final int DATABASE_DEPTH = 100;

  /** Attempts that a transaction may be given: the first and the retries. */
  public static final int MAX_ATTEMPTS = 8;

  /** Attempts by default. */
  public static final int DEFAULT_ATTEMPTS = 5;

  /** Events of a set, or versions of a document, that one read of history may take together. */
  public static final int HISTORY_EVENTS = 200_000;

  private Limits() {}
}
