package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What every kind of measurement needs.
 *
 * @param launcher the program that starts a server
 * @param out where tables go
 */
record Bench(Path launcher, Options options, PrintStream out) {
  /** How long each workload runs before any is measured. */
  private static final double FIRST_SECONDS = 3;

  /** A fresh server with durable commits and further options of the command line. */
  ServerProcess server(String... options) throws IOException {
    Path data = Files.createTempDirectory("refugium-bench").resolve("data");
    return ServerProcess.start(launcher, data, List.of(options));
  }

  /**
   * Lets the first rows of a table not pay for the later ones: much of the server is common to all.
   * Returns those that work; says what is wrong with the others.
   */
  List<Workload> warmUp(
      ServerProcess server, Dataset data, List<Workload> workloads, int connections)
      throws IOException {
    List<Workload> warm = new ArrayList<>();
    for (Workload workload : workloads) {
      var load = new Load(server.port(), options().protocols().getFirst(), workload, data, 2);
      try {
        load.rehearse();
      } catch (IOException failure) {
        print("%s does not work here: %s%n", workload.title(), failure.getMessage());
        continue;
      }
      ClosedLoop.run(load, connections, Math.min(options().warmup(), FIRST_SECONDS));
      warm.add(workload);
    }
    return warm;
  }

  /** Prints one line. */
  void print(String format, Object... values) {
    out.printf(Locale.ROOT, format + "%n", values);
  }

  /** Prints the two first lines of a table. */
  void head(String... columns) {
    print("| %s |", String.join(" | ", columns));
    print("|%s", "---|".repeat(columns.length));
  }
}
