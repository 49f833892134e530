package io.refugium.database;

import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.Ref;

/** The documents of a collection as a {@link DocumentScan}. */
final class CollectionDocuments implements DocumentScan {
  /**
   * Bytes that an entry of the original's index of documents has: reads are counted as if it were
   * read (http.md 10.2).
   */
  private static final int COUNTED_BYTES = 44;

  static final int PARTITIONS = 8;

  private final Transaction transaction;
  private final View view;
  private final long scope;
  private final int collection;
  private final boolean present;
  private final boolean counted;
  private final RangeScan scan;
  private final PageMeter meter;
  private Ref ref;
  private Document document;

  /**
   * @param present whether it is a scan of the present, whose documents may be remembered
   * @param counted whether it counts as reading a page
   */
  CollectionDocuments(
      Transaction transaction,
      View view,
      long scope,
      int collection,
      boolean present,
      boolean counted,
      RangeScan scan) {
    this.transaction = transaction;
    this.view = view;
    this.scope = scope;
    this.collection = collection;
    this.present = present;
    this.counted = counted;
    this.scan = scan;
    this.meter = new PageMeter(transaction.metrics(), counted ? PARTITIONS : 0);
  }

  @Override
  public boolean next() {
    meter.look();
    while (scan.next()) {
      transaction.tick();
      meter.add(COUNTED_BYTES);
      ref = Keyspace.documentRef(scan.key());
      document = load();
      if (!document.isExpiredAt(transaction.snapshotTime())) {
        return true;
      }
    }
    ref = null;
    document = null;
    return false;
  }

  private Document load() {
    if (scan.own() != null) {
      return scan.own().document();
    }
    View.Stored stored =
        present
            ? view.found(ref, scan.time(), scan.value())
            : view.shaped(ref, scan.time(), scan.value());
    return new Document(ref, stored.time(), stored.fields());
  }

  @Override
  public Ref ref() {
    return ref;
  }

  @Override
  public Document document() {
    if (counted) {
      transaction.counts().read(ref, present, document);
    }
    return document;
  }

  @Override
  public void seek(long id) {
    scan.seek(Keyspace.document(new Ref(scope, collection, id)), true);
  }

  @Override
  public void discreet() {
    meter.discreet();
  }

  @Override
  public void close() {
    scan.close();
  }
}
