package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A steady load for long. Prints memory, what the store has of it, open files, disk and latency of
 * each minute: all of them must stay level, the disk but for what the load adds.
 */
final class Soak {
  private static final double SAMPLE_SECONDS = 60;

  private final Bench bench;
  private final Options options;

  Soak(Bench bench) {
    this.bench = bench;
    this.options = bench.options();
  }

  void run() throws IOException {
    int documents = options.documents("20000").getFirst();
    int connections = options.connections().getFirst();
    Language language = options.languages().getFirst();
    Workload workload = options.workloads(language, "MIXED").getFirst();
    int metrics = ServerProcess.freePort();
    try (ServerProcess server = bench.server("--metrics-port", String.valueOf(metrics));
        StoreMemory memory = new StoreMemory(metrics)) {
      Dataset data = language.load(server.port(), documents);
      var load = new Load(server.port(), options.protocols().getFirst(), workload, data, 1);
      double most =
          Measurement.closed(server, load, connections, options.warmup(), options.seconds())
              .perSecond();
      double rate = options.rate() > 0 ? options.rate() : most * options.share();
      bench.print(
          "%s: %s, %d documents, %.0f of at most %.0f requests a second%n",
          language.title(), workload.title(), documents, rate, most);
      bench.head(
          "minute",
          "req/s",
          "CPU ms",
          "p50 ms",
          "p99 ms",
          "longest ms",
          "MiB",
          "store MiB",
          "files",
          "disk MiB");
      for (int minute = 1; minute <= options.minutes(); minute++) {
        var part = new Load(server.port(), load.protocol(), workload, data, minute * 1000L);
        sample(minute, server, memory, part, connections, rate);
      }
    }
  }

  private void sample(
      int minute, ServerProcess server, StoreMemory memory, Load load, int connections, double rate)
      throws IOException {
    Measurement result =
        Measurement.of(server, () -> OpenLoop.run(load, connections, SAMPLE_SECONDS, rate));
    bench.print(
        "| %d | %.0f | %.3f | %.2f | %.2f | %.2f | %d | %d | %d | %d |",
        minute,
        result.perSecond(),
        result.cpuMillis(),
        result.millis(50),
        result.millis(99),
        result.millis(100),
        ProcessCpu.residentMiB(server.pid()),
        memory.bytes() >> 20,
        ProcessCpu.openFiles(server.pid()),
        bytes(server.data()) >> 20);
  }

  private static long bytes(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.mapToLong(Soak::size).sum();
    }
  }

  /** A file that the server has just removed has no size. */
  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (java.nio.file.NoSuchFileException gone) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
