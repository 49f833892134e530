package io.refugium.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real server in a process of its own, on a free port, as users run it. */
public final class ServerProcess implements AutoCloseable {

  /** The root secret of servers under test. */
  public static final String SECRET = "secret";

  private static final Pattern READY = Pattern.compile("is ready at (http://\\S+)");

  private final Process process;
  private final URI url;
  private final Path log;
  private final Path temporary;

  private ServerProcess(Process process, URI url, Path log, Path temporary) {
    this.process = process;
    this.url = url;
    this.log = log;
    this.temporary = temporary;
  }

  /**
   * Starts a server on a temporary directory, without waiting for the disk at each commit.
   *
   * @param options further options of the command line
   */
  public static ServerProcess start(String... options) {
    try {
      Path directory = Files.createTempDirectory("refugium-test");
      return start(directory.resolve("data"), "relaxed", null, directory, options);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a server on a directory that outlives it, with durable commits. */
  public static ServerProcess startDurable(Path data) {
    return start(data, "fsync", null, null);
  }

  /** The same with a directory that is told relative to the one in which the server is started. */
  public static ServerProcess startDurableIn(Path working, Path data) {
    return start(data, "fsync", working, null);
  }

  /** The same with files that cannot grow beyond {@code blocks} of 512 bytes; needs a shell. */
  static ServerProcess startWithSmallFiles(Path data, int blocks) {
    var limited =
        new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    limited.addAll(command(data, "fsync"));
    return start(limited, null, null);
  }

  private static ServerProcess start(
      Path data, String durability, Path working, Path temporary, String... options) {
    return start(command(data, durability, options), working, temporary);
  }

  private static ServerProcess start(List<String> command, Path working, Path temporary) {
    try {
      Path log = Files.createTempFile("refugium-test", ".log");
      Process process =
          new ProcessBuilder(command)
              .directory(working == null ? null : working.toFile())
              .redirectError(log.toFile())
              .start();
      return new ServerProcess(process, url(process, log), log, temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(Path data, String durability, String... options) {
    List<String> command =
        refugium(
            "start",
            "--port=0",
            "--data=" + data,
            "--secret=" + SECRET,
            "--durability=" + durability);
    command.addAll(List.of(options));
    return command;
  }

  /** The command line of a process that runs a command of {@code refugium}. */
  static List<String> refugium(String... arguments) {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.refugium.cli.Main"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static URI url(Process process, Path log) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
    }
    throw new IllegalStateException("The server did not start:\n" + Files.readString(log));
  }

  /** Where it answers. */
  public URI url() {
    return url;
  }

  /** How much processor time it has used so far; zero where the system does not tell. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What it has written to standard error so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files and connections it has open; 0 where the system does not tell. */
  public long openFiles() {
    Path files = Path.of("/proc", Long.toString(process.pid()), "fd");
    if (!Files.isDirectory(files)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(files)) {
      return open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it as {@code kill -9} does and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to end and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
    if (temporary != null) {
      delete(temporary);
    }
  }

  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
