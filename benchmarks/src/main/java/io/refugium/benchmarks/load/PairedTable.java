package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * This checkout beside another one, by the CPU time of a request: the servers of both run at the
 * same time on equal data and are asked in turns, so that whatever else the machine does, now and
 * then, meets both alike.
 */
final class PairedTable {
  private final Bench bench;
  private final Bench other;
  private final Options options;

  /** Compares with the checkout that the options name. */
  PairedTable(Bench bench) {
    this.bench = bench;
    this.options = bench.options();
    Path launcher = options.with().resolve("refugium").toAbsolutePath();
    this.other = new Bench(launcher, options, bench.out());
  }

  /** A server with its data. */
  private record Side(ServerProcess server, Dataset data) {}

  void run() throws IOException {
    int documents = options.documents("100000").getFirst();
    for (Language language : options.languages()) {
      try (ServerProcess mine = bench.server();
          ServerProcess theirs = other.server()) {
        bench.print("### %s, %d documents%n", language.title(), documents);
        Side here = new Side(mine, language.load(mine.port(), documents));
        Side there = new Side(theirs, language.load(theirs.port(), documents));
        bench.head("workload", "CPU ms here", "there", "ratio", "quartiles", "req/s here", "there");
        for (Workload workload : options.workloads(language, "")) {
          row(workload, here, there);
        }
      }
    }
  }

  private void row(Workload workload, Side here, Side there) throws IOException {
    warmUp(workload, here);
    warmUp(workload, there);
    int rounds = options.rounds();
    var mine = new Measurement[rounds];
    var theirs = new Measurement[rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      mine[round] = measure(workload, here);
      theirs[round] = measure(workload, there);
      ratios[round] = mine[round].cpuMillis() / theirs[round].cpuMillis();
    }
    Arrays.sort(ratios);
    bench.print(
        "| %s | %.4f | %.4f | %.3f | %.3f to %.3f | %.0f | %.0f |",
        workload.title(),
        median(mine, Measurement::cpuMillis),
        median(theirs, Measurement::cpuMillis),
        ratios[rounds / 2],
        ratios[rounds / 4],
        ratios[rounds * 3 / 4],
        median(mine, Measurement::perSecond),
        median(theirs, Measurement::perSecond));
  }

  private void warmUp(Workload workload, Side side) throws IOException {
    Measurement.closed(side.server(), load(workload, side), connections(), options.warmup(), 0.1);
  }

  private Measurement measure(Workload workload, Side side) throws IOException {
    Load load = load(workload, side);
    return Measurement.of(
        side.server(), () -> ClosedLoop.run(load, connections(), options.seconds()));
  }

  private Load load(Workload workload, Side side) {
    return new Load(side.server().port(), options.protocols().getFirst(), workload, side.data(), 1);
  }

  private int connections() {
    return options.connections().getFirst();
  }

  private static double median(Measurement[] rounds, ToDoubleFunction<Measurement> figure) {
    double[] sorted = Arrays.stream(rounds).mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
