package io.refugium.database.sets;

import io.refugium.database.Transaction;

/**
 * In which transaction and at which time a set is read. Confined to the thread of the transaction.
 */
public final class ReadContext {
  private final SetReader reader;
  private final Transaction transaction;
  private final long at;

  private ReadContext(SetReader reader, Transaction transaction, long at) {
    this.reader = reader;
    this.transaction = transaction;
    this.at = at;
  }

  /**
   * @param at microseconds since the epoch, or {@link Transaction#NOW}
   */
  public static ReadContext of(Transaction transaction, long at) {
    return new ReadContext(new TransactionSetReader(transaction), transaction, at);
  }

  static ReadContext of(SetReader reader, long at) {
    return new ReadContext(reader, null, at);
  }

  SetReader reader() {
    return reader;
  }

  /** The transaction that reads. */
  public Transaction transaction() {
    return transaction;
  }

  /** When, in microseconds since the epoch; {@link Transaction#NOW} includes the query's writes. */
  public long at() {
    return at;
  }
}
