package io.refugium.fql10.events;

/**
 * What an event or a page of them has cost (http specification, section 12.2).
 *
 * @param bytesRead bytes read from storage
 * @param millis of processing
 */
public record EventStats(long readOps, long bytesRead, long computeOps, long millis) {
  public static final EventStats NONE = new EventStats(0, 0, 0, 0);

  EventStats plus(EventStats other) {
    return new EventStats(
        readOps + other.readOps,
        bytesRead + other.bytesRead,
        Math.max(computeOps, other.computeOps),
        millis + other.millis);
  }
}
