package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Reader;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device that refuses to take more: simulated by the shell's limit on the size of files. The
 * commit fails with a clear error, and so does every later one, reads go on, and what was
 * acknowledged before is there afterwards.
 */
class FailingDeviceTest {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final int LIMIT_BLOCKS = 4096;

  @TempDir Path temp;

  @Test
  void aFailedCommitStopsCommitsButNotReads() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SHELL), "needs a POSIX shell");
    Path data = temp.resolve("data");
    RocksStore.open(data, RocksSettings.defaults())
        .close(); // unpacks the native code, a large file
    List<String> lines = run(data);

    int acknowledged = Integer.parseInt(lines.get(0));
    assertThat(acknowledged).isPositive();
    assertThat(lines.get(1)).startsWith("Io: cannot write commits");
    assertThat(lines.get(2)).startsWith("Io: cannot write commits");
    assertThat(lines.get(3)).isEqualTo("read " + acknowledged);
    try (RocksStore store = RocksStore.open(data, RocksSettings.defaults());
        Reader reader = store.reader()) {
      for (int i = 1; i <= acknowledged; i++) {
        assertThat(reader.get(FailingDeviceVictim.key(i))).as("commit %d", i).isNotNull();
      }
    }
  }

  private static List<String> run(Path data) throws IOException, InterruptedException {
    Process victim =
        new ProcessBuilder(
                SHELL.toString(),
                "-c",
                "ulimit -f " + LIMIT_BLOCKS + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FailingDeviceVictim.class.getName(),
                data.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader = victim.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    }
    assertThat(victim.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return lines;
  }
}
