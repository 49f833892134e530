package io.refugium.database;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Ttl;
import io.refugium.database.index.EntryKeys;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.database.view.RangeScan;
import io.refugium.model.KeyDecoder;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.Keys;
import java.util.List;

/** The entries of an index with some terms, as an {@link IndexScan}. */
final class IndexEntries implements IndexScan {
  private final Transaction transaction;
  private final Catalog catalog;
  private final IndexDef index;
  private final List<Value> terms;
  private final boolean[] descending;
  private final int prefix;
  private final RangeScan scan;
  private final Direction direction;
  private final boolean mayBeOrphaned;
  private final PageMeter meter;
  private KeyDecoder.Entry current;

  IndexEntries(
      Transaction transaction,
      Catalog catalog,
      IndexDef index,
      List<Value> terms,
      byte[] prefix,
      RangeScan scan,
      Direction direction) {
    this.transaction = transaction;
    this.catalog = catalog;
    this.index = index;
    this.terms = terms;
    this.descending = index.descending();
    this.prefix = prefix.length;
    this.scan = scan;
    this.direction = direction;
    this.meter = new PageMeter(transaction.metrics(), index.partitions());
    this.mayBeOrphaned =
        index.sources().size() != 1
            || index.sources().getFirst().every()
            || index.sources().getFirst().collections().size() != 1;
  }

  @Override
  public boolean next() {
    meter.look();
    while (scan.next()) {
      transaction.tick();
      byte[] key = scan.key();
      meter.add(key.length);
      if (Ttl.expired(EntryKeys.ttl(scan.value()), transaction.snapshotTime())) {
        continue;
      }
      current = EntryKeys.decode(key, prefix, index.scope(), descending);
      if (!mayBeOrphaned || DocumentWriter.isReachable(catalog, current.ref())) {
        return true;
      }
    }
    current = null;
    return false;
  }

  @Override
  public List<Value> values() {
    return current.values();
  }

  @Override
  public Ref ref() {
    return current.ref();
  }

  @Override
  public void seek(Position position) {
    byte[] key = EntryKeys.at(index, terms, position);
    if (key == null) {
      key = Keys.afterPrefix(EntryKeys.prefix(index, terms));
    }
    scan.seek(key, direction == Direction.ASCENDING);
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
