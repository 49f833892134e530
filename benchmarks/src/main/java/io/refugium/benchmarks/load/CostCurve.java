package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a request costs as the data grows: CPU time of the server for one request, and its median
 * latency, at each size. A request whose cost follows the size of the data shows as a rising row.
 */
final class CostCurve {
  private static final String WORKLOADS =
      "READ,READ_OWN,PAGE,PAGE_OF_DOCUMENTS,DEEP_PAGE,LIST_OWN,INTERSECTION,JOIN,PROJECTION,CREATE";

  private final Bench bench;
  private final Options options;
  private final Map<Workload, List<String>> rows = new LinkedHashMap<>();

  CostCurve(Bench bench) {
    this.bench = bench;
    this.options = bench.options();
  }

  void run() throws IOException {
    List<Integer> sizes = options.documents("1000,100000,1000000");
    for (Language language : options.languages()) {
      rows.clear();
      List<String> columns = new ArrayList<>(List.of("CPU ms (p50 ms)"));
      List<String> loading = new ArrayList<>();
      for (int size : sizes) {
        columns.add(String.format(Locale.ROOT, "%,d", size));
        loading.add(measure(language, size));
      }
      bench.print("### %s%n", language.title());
      bench.head(columns.toArray(String[]::new));
      bench.print("| loading, s | %s |", String.join(" | ", loading));
      rows.forEach(
          (workload, cells) ->
              bench.print("| %s | %s |", workload.title(), String.join(" | ", cells)));
      bench.print("");
    }
  }

  /** Fills the column of one size; returns how long it took to load. */
  private String measure(Language language, int size) throws IOException {
    try (ServerProcess server = bench.server()) {
      long begun = System.nanoTime();
      Dataset data = language.load(server.port(), size);
      double loading = (System.nanoTime() - begun) / 1e9;
      int connections = options.connections().getFirst();
      List<Workload> workloads =
          bench.warmUp(server, data, options.workloads(language, WORKLOADS), connections);
      for (Workload workload : workloads) {
        Load load = new Load(server.port(), options.protocols().getFirst(), workload, data, size);
        Measurement result =
            Measurement.closed(server, load, connections, options.warmup(), options.seconds());
        rows.computeIfAbsent(workload, _ -> new ArrayList<>())
            .add(String.format(Locale.ROOT, "%.3f (%.2f)", result.cpuMillis(), result.millis(50)));
      }
      return String.format(Locale.ROOT, "%.1f", loading);
    }
  }
}
