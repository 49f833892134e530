package io.refugium.access;

import io.refugium.database.document.Document;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.index.IndexScan;
import io.refugium.database.index.Position;
import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;
import java.util.function.Predicate;

/** Scans that skip what may not be read: whoever walks them cannot tell that it is there. */
final class ReadableScans {
  private ReadableScans() {}

  /** The readable documents of a collection. */
  record Documents(DocumentScan all, Predicate<Ref> readable) implements DocumentScan {
    @Override
    public boolean next() {
      while (all.next()) {
        if (readable.test(all.ref())) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Ref ref() {
      return all.ref();
    }

    @Override
    public Document document() {
      return all.document();
    }

    @Override
    public void seek(long id) {
      all.seek(id);
    }

    @Override
    public void discreet() {
      all.discreet();
    }

    @Override
    public void close() {
      all.close();
    }
  }

  /** The index entries of readable documents. */
  record Entries(IndexScan all, Predicate<Ref> readable) implements IndexScan {
    @Override
    public boolean next() {
      while (all.next()) {
        if (readable.test(all.ref())) {
          return true;
        }
      }
      return false;
    }

    @Override
    public List<Value> values() {
      return all.values();
    }

    @Override
    public Ref ref() {
      return all.ref();
    }

    @Override
    public void seek(Position position) {
      all.seek(position);
    }

    @Override
    public void discreet() {
      all.discreet();
    }

    @Override
    public void close() {
      all.close();
    }
  }
}
