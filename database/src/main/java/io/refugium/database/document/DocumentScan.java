package io.refugium.database.document;

import io.refugium.model.Ref;

/**
 * Walks over the documents of one collection, user or system, by id, the transaction's own writes
 * included; expired documents are skipped. Starts before the first. Lazy and validated as {@code
 * IndexScan} is.
 */
public interface DocumentScan extends AutoCloseable {
  /** Moves to the next document; false when there is none. */
  boolean next();

  /** The identity of the current document. */
  Ref ref();

  /** The current document; asking for it counts as reading it, once (http.md 10.2). */
  Document document();

  /**
   * Continues with the first document whose id is at least (ascending) or at most (descending) this
   * one.
   */
  void seek(long id);

  /**
   * From now on the figures show that there is a page, not how much is passed on it: for a reader
   * who sees only part of it. All of it is charged.
   */
  void discreet();

  @Override
  void close();
}
