package io.refugium.server;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers how long requests of one kind took lately, to tell which are so short that handing them
 * to another thread would cost more than it is worth. Two requests are of one kind if they are
 * alike but for digits: the same query about other documents. What is told is a guess that may be
 * wrong; whoever acts on it limits the time. Thread-safe.
 *
 * <p>A table of fixed size: kinds that meet in a place drive each other out. Updates may be lost.
 */
final class Briefness {
  /** Stands for requests that are not told apart. */
  static final long NO_KIND = 0;

  /** How long a request that was taken for brief may take. */
  static final long LIMIT_NANOS = 3_000_000;

  /** Bodies up to this length are told apart; larger ones are never brief. */
  static final int MAX_BODY_BYTES = 4 * 1024;

  /** Requests that typically take no longer than this are brief. */
  static final long BRIEF_MICROS = 300;

  /** How much a new request's time counts: one part in so many of what is remembered. */
  private static final int MEMORY = 8;

  /** A single request that had to wait for the processor shall not count for many. */
  private static final long LARGEST_STEP_MICROS = BRIEF_MICROS / 4;

  /** What a new kind is taken for at first, so that it has to be brief some times in a row. */
  private static final long FIRST_MICROS = 20 * BRIEF_MICROS;

  /** What a request counts that was taken for brief and was not: a rare mistake later on. */
  private static final long MISTAKE_MICROS = 5_000_000;

  private static final int PLACES = 1 << 13;
  private static final int MICROS_BITS = 24;
  private static final long MICROS = (1L << MICROS_BITS) - 1;

  /** In each place the upper bits of a kind, and typical microseconds in the lower ones. */
  private final AtomicLongArray places = new AtomicLongArray(PLACES);

  /** The kind of a request: a hash of its path and of its body but for digits. */
  static long kindOf(String path, byte[] body) {
    long hash = 0;
    for (byte letter : path.getBytes(StandardCharsets.UTF_8)) {
      hash = mixed(hash, letter);
    }
    for (byte letter : body) {
      if (letter < '0' || letter > '9') {
        hash = mixed(hash, letter);
      }
    }
    long kind = hash ^ hash >>> 29;
    return kind == NO_KIND ? 1 : kind;
  }

  private static long mixed(long hash, byte letter) {
    return (hash ^ letter) * 0x9E3779B97F4A7C15L + 1;
  }

  private static int place(long kind) {
    return (int) (kind >>> MICROS_BITS & PLACES - 1);
  }

  /** Whether requests of a kind typically are brief. */
  boolean isBrief(long kind) {
    long kept = places.get(place(kind));
    return isOf(kept, kind) && (kept & MICROS) <= BRIEF_MICROS;
  }

  private static boolean isOf(long kept, long kind) {
    return (kept ^ kind) >>> MICROS_BITS == 0;
  }

  /** Takes note of how long a request of a kind took, in nanoseconds. */
  void took(long kind, long nanos) {
    long kept = places.get(place(kind));
    long before = isOf(kept, kind) && kept != 0 ? kept & MICROS : FIRST_MICROS;
    keep(kind, before + Math.min((nanos / 1000 - before) / MEMORY, LARGEST_STEP_MICROS));
  }

  /** Takes note that a request of a kind was not brief though that was expected. */
  void wasMistaken(long kind) {
    keep(kind, MISTAKE_MICROS);
  }

  private void keep(long kind, long micros) {
    places.set(place(kind), kind & ~MICROS | Math.clamp(micros, 1, MICROS));
  }
}
