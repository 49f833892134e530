package io.refugium.conformance.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.refugium.conformance.ServerProcess;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Programs for Node.js that try a server with packages from npm: each is given its URL and the root
 * secret, and ends with status 0 if all went as it should.
 *
 * @param directory where the programs and their {@code package.json} are
 */
record NodePrograms(Path directory) {
  private static final long TIMEOUT_MINUTES = 5;

  /** What a program printed, and its status. */
  private record Outcome(int status, String output) {}

  /** Installs the packages; skips the test where there is no Node.js. */
  void install() throws IOException, InterruptedException {
    assumeTrue(
        isOnPath("node") && isOnPath("npm"),
        "Node.js is not installed: what needs it is not tested");
    Outcome installed = run(List.of("npm", "ci", "--no-audit", "--no-fund"));
    assertThat(installed.status()).as(installed.output()).isZero();
  }

  /** Runs a program against a server of its own. */
  void tell(String program) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start()) {
      run(program, server);
    }
  }

  /** The same for one that is an identity provider, too: it is given the port to be one at. */
  void tellAsIdentityProvider(String program) throws IOException, InterruptedException {
    String port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = Integer.toString(free.getLocalPort());
    }
    try (ServerProcess server = ServerProcess.start("--trust-keys-from=127.0.0.1:" + port)) {
      run(program, server, port);
    }
  }

  private void run(String program, ServerProcess server, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("node", program, server.url().toString(), ServerProcess.SECRET));
    command.addAll(List.of(more));
    Outcome outcome = run(command);
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }

  private Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("node", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        return new Outcome(-1, command + " does not end:\n" + Files.readString(output));
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static boolean isOnPath(String program) {
    for (String directory : System.getenv("PATH").split(":")) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
