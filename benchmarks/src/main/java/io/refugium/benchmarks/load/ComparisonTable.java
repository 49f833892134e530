package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

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
    Path bin = options.peer().isPresent() ? PostgresPeer.installed() : null;
    if (options.peer().isPresent() && bin == null) {
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
        List<Workload> warm =
            bench.warmUp(server, data, options.workloads(language, ""), connections);
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
              "its p99 at half load",
              "ratio",
              "clients' CPU ms",
              "others %");
          for (Workload workload : warm) {
            row(server, data, peer, workload);
          }
        }
        bench.print("%n%d MiB resident at the end%n", ProcessCpu.residentMiB(server.pid()));
      }
    }
  }

  private void row(ServerProcess server, Dataset data, PostgresPeer peer, Workload workload)
      throws IOException {
    var load = new Load(server.port(), options.protocols().getFirst(), workload, data, 1);
    Measurement full =
        Measurement.closed(server, load, connections, options.warmup(), options.seconds());
    Measurement half =
        Measurement.open(
            server, load, connections, options.warmup(), options.seconds(), full.perSecond() / 2);
    String beside = "– | – | – | –";
    String clients = String.format(Locale.ROOT, "%.3f", full.clientMillis());
    if (peer != null && workload.peer() != null) {
      PostgresPeer.Result theirs =
          peer.run(
              workload.peer(),
              workload.asMember(),
              options.peer().orElseThrow(),
              connections,
              (int) Math.ceil(options.seconds()));
      beside =
          String.format(
              Locale.ROOT,
              "%.0f | %.3f | %.2f | %.2f",
              theirs.perSecond(),
              theirs.cpuMillis(),
              theirs.p99AtHalfLoad(),
              full.perSecond() / theirs.perSecond());
      clients += String.format(Locale.ROOT, ", %.3f", theirs.clientMillis());
    }
    bench.print(
        "| %s | %.0f | %.3f | %.2f | %.2f | %.2f | %s | %s | %.0f, %.0f |",
        workload.title(),
        full.perSecond(),
        full.cpuMillis(),
        full.millis(50),
        full.millis(99),
        half.millis(99),
        beside,
        clients,
        full.others() * 100,
        half.others() * 100);
  }
}
