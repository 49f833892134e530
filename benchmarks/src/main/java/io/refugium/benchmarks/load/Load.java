package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A workload for a server: what is asked, and how the requests travel.
 *
 * @param seed where the random choices begin; two runs with different seeds ask for different
 *     documents
 */
record Load(int port, Connection.Protocol protocol, Workload workload, Dataset data, long seed) {
  /** An answer slower than this counts as this. */
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  /** Contention is an answer like another one: see {@link #check}. */
  private static final int CONTENDED = 409;

  Connection open() throws IOException {
    return protocol.open(port);
  }

  /**
   * Asks once, so that a query that cannot work is told with its answer.
   *
   * @throws IOException when the request fails
   */
  void rehearse() throws IOException {
    Call call = next(new SplittableRandom(seed));
    StringBuilder answer = new StringBuilder();
    try (Connection connection = open()) {
      if (connection.call(call, answer) >= 300) {
        throw new IOException(workload + " fails: " + call.body() + " gives " + answer);
      }
    }
  }

  Call next(SplittableRandom random) {
    return workload.call(data, random);
  }

  /**
   * Makes sure that a measurement counts what it says.
   *
   * @throws IOException when a request has failed
   */
  void check(int status) throws IOException {
    boolean contended = status == CONTENDED && workload.peer() == PeerQuery.COUNT;
    if (status >= 300 && !contended) {
      throw new IOException(workload + " was answered with " + status);
    }
  }

  static Histogram histogram() {
    return new Histogram(LONGEST_MICROS, 3);
  }

  static long micros(long nanos) {
    return Math.min(LONGEST_MICROS, nanos / 1000);
  }
}
