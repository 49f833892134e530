package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every workload of each language beside PostgreSQL on the same rows in the same run. */
final class ComparisonTable {
  private final Bench bench;
  private final Options options;
  private final int connections;

  ComparisonTable(Bench bench) {
    this.bench = bench;
    this.options = bench.options();
    this.connections = options.connections().getFirst();
  }

  void run() throws IOException {
    int documents = options.documents("100000").getFirst();
    Path bin = options.peer() ? PostgresPeer.installed() : null;
    if (options.peer() && bin == null) {
      bench.print("PostgreSQL is not installed here: no peer in this run.%n");
    }
    for (Language language : options.languages()) {
      try (ServerProcess server = bench.server()) {
        bench.print(
            "### %s, %d documents, %d connections, %s%n",
            language.title(), documents, connections, options.protocols().getFirst());
        bench.print(
            "ready in %.2f s, %d MiB resident when ready%n",
            server.readySeconds(), ProcessCpu.residentMiB(server.pid()));
        Dataset data = language.load(server.port(), documents);
        List<Workload> warm = warmUp(server, data, options.workloads(language, ""));
        // A peer of its own for each language, so that both start from the same rows.
        try (PostgresPeer peer = bin == null ? null : PostgresPeer.start(bin, documents)) {
          bench.head(
              "workload",
              "req/s",
              "CPU ms",
              "p50 ms",
              "p99 ms",
              "p99 at half load",
              "PostgreSQL tx/s",
              "its CPU ms",
              "ratio");
          for (Workload workload : warm) {
            row(server, data, peer, workload);
          }
        }
        bench.print("%n%d MiB resident at the end%n", ProcessCpu.residentMiB(server.pid()));
      }
    }
  }

  /**
   * Lets the first rows not pay for the later ones: much of the server is common to all. Returns
   * those that work; says what is wrong with the others.
   */
  private List<Workload> warmUp(ServerProcess server, Dataset data, List<Workload> workloads)
      throws IOException {
    List<Workload> warm = new ArrayList<>();
    for (Workload workload : workloads) {
      var load = new Load(server.port(), options.protocols().getFirst(), workload, data, 2);
      try {
        load.rehearse();
      } catch (IOException failure) {
        bench.print("%s does not work here: %s%n", workload.title(), failure.getMessage());
        continue;
      }
      ClosedLoop.run(load, connections, options.warmup() / 2);
      warm.add(workload);
    }
    return warm;
  }

  private void row(ServerProcess server, Dataset data, PostgresPeer peer, Workload workload)
      throws IOException {
    var load = new Load(server.port(), options.protocols().getFirst(), workload, data, 1);
    Measurement full =
        Measurement.closed(server, load, connections, options.warmup(), options.seconds());
    Measurement half =
        Measurement.of(
            server, () -> OpenLoop.run(load, connections, options.seconds(), full.perSecond() / 2));
    String beside = "– | – | –";
    if (peer != null && workload.peer() != null) {
      PostgresPeer.Result theirs =
          peer.run(
              workload.peer(),
              workload.asMember(),
              connections,
              (int) Math.ceil(options.seconds()));
      beside =
          String.format(
              java.util.Locale.ROOT,
              "%.0f | %.3f | %.2f",
              theirs.perSecond(),
              theirs.cpuMillis(),
              full.perSecond() / theirs.perSecond());
    }
    bench.print(
        "| %s | %.0f | %.3f | %.2f | %.2f | %.2f | %s |",
        workload.title(),
        full.perSecond(),
        full.cpuMillis(),
        full.millis(50),
        full.millis(99),
        half.millis(99),
        beside);
  }
}
