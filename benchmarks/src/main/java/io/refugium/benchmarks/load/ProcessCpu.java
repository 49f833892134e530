package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** CPU time and memory of a process as the kernel counts them in {@code /proc}; Linux only. */
final class ProcessCpu {
  /** Clock ticks of {@code /proc/PID/stat}: 100 a second on every Linux that runs a JVM. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Pattern COMPILER = Pattern.compile("C[12] Compiler");

  private ProcessCpu() {}

  /** User and system time so far, of all threads, in seconds. */
  static double seconds(long pid) throws IOException {
    return seconds(pid, 11, 12);
  }

  /** The same together with that of its children that have ended. */
  static double secondsWithChildren(long pid) throws IOException {
    return seconds(pid, 11, 12, 13, 14);
  }

  /** User and system time of this process so far, in seconds. */
  static double own() throws IOException {
    return seconds(ProcessHandle.current().pid());
  }

  /** User and system time of all programs that this process has run to their end, in seconds. */
  static double ownChildren() throws IOException {
    return seconds(ProcessHandle.current().pid(), 13, 14);
  }

  /** User and system time so far of the threads of a JVM that compile, in seconds. */
  static double compilerSeconds(long pid) throws IOException {
    double seconds = 0;
    try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path thread : threads.toList()) {
        try {
          if (COMPILER.matcher(Files.readString(thread.resolve("comm"))).lookingAt()) {
            seconds += seconds(thread.resolve("stat"), 11, 12);
          }
        } catch (NoSuchFileException ended) {
          // A thread that ends meanwhile compiles nothing.
        }
      }
    }
    return seconds;
  }

  /**
   * CPU time that all of this machine's processors have spent on anything so far, in seconds; that
   * which its host spent on others meanwhile is counted, too.
   */
  static double machineSeconds() throws IOException {
    String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
    long ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) { // all but idle and waiting for devices
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  private static double seconds(long pid, int... which) throws IOException {
    return seconds(Path.of("/proc/" + pid + "/stat"), which);
  }

  private static double seconds(Path file, int... which) throws IOException {
    String stat = Files.readString(file);
    // The name, in parentheses, may hold blanks: count fields from behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    long ticks = 0;
    for (int field : which) {
      ticks += Long.parseLong(fields[field]);
    }
    return ticks / TICKS_PER_SECOND;
  }

  /** Resident memory in MiB. */
  static long residentMiB(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS for process " + pid);
  }

  /** How many files and sockets it has open. */
  static long openFiles(long pid) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return files.count();
    }
  }
}
