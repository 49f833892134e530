package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Starts a fresh server, loads the data set, runs every workload beside PostgreSQL and prints one
 * table in Markdown.
 *
 * <p>Arguments, all optional: {@code documents=100000 seconds=5 connections=8 workloads=READ,CREATE
 * peer=true}.
 */
public final class LoadHarness {
  private static final Map<Workload, String> PEER = new EnumMap<>(Workload.class);

  static {
    String read = "\\set id random(0, :documents - 1)\nselect * from todos where id = :id;\n";
    String own =
        "\\set n random(0, :documents / :users - 1)\nselect * from todos where id = 1 + :users * :n;\n";
    String page =
        "\\set owner random(0, :users - 1)\nselect id from todos where owner = :owner order by id limit 65;\n";
    String create =
        "\\set owner random(1000000, 1100000)\ninsert into todos values (nextval('ids'), :owner, 'Water the plants of neighbour', false, 3, '{home,weekly}') returning *;\n";
    String update =
        "\\set id random(0, :documents - 1)\n\\set p random(0, 9)\nupdate todos set done = true, priority = :p where id = :id returning *;\n";
    PEER.put(Workload.READ, read);
    PEER.put(Workload.READ_UNDER_ROLE, own);
    PEER.put(Workload.PAGE, page);
    PEER.put(Workload.CREATE, create);
    PEER.put(Workload.UPDATE, update);
  }

  private final int documents;
  private final double seconds;
  private final int connections;
  private final PrintStream out;

  private LoadHarness(int documents, double seconds, int connections, PrintStream out) {
    this.documents = documents;
    this.seconds = seconds;
    this.connections = connections;
    this.out = out;
  }

  /** Runs from the root of the checkout. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> options = new java.util.HashMap<>();
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      options.put(parts[0], parts.length > 1 ? parts[1] : "true");
    }
    LoadHarness harness =
        new LoadHarness(
            Integer.parseInt(options.getOrDefault("documents", "100000")),
            Double.parseDouble(options.getOrDefault("seconds", "5")),
            Integer.parseInt(options.getOrDefault("connections", "8")),
            new PrintStream(System.out, true, StandardCharsets.UTF_8));
    List<Workload> workloads =
        options.containsKey("workloads")
            ? java.util.Arrays.stream(options.get("workloads").split(","))
                .map(Workload::valueOf)
                .toList()
            : List.of(Workload.values());
    harness.run(
        Path.of("refugium").toAbsolutePath(),
        workloads,
        Boolean.parseBoolean(options.getOrDefault("peer", "true")));
  }

  private void run(Path launcher, List<Workload> workloads, boolean withPeer) throws IOException {
    Path bin = withPeer ? PostgresPeer.installed() : null;
    if (withPeer && bin == null) {
      out.println("PostgreSQL is not installed here: no peer in this run.");
    }
    Path data = Files.createTempDirectory("refugium-bench").resolve("data");
    try (ServerProcess server = ServerProcess.start(launcher, data, List.of());
        PostgresPeer peer = bin == null ? null : PostgresPeer.start(bin, documents)) {
      out.printf(
          Locale.ROOT,
          "ready in %.2f s, %d MiB resident; %d documents, %d connections, %.0f s a workload%n%n",
          server.readySeconds(),
          ProcessCpu.residentMiB(server.pid()),
          documents,
          connections,
          seconds);
      LoadRun load = new LoadRun(server, Fixture.load(server.port(), documents));
      out.println(
          "| workload | req/s | CPU ms/req | p50 ms | p99 ms | p99 ms at half load | PostgreSQL tx/s | ratio |");
      out.println("|---|---|---|---|---|---|---|---|");
      for (Workload workload : workloads) {
        row(load, peer, workload);
      }
      out.printf(
          Locale.ROOT, "%n%d MiB resident at the end%n", ProcessCpu.residentMiB(server.pid()));
    }
  }

  private void row(LoadRun load, PostgresPeer peer, Workload workload) throws IOException {
    load.closed(workload, connections, seconds); // warms up
    LoadRun.Result full = load.closed(workload, connections, seconds);
    LoadRun.Result half = load.open(workload, connections, seconds, full.perSecond() / 2);
    String beside = "– | –";
    if (peer != null && PEER.containsKey(workload)) {
      double theirs =
          peer.run(PEER.get(workload), workload.asMember(), connections, (int) Math.ceil(seconds))
              .perSecond();
      beside = String.format(Locale.ROOT, "%.0f | %.2f", theirs, full.perSecond() / theirs);
    }
    out.printf(
        Locale.ROOT,
        "| %s | %.0f | %.3f | %.2f | %.2f | %.2f | %s |%n",
        workload.title(),
        full.perSecond(),
        full.cpuMillis(),
        full.latency().getValueAtPercentile(50) / 1000.0,
        full.latency().getValueAtPercentile(99) / 1000.0,
        half.latency().getValueAtPercentile(99) / 1000.0,
        beside);
  }
}
