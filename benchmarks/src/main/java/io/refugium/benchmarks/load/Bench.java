package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What every kind of measurement needs.
 *
 * @param launcher the program that starts a server
 * @param out where tables go
 */
record Bench(Path launcher, Options options, PrintStream out) {
  /** A fresh server with durable commits. */
  ServerProcess server() throws IOException {
    Path data = Files.createTempDirectory("refugium-bench").resolve("data");
    return ServerProcess.start(launcher, data, List.of());
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
