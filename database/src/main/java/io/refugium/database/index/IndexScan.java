package io.refugium.database.index;

import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;

/**
 * Walks over the entries of one index with one tuple of terms, in the order of the index or against
 * it, the transaction's own writes included; entries of expired documents and of deleted
 * collections are skipped. Starts before the first entry.
 *
 * <p>Lazy: only what is consumed is read, counted and validated at commit. Writes of the
 * transaction while it is open are seen if they lie ahead. Not thread-safe; closed by its
 * transaction at the latest.
 */
public interface IndexScan extends AutoCloseable {
  /** Moves to the next entry; false when there is none, {@link #seek} may be used afterwards. */
  boolean next();

  /** The covered values of the current entry, one for each value of the index. */
  List<Value> values();

  /** The document of the current entry. */
  Ref ref();

  /**
   * Continues with the first entry beyond the gap, in the direction of the scan: forwards when it
   * is ascending, backwards when it is descending. Any gap, also one that was passed.
   */
  void seek(Position position);

  /**
   * From now on the figures show that there is a page, not how much is passed on it: for a reader
   * who sees only part of it. All of it is charged.
   */
  void discreet();

  @Override
  void close();
}
