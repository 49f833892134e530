package io.refugium.database;

import java.util.List;

/**
 * What a transaction has consumed, counted by the rules of http.md 10.2. Belongs to one transaction
 * and is confined to its thread; attempts of a transaction that is retried add up in reads and
 * writes.
 */
public final class Metrics {
  private static final int READ_UNIT_BYTES = 4096;
  private static final int WRITE_UNIT_BYTES = 1024;
  private static final int COMPUTE_UNIT = 50;

  /** What the original writes with a source file of the schema beside two texts, about. */
  static final int SOURCE_FILE_BYTES = 300;

  private long readOps;
  private long writeOps;
  private long bytesRead;
  private long bytesWritten;
  private long computeUnits;
  private long concealedReadOps;
  private List<String> limitsHit = List.of();

  /** Read operations: documents and set pages that came from storage. */
  public long readOps() {
    return readOps;
  }

  /**
   * The read operations to charge for: also those that are not shown, because they would tell of
   * what may not be read.
   */
  public long chargedReadOps() {
    return readOps + concealedReadOps;
  }

  /**
   * Write operations of the transaction's distinct documents; known when it has been prepared for
   * commit.
   */
  public long writeOps() {
    return writeOps;
  }

  public long bytesRead() {
    return bytesRead;
  }

  public long bytesWritten() {
    return bytesWritten;
  }

  /** Compute operations: fifty units each, rounded up, at least one. */
  public long computeOps() {
    return Math.max(1, Math.ceilDiv(computeUnits, COMPUTE_UNIT));
  }

  /** The soft rate limits that this use has met, in the words and the order of the wire. */
  public List<String> limitsHit() {
    return limitsHit;
  }

  /** Notes which soft rate limits were met: see {@link #limitsHit()}. */
  public void limitsHit(List<String> names) {
    limitsHit = List.copyOf(names);
  }

  /** Adds units of compute (http.md 10.3); called by the languages. */
  public void addCompute(long units) {
    computeUnits += units;
  }

  void addDocumentRead(long bytes) {
    readOps += Math.max(1, Math.ceilDiv(bytes, READ_UNIT_BYTES));
    bytesRead += bytes;
  }

  /** Bytes that were read for the sake of a write, a build or a name look-up: no read operation. */
  void addBytesRead(long bytes) {
    bytesRead += bytes;
  }

  /** Part of a page of a set: see {@link PageMeter}. */
  void addPageRead(long operations, long bytes) {
    readOps += operations;
    bytesRead += bytes;
  }

  /** Reading that is charged and not shown. */
  void addConcealedRead(long operations) {
    concealedReadOps += operations;
  }

  /** Stops showing some of what was read, and charges it all the same. */
  void conceal(long operations, long bytes) {
    readOps -= operations;
    bytesRead -= bytes;
    addConcealedRead(operations);
  }

  void addDocumentWrite(long bytes) {
    writeOps += Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT_BYTES));
    bytesWritten += bytes;
  }

  /** Starts another attempt: compute is that of the last one. */
  void nextAttempt() {
    computeUnits = 0;
  }
}
