package io.refugium.database;

import io.refugium.database.document.Document;
import io.refugium.database.view.View;
import io.refugium.model.Ref;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * Counts what one transaction reads, by the rules of Fauna's metrics (spec: HTTP surface 10).
 * Confined to the transaction's thread.
 */
public final class ReadCounts {
  /** The partitions of the set of all documents of a collection (http.md 10.2). */
  public static final int COLLECTION_PARTITIONS = CollectionDocuments.PARTITIONS;

  private static final int ABSENT_BYTES = 14;

  private final View view;
  private final DocumentWriter documents;
  private final Metrics metrics;
  private final SequencedSet<Ref> counted = new LinkedHashSet<>();

  ReadCounts(View view, DocumentWriter documents, Metrics metrics) {
    this.view = view;
    this.documents = documents;
    this.metrics = metrics;
  }

  /**
   * Counts a read of a document, once for each document and not for those that were written here.
   */
  void read(Ref ref, boolean present, Document document) {
    if (documents.written(ref) != null || (present && !counted.add(ref))) {
      return;
    }
    metrics.addDocumentRead(document == null ? ABSENT_BYTES : sizeOf(ref, present));
  }

  /**
   * Where the figures stand.
   *
   * @param documents how many documents have been counted
   */
  public record Mark(long readOps, long bytesRead, int documents) {}

  /** Where the figures stand now. */
  public Mark mark() {
    return new Mark(metrics.readOps(), metrics.bytesRead(), counted.size());
  }

  /**
   * Takes what has been read since out of the figures: it went into a refusal, and would tell about
   * what was refused. It is charged all the same.
   */
  public void conceal(Mark since) {
    metrics.conceal(metrics.readOps() - since.readOps, metrics.bytesRead() - since.bytesRead);
    while (counted.size() > since.documents) {
      counted.removeLast();
    }
  }

  /**
   * Counts a read that was refused: it costs what looking for an absent document costs, so that the
   * figures do not tell which documents exist; nothing if reading it has been counted already.
   */
  public void refused(Ref ref) {
    if (documents.written(ref) == null && counted.add(ref)) {
      metrics.addDocumentRead(ABSENT_BYTES);
    }
  }

  /** Counts a page that was found without a scan of an index: one of one partition. */
  public void page() {
    page(1);
  }

  /** Counts a page of a set of so many partitions that was not scanned. */
  public void page(int partitions) {
    metrics.addPageRead(partitions, 0);
  }

  /** Counts looking for a schema document under a name that none has. */
  public void unnamed() {
    metrics.addDocumentRead(ABSENT_BYTES);
  }

  private long sizeOf(Ref ref, boolean present) {
    return present ? view.committed(ref).bytes() : ABSENT_BYTES;
  }
}
