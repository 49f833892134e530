package io.refugium.benchmarks.load;

import java.io.IOException;

/** The same workloads by different numbers of connections and protocols. */
final class ConnectionTable {
  private final Bench bench;
  private final Options options;

  ConnectionTable(Bench bench) {
    this.bench = bench;
    this.options = bench.options();
  }

  void run() throws IOException {
    int documents = options.documents("100000").getFirst();
    for (Language language : options.languages()) {
      try (ServerProcess server = bench.server()) {
        bench.print("### %s, %d documents%n", language.title(), documents);
        Dataset data = language.load(server.port(), documents);
        bench.head("workload", "protocol", "connections", "req/s", "CPU ms", "p50 ms", "p99 ms");
        for (Workload workload : options.workloads(language, "READ,READ_OWN,CREATE")) {
          for (Connection.Protocol protocol : options.protocols()) {
            for (int connections : options.connections()) {
              row(server, new Load(server.port(), protocol, workload, data, 1), connections);
            }
          }
        }
        bench.print("");
      }
    }
  }

  private void row(ServerProcess server, Load load, int connections) throws IOException {
    Measurement result =
        Measurement.closed(server, load, connections, options.warmup(), options.seconds());
    bench.print(
        "| %s | %s | %d | %.0f | %.3f | %.2f | %.2f |",
        load.workload().title(),
        load.protocol(),
        connections,
        result.perSecond(),
        result.cpuMillis(),
        result.millis(50),
        result.millis(99));
  }
}
