package io.refugium.database;

/**
 * Counts what one scan reads as one page of a set (http.md 10.2): when it reads, not when it is
 * closed, so that the figures are right whenever somebody asks.
 */
final class PageMeter {
  private static final int READ_UNIT_BYTES = 4096;

  private final Metrics metrics;
  private final int partitions;
  private long bytes;
  private long counted;
  private boolean discreet;

  /**
   * @param partitions what the page costs at least, 0 for a scan that is not to be counted
   */
  PageMeter(Metrics metrics, int partitions) {
    this.metrics = metrics;
    this.partitions = partitions;
  }

  /** Counts a look for another entry, found or not. */
  void look() {
    if (counted < partitions) {
      metrics.addPageRead(partitions, 0);
      counted = partitions;
    }
  }

  /** Shows from now on that there is a page, and charges what is on it: see {@link IndexScan}. */
  void discreet() {
    discreet = true;
  }

  /** Counts an entry of so many bytes. */
  void add(int size) {
    if (partitions == 0) {
      return;
    }
    bytes += size;
    long due = Math.max(partitions, Math.ceilDiv(bytes, READ_UNIT_BYTES) + partitions - 1);
    long operations = due - counted;
    counted = due;
    if (discreet) {
      metrics.addConcealedRead(operations);
    } else {
      metrics.addPageRead(operations, size);
    }
  }
}
