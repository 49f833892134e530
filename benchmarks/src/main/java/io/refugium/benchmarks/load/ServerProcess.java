package io.refugium.benchmarks.load;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server started by its launcher on a free port with a data directory of its own; stopped with
 * SIGTERM and waited for.
 */
final class ServerProcess implements AutoCloseable {
  /** The root secret of the servers that the harness starts; they listen on loopback only. */
  static final String SECRET = "secret";

  private static final long READY_SECONDS = 300;

  private final Process process;
  private final int port;
  private final Path data;
  private final double readySeconds;

  private ServerProcess(Process process, int port, Path data, double readySeconds) {
    this.process = process;
    this.port = port;
    this.data = data;
    this.readySeconds = readySeconds;
  }

  /** Starts {@code launcher} and waits until it has printed its URL. */
  static ServerProcess start(Path launcher, Path data, List<String> options) throws IOException {
    int port = freePort();
    Path log = data.resolveSibling(data.getFileName() + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
            launcher.toString(),
            "start",
            "--port",
            String.valueOf(port),
            "--data",
            data.toString());
    builder.command().addAll(options);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long begun = System.nanoTime();
    Process process = builder.start();
    while (!Files.readString(log).contains("http://127.0.0.1:" + port)) {
      if (!process.isAlive()
          || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(READY_SECONDS)) {
        process.destroy();
        throw new IOException("the server did not get ready:\n" + Files.readString(log));
      }
      pause();
    }
    return new ServerProcess(process, port, data, (System.nanoTime() - begun) / 1e9);
  }

  int port() {
    return port;
  }

  /** The directory of its data. */
  Path data() {
    return data;
  }

  long pid() {
    return process.pid();
  }

  /** Seconds from the launcher's start until the server said that it was ready. */
  double readySeconds() {
    return readySeconds;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    delete();
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(data.getParent())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("cannot delete " + data + ": " + e);
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** A port that nobody listens on. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
