package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Runs one workload for a while. In a closed loop every connection asks again as soon as it has its
 * answer: throughput and CPU per request. In an open loop requests fall due at a fixed rate
 * whatever the server does, and latency counts from the moment a request was due: a stall is
 * charged to every request that it delays.
 */
final class LoadRun {
  /** One answer slower than this counts as this. */
  private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(1);

  /**
   * @param perSecond answers a second
   * @param cpuMillis CPU time of the server process for one answer, in milliseconds
   * @param latency in microseconds
   */
  record Result(double perSecond, double cpuMillis, Histogram latency) {}

  private final ServerProcess server;
  private final Fixture fixture;

  LoadRun(ServerProcess server, Fixture fixture) {
    this.server = server;
    this.fixture = fixture;
  }

  /** As fast as {@code connections} connections can. */
  Result closed(Workload workload, int connections, double seconds) throws IOException {
    return run(workload, connections, seconds, 0);
  }

  /** At {@code rate} requests a second. */
  Result open(Workload workload, int connections, double seconds, double rate) throws IOException {
    return run(workload, connections, seconds, rate);
  }

  private Result run(Workload workload, int connections, double seconds, double rate)
      throws IOException {
    double cpu = ProcessCpu.seconds(server.pid());
    long begun = System.nanoTime();
    long end = begun + (long) (seconds * 1e9);
    Histogram latency = new Histogram(LONGEST_MICROS, 3);
    try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
      List<Future<Histogram>> clients = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        int client = i;
        long step = rate == 0 ? 0 : (long) (1e9 * connections / rate);
        clients.add(
            pool.submit(
                () -> client(workload, client, begun + step * client / connections, end, step)));
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
    double elapsed = (System.nanoTime() - begun) / 1e9;
    long answers = latency.getTotalCount();
    return new Result(
        answers / elapsed,
        (ProcessCpu.seconds(server.pid()) - cpu) * 1000 / Math.max(1, answers),
        latency);
  }

  /**
   * One connection's part; {@code step} nanoseconds lie between two due times, or none in a closed
   * loop.
   */
  private Histogram client(Workload workload, int number, long first, long end, long step)
      throws IOException {
    Histogram latency = new Histogram(LONGEST_MICROS, 3);
    SplittableRandom random = new SplittableRandom(number + 1L);
    String secret = workload.secret(fixture);
    try (HttpConnection connection = new HttpConnection(server.port())) {
      long due = first;
      while (true) {
        byte[] request = connection.request("/", secret, workload.query(fixture, random));
        long now = System.nanoTime();
        if (step > 0) {
          now = waitUntil(due);
        } else {
          due = now;
        }
        if (now >= end) {
          return latency;
        }
        int status = connection.send(request);
        if (status >= 300) {
          throw new IOException(workload + " was answered with " + status);
        }
        latency.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - due) / 1000));
        due += step;
      }
    }
  }

  private static long waitUntil(long due) {
    long now = System.nanoTime();
    while (now < due) {
      LockSupport.parkNanos(due - now);
      now = System.nanoTime();
    }
    return now;
  }
}
