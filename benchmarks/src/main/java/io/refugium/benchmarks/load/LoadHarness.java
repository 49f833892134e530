package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * Measures a fresh server over HTTP and prints tables in Markdown.
 *
 * <ul>
 *   <li>{@code table}: every workload beside PostgreSQL on the same rows in the same run;
 *   <li>{@code connections}: numbers of connections and protocols;
 *   <li>{@code curve}: what a request costs as the data grows;
 *   <li>{@code pair}: this checkout beside another one;
 *   <li>{@code soak}: a steady load for long: memory, files, disk and latency.
 * </ul>
 *
 * <p>Arguments: see {@link Options}.
 */
public final class LoadHarness {
  private static final String USAGE =
      """
      Usage: refugium bench [table|connections|curve|pair|soak] [name=value ...]
      Starts servers of its own and prints tables; benchmarks/RESULTS.md has examples.""";

  private LoadHarness() {}

  /** Runs from the root of the checkout. Ends with status 2 when it is asked for the unknown. */
  public static void main(String[] arguments) throws IOException {
    try {
      run(arguments);
    } catch (IllegalArgumentException misunderstood) {
      System.err.println(USAGE + "\n" + misunderstood.getMessage());
      System.exit(2);
    }
  }

  private static void run(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean named = arguments.length > 0 && !arguments[0].contains("=");
    String command = named ? arguments[0] : "table";
    Options options = Options.parse(List.of(arguments).subList(named ? 1 : 0, arguments.length));
    Bench bench = new Bench(Path.of("refugium").toAbsolutePath(), options, out);
    out.printf(
        Locale.ROOT,
        "%s, %d cores, %s%n%n",
        LocalDate.now(ZoneOffset.UTC),
        Runtime.getRuntime().availableProcessors(),
        String.join(" ", arguments));
    switch (command) {
      case "table" -> new ComparisonTable(bench).run();
      case "connections" -> new ConnectionTable(bench).run();
      case "curve" -> new CostCurve(bench).run();
      case "pair" -> new PairedTable(bench).run();
      case "soak" -> new Soak(bench).run();
      default -> throw new IllegalArgumentException("unknown command " + command);
    }
  }
}
