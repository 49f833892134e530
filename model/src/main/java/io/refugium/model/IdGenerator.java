package io.refugium.model;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Gives out document ids: positive, roughly ordered by time, never the same one twice (spec: schema
 * 11.1).
 *
 * <pre>
 *   42 bits  milliseconds since 2014-01-01
 *   11 bits  the instance, chosen at random when a process starts
 *   10 bits  a count within the millisecond
 * </pre>
 *
 * <p>Ids of one generator are strictly increasing in time and count. It starts after the newest
 * time it is told, so that it never repeats itself across a restart, even if the clock stepped back
 * in between; when a millisecond is used up it borrows from the next one.
 *
 * <p>Thread-safe and free of locks.
 */
public final class IdGenerator {
  private static final long EPOCH_MILLIS = 1_388_534_400_000L;
  private static final int COUNT_BITS = 10;
  private static final int INSTANCE_BITS = 11;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /** How many instances there can be; an instance is a number below it. */
  public static final int INSTANCES = 1 << INSTANCE_BITS;

  private final LongSupplier clockMillis;
  private final long instance;

  /** Time and count of the last id, without the instance between them. */
  private final AtomicLong last;

  /**
   * @param clockMillis milliseconds since the epoch; may step back
   * @param instance from 0 to {@link #INSTANCES} - 1; two processes that write to one store at the
   *     same time should differ
   * @param after microseconds since the epoch: the newest commit in the store, so that no id of an
   *     earlier process lies ahead
   */
  public IdGenerator(LongSupplier clockMillis, int instance, long after) {
    if (instance < 0 || instance >= INSTANCES) {
      throw new IllegalArgumentException("instance " + instance);
    }
    this.clockMillis = clockMillis;
    this.instance = instance;
    long afterMillis = Math.max(0, after / 1_000 - EPOCH_MILLIS);
    this.last = new AtomicLong(afterMillis << COUNT_BITS | COUNT_MASK);
  }

  /** The next id. */
  public long next() {
    long now = Math.max(0, clockMillis.getAsLong() - EPOCH_MILLIS) << COUNT_BITS;
    long slot = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long millis = slot >>> COUNT_BITS;
    return (millis << INSTANCE_BITS | instance) << COUNT_BITS | slot & COUNT_MASK;
  }
}
