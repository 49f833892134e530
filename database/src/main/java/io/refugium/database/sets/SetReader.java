package io.refugium.database.sets;

import io.refugium.database.EntryEvent;
import io.refugium.database.FieldMatch;
import io.refugium.database.Transaction;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.document.Version;
import io.refugium.database.index.IndexScan;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.Iterator;
import java.util.List;

/** What sets need of the database: raw scans, existence and history. */
interface SetReader {
  /** The shape of an index, or null when there is no such index (any more). */
  Shape shapeOf(Ref index);

  /** The entries of an index with these terms; the index exists. */
  IndexScan scan(Ref index, List<Value> terms, long at, Direction direction);

  /** The documents of a collection, user or system. */
  DocumentScan scan(long scope, int collection, long at, Direction direction);

  /** See {@link Transaction#candidates}. */
  DocumentScan candidates(
      long scope, int collection, List<FieldMatch> matches, Direction direction);

  /** Whether the document exists at a time. */
  boolean exists(Ref ref, long at);

  /** What came into an index and left it within times: inclusive, exclusive. */
  List<EntryEvent> events(Ref index, List<Value> terms, long from, long to);

  /** What came into a collection and left it within times. */
  List<EntryEvent> events(long scope, int collection, long from, long to);

  /** The history of a document within times, read as it is asked for. */
  Iterator<Version> versions(Ref ref, long from, long to, Direction direction);

  /** Throws when the time of the query is up. */
  void checkDeadline();
}
