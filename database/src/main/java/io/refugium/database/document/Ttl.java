package io.refugium.database.document;

import io.refugium.model.ObjectValue;
import io.refugium.model.TimeValue;
import java.time.Instant;

/**
 * Times to live as the store keeps them: the first microsecond at which a document is invisible
 * (spec: schema 11.4). A time to live is always compared with the snapshot of the transaction, also
 * for reads at an earlier time.
 */
public final class Ttl {
  /** The time to live of a document without one. */
  public static final long NEVER = Long.MAX_VALUE;

  private Ttl() {}

  /** The time to live in the fields of a document. */
  public static long of(ObjectValue fields) {
    return fields.get("ttl") instanceof TimeValue ttl ? firstInvisibleMicro(ttl.value()) : NEVER;
  }

  public static boolean expired(long ttl, long snapshot) {
    return ttl != NEVER && ttl <= snapshot;
  }

  /**
   * Rounds up: an instant between two microseconds has not passed at the former. Saturates outside
   * the range of a long.
   */
  private static long firstInvisibleMicro(Instant instant) {
    try {
      long micros = Math.multiplyExact(instant.getEpochSecond(), 1_000_000L);
      return Math.addExact(micros, Math.ceilDiv(instant.getNano(), 1_000));
    } catch (ArithmeticException outOfRange) {
      return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : NEVER - 1;
    }
  }
}
