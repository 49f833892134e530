package io.refugium.benchmarks.load;

import java.io.IOException;
import org.HdrHistogram.Histogram;

/**
 * What a load did to a server.
 *
 * @param perSecond answers a second
 * @param cpuMillis CPU time of the server process for one answer, in milliseconds
 * @param clientMillis CPU time of the client, which shares the cores, for one answer
 * @param others part of the processors' time, from 0 to 1, that went to neither: other programs,
 *     and other machines on the same host
 * @param latency in microseconds
 */
record Measurement(
    double perSecond, double cpuMillis, double clientMillis, double others, Histogram latency) {
  /** How long the JIT is watched to see whether it rests. */
  private static final double WINDOW_SECONDS = 2;

  /** The part of a processor below which the JIT counts as resting. */
  private static final double IDLE_COMPILER = 0.1;

  /** A load that can run for as long as it is asked to, in seconds. */
  @FunctionalInterface
  private interface Steady {
    Histogram run(double seconds) throws IOException;
  }

  /** A load that runs while it is measured. */
  @FunctionalInterface
  interface Run {
    Histogram run() throws IOException;
  }

  /** Runs a load and counts the CPU time of the server process and of this one. */
  static Measurement of(ServerProcess server, Run run) throws IOException {
    double cpu = ProcessCpu.seconds(server.pid());
    double own = ProcessCpu.own();
    double machine = ProcessCpu.machineSeconds();
    long begun = System.nanoTime();
    Histogram latency = run.run();
    double elapsed = (System.nanoTime() - begun) / 1e9;
    cpu = ProcessCpu.seconds(server.pid()) - cpu;
    own = ProcessCpu.own() - own;
    machine = ProcessCpu.machineSeconds() - machine;
    double there = elapsed * Runtime.getRuntime().availableProcessors();
    long answers = Math.max(1, latency.getTotalCount());
    return new Measurement(
        answers / elapsed,
        cpu * 1000 / answers,
        own * 1000 / answers,
        Math.max(0, (machine - cpu - own) / there),
        latency);
  }

  /**
   * As fast as the connections can, once the JIT has done with the load.
   *
   * @param warmup seconds after which it is measured even if the JIT is still at work
   */
  static Measurement closed(
      ServerProcess server, Load load, int connections, double warmup, double seconds)
      throws IOException {
    load.rehearse();
    return warm(server, time -> ClosedLoop.run(load, connections, time), warmup, seconds);
  }

  /**
   * At {@code rate} requests a second, once the JIT has done with that: a server that rests now and
   * then goes ways that one at full load never goes.
   *
   * @param warmup seconds after which it is measured even if the JIT is still at work
   */
  static Measurement open(
      ServerProcess server, Load load, int connections, double warmup, double seconds, double rate)
      throws IOException {
    return warm(server, time -> OpenLoop.run(load, connections, time, rate), warmup, seconds);
  }

  private static Measurement warm(ServerProcess server, Steady load, double warmup, double seconds)
      throws IOException {
    double compiling = WINDOW_SECONDS;
    for (double left = warmup; left > 0 && compiling > IDLE_COMPILER * WINDOW_SECONDS; ) {
      double before = ProcessCpu.compilerSeconds(server.pid());
      load.run(Math.min(left, WINDOW_SECONDS));
      compiling = ProcessCpu.compilerSeconds(server.pid()) - before;
      left -= WINDOW_SECONDS;
    }
    return of(server, () -> load.run(seconds));
  }

  double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1000.0;
  }
}
