package io.refugium.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  private static final int FAILURE = 1;
  private static final int USAGE = 2;

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void printsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("refugium \\d+\\.\\d+\\.\\d+\\S*\\R");
  }

  @Test
  void explainsItselfWithoutACommand() {
    assertThat(run()).isEqualTo(USAGE);
    assertThat(err.toString()).contains("Missing command", "Usage: refugium");
  }

  @Test
  void explainsStart() {
    assertThat(run("start", "--help")).isZero();
    assertThat(out.toString()).contains("--port", "--data", "--durability", "REFUGIUM_PORT");
  }

  @Test
  void explainsBackup() {
    assertThat(run("backup", "--help")).isZero();
    assertThat(out.toString()).contains("--url", "--keep", "backups/TIME", "--data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"start", "backup"})
  void tellsNobodyTheSecretOfTheEnvironment(String command) {
    assertThat(run(Map.of("REFUGIUM_SECRET", "xyzzy"), command, "--help")).isZero();
    assertThat(run(Map.of("REFUGIUM_SECRET", "xyzzy"), command, "7")).isEqualTo(USAGE);
    assertThat(out + "" + err).contains("Default: secret").doesNotContain("xyzzy");
  }

  @Test
  void saysThatThereIsNoServerToBackUp() throws IOException {
    assertThat(run("backup", "--url", "http://127.0.0.1:" + freePort())).isEqualTo(FAILURE);
    assertThat(err.toString()).contains("No server answers", "--url");
  }

  private static int freePort() throws IOException {
    try (var port = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return port.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8443", "ftp://127.0.0.1", "http:", "https://", "a b"})
  void refusesAddressesThatAreNone(String url) {
    assertThat(run("backup", "--url", url)).isEqualTo(FAILURE);
    assertThat(err.toString()).contains("--url must be");
  }

  @Test
  void refusesUnknownOptions() {
    assertThat(run("start", "--prot", "1")).isEqualTo(USAGE);
    assertThat(err.toString()).contains("--prot");
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(run("start", "--port", port, "--data", data())).isEqualTo(FAILURE);
      assertThat(err.toString()).contains(port, "--port").doesNotContain("Exception");
    }
  }

  @Test
  void saysThatADirectoryIsInUse() {
    try (Node _ = Node.start(Settings.local(Path.of(data()), "x", Settings.Operations.NONE))) {
      assertThat(run("start", "--port", "0", "--data", data())).isEqualTo(FAILURE);
      assertThat(err.toString()).contains(data(), "in use").doesNotContain("Exception");
    }
  }

  @Test
  void saysThatADirectoryHoldsSomethingElse() throws IOException {
    Files.writeString(directory.resolve("diary.txt"), "Dear diary");
    assertThat(run("start", "--port", "0", "--data", directory.toString())).isEqualTo(FAILURE);
    assertThat(err.toString()).contains(directory.toString(), "no Refugium data");
  }

  @Test
  void keepsTheDefaultSecretOnThisMachine() {
    assertThat(run("start", "--port", "0", "--host", "0.0.0.0", "--data", data()))
        .isEqualTo(FAILURE);
    assertThat(err.toString()).contains("REFUGIUM_SECRET", "--allow-default-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "a,b", "a(b", "a)b", "a&b", "a=b", "a:b", "a b", "a\nb"})
  void refusesSecretsThatCouldNotBeScoped(String secret) {
    assertThat(run(Map.of("REFUGIUM_SECRET", secret), "start", "--data", data()))
        .isEqualTo(FAILURE);
    assertThat(err.toString()).contains("The root secret must not");
  }

  @Test
  void takesOptionsFromTheEnvironment() {
    assertThat(run(Map.of("REFUGIUM_PORT", "x"), "start", "--data", data())).isEqualTo(USAGE);
    assertThat(err.toString()).contains("--port", "'x'");
  }

  @Test
  void takesOptionsFromAFileLast() throws IOException {
    Path file = Files.writeString(directory.resolve("refugium.conf"), "# mine\nport = x\n");
    assertThat(run("start", "--config", file.toString())).isEqualTo(USAGE);
    assertThat(err.toString()).contains("'x'");
    assertThat(
            run(
                Map.of("REFUGIUM_CONFIG", file.toString(), "REFUGIUM_PORT", "y"),
                "start",
                "--data",
                data()))
        .isEqualTo(USAGE);
    assertThat(err.toString()).contains("'y'");
  }

  @Test
  void doesNotOverlookMisspeltSettings() throws IOException {
    Path file = Files.writeString(directory.resolve("refugium.conf"), "prot=1\n");
    assertThat(run("start", "--config=" + file)).isEqualTo(FAILURE);
    assertThat(err.toString()).contains("prot");
    assertThat(run("start", "--config", directory.resolve("none").toString())).isEqualTo(FAILURE);
    assertThat(err.toString()).contains("no configuration file");
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return Main.run(
        List.of(arguments), environment, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
