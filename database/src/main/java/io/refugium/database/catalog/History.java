package io.refugium.database.catalog;

/** How far back versions can be read (spec: schema 11.5). All times in microseconds. */
public final class History {
  /** How far back reads are possible beyond the retained history, in microseconds. */
  public static final long GRACE_MICROS = 15L * 60 * 1_000_000;

  private static final long DAY = 24L * 60 * 60 * 1_000_000;

  private History() {}

  /**
   * The earliest readable time.
   *
   * @param historyDays days of retention, null for ever
   * @param floor history before it is gone, whatever the retention is now
   */
  public static long minimumValidTime(long snapshot, Long historyDays, long floor) {
    long retained = retainedSince(snapshot, historyDays);
    return Math.max(0, Math.max(retained, floor) - GRACE_MICROS);
  }

  /**
   * The floor that a collection document has from now on, when it is written with a new retention.
   */
  public static long nextFloor(long snapshot, Long oldDays, long oldFloor, Long newDays) {
    long old = Math.max(retainedSince(snapshot, oldDays), oldFloor);
    return Math.max(old, retainedSince(snapshot, newDays));
  }

  private static long retainedSince(long snapshot, Long historyDays) {
    if (historyDays == null || historyDays >= snapshot / DAY) {
      return 0;
    }
    return snapshot - historyDays * DAY;
  }
}
