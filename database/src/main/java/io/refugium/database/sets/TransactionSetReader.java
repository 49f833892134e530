package io.refugium.database.sets;

import io.refugium.database.EntryEvent;
import io.refugium.database.FieldMatch;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.document.Version;
import io.refugium.database.index.IndexScan;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.Iterator;
import java.util.List;

/**
 * Reads sets through a transaction, by the schema as it was before the query.
 *
 * @param discreet whether scans do not show how much they pass: see {@link IndexScan#discreet}
 */
record TransactionSetReader(Transaction transaction, boolean discreet) implements SetReader {
  @Override
  public Shape shapeOf(Ref index) {
    IndexDef definition = definition(index);
    return definition == null
        ? null
        : Shape.ofValues(definition.values().stream().map(IndexDef.Component::reverse).toList());
  }

  private IndexDef definition(Ref index) {
    return transaction.catalog(index.scope()).index((int) index.id());
  }

  @Override
  public IndexScan scan(Ref index, List<Value> terms, long at, Direction direction) {
    IndexScan scan = transaction.sets().scan(definition(index), terms, at, direction);
    if (discreet) {
      scan.discreet();
    }
    return scan;
  }

  @Override
  public DocumentScan scan(long scope, int collection, long at, Direction direction) {
    return withDiscretion(transaction.sets().scan(scope, collection, at, direction));
  }

  @Override
  public DocumentScan candidates(
      long scope, int collection, List<FieldMatch> matches, Direction direction) {
    return withDiscretion(
        transaction.sets().candidates(scope, collection, matches, Transaction.NOW, direction));
  }

  private DocumentScan withDiscretion(DocumentScan scan) {
    if (discreet) {
      scan.discreet();
    }
    return scan;
  }

  @Override
  public boolean exists(Ref ref, long at) {
    return transaction.read(ref, at) != null;
  }

  @Override
  public List<EntryEvent> events(Ref index, List<Value> terms, long from, long to) {
    return transaction.sets().events(definition(index), terms, from, to);
  }

  @Override
  public List<EntryEvent> events(long scope, int collection, long from, long to) {
    return transaction.sets().events(scope, collection, from, to);
  }

  @Override
  public Iterator<Version> versions(Ref ref, long from, long to, Direction direction) {
    return transaction.sets().events(ref, from, to, direction);
  }

  @Override
  public void checkDeadline() {
    transaction.checkDeadline();
  }
}
