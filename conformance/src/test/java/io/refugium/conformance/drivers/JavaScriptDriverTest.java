package io.refugium.conformance.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.refugium.conformance.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JavaScript drivers, run by Node from {@code drivers/js}. */
class JavaScriptDriverTest {

  private static final Path DIRECTORY = Path.of("drivers", "js");
  private static final long TIMEOUT_MINUTES = 3;

  /** What a program printed, and its status. */
  private record Outcome(int status, String output) {}

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    assumeTrue(
        isOnPath("node") && isOnPath("npm"),
        "Node.js is not installed: the JavaScript drivers are not tested");
    Outcome installed = run(List.of("npm", "ci", "--no-audit", "--no-fund"));
    assertThat(installed.status()).as(installed.output()).isZero();
  }

  /** {@code faunadb} speaks FQL v4, {@code fauna} speaks FQL v10. */
  @ParameterizedTest
  @ValueSource(strings = {"story.js", "examples.js", "story10.js", "details10.js"})
  void tellsItsStory(String story) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start()) {
      Outcome told = run(List.of("node", story, server.url().toString(), ServerProcess.SECRET));
      assertThat(told.status()).as(told.output()).isZero();
    }
  }

  private static Outcome run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("driver", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(DIRECTORY.toFile())
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
