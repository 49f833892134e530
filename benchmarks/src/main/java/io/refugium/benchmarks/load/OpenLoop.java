package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests fall due at a fixed rate whatever the server does, and latency counts from the moment a
 * request was due: a stall is charged to every request that it delays. A thread for each
 * connection, so that a request leaves on time.
 */
final class OpenLoop {
  private OpenLoop() {}

  /** Runs at {@code rate} requests a second; the latencies of all answers, in microseconds. */
  static Histogram run(Load load, int connections, double seconds, double rate) throws IOException {
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    long step = (long) (1e9 * connections / rate);
    Histogram latency = Load.histogram();
    try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
      List<Future<Histogram>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        long first = begun + step * i / connections;
        var random = new SplittableRandom(load.seed() + i);
        clients.add(pool.submit(() -> client(load, random, first, step, end)));
      }
      for (Future<Histogram> client : clients) {
        latency.add(client.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException("a client failed", e);
    }
    return latency;
  }

  private static Histogram client(
      Load load, SplittableRandom random, long first, long step, long end) throws IOException {
    Histogram latency = Load.histogram();
    try (Connection connection = load.open()) {
      for (long due = first; due < end; due += step) {
        Call call = load.next(random);
        waitUntil(due);
        load.check(connection.call(call, null));
        latency.recordValue(Load.micros(System.nanoTime() - due));
      }
    }
    return latency;
  }

  private static void waitUntil(long due) {
    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
      LockSupport.parkNanos(due - now);
    }
  }
}
