package io.refugium.database.sets;

import io.refugium.database.Transaction;

/**
 * In which transaction and at which time a set is read. Functions that are asked about entries get
 * it; it does not lead them to the transaction. Confined to the thread of the transaction.
 */
public final class ReadContext {
  private final SetReader reader;
  private final long at;

  private ReadContext(SetReader reader, long at) {
    this.reader = reader;
    this.at = at;
  }

  /**
   * @param at microseconds since the epoch, or {@link Transaction#NOW}
   */
  public static ReadContext of(Transaction transaction, long at) {
    return new ReadContext(new TransactionSetReader(transaction, false), at);
  }

  /**
   * For a reader who sees only part of the set: what is passed on the way is charged, not shown.
   *
   * @param at microseconds since the epoch, or {@link Transaction#NOW}
   */
  public static ReadContext discreet(Transaction transaction, long at) {
    return new ReadContext(new TransactionSetReader(transaction, true), at);
  }

  static ReadContext of(SetReader reader, long at) {
    return new ReadContext(reader, at);
  }

  SetReader reader() {
    return reader;
  }

  /** When, in microseconds since the epoch; {@link Transaction#NOW} includes the query's writes. */
  public long at() {
    return at;
  }
}
