package io.refugium.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whoever runs a server gets a backup of it while others write, and nobody else does. */
@Timeout(120)
class BackupTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int WRITERS = 4;
  private static final int WRITTEN_BEFORE = 200;

  @TempDir private Path temp;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @AfterEach
  void close() {
    client.shutdownNow();
  }

  private Path data() {
    return temp.resolve("data");
  }

  /** What a client holds on to, over a backup and a start from it. */
  private record Held(String key, String token, String cursor) {}

  @Test
  void aServerThatStartsFromItHasEverythingUpToItsTime() throws Exception {
    Map<Long, Long> acknowledged = new ConcurrentHashMap<>();
    Backup backup;
    Held held;
    try (ServerProcess server = ServerProcess.startDurable(data())) {
      held = prepare(server.url());
      var progress = new Semaphore(0);
      try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
        for (int writer = 0; writer < WRITERS; writer++) {
          long first = 1L + writer;
          writers.submit(() -> writeUntilKilled(server.url(), first, acknowledged, progress));
        }
        progress.acquire(WRITTEN_BEFORE);
        backup = Backup.of(refugium("backup", "--url=" + server.url()));
        progress.acquire(WRITTEN_BEFORE);
        server.kill();
      }
    }
    assertThat(backup.directory()).hasParent(data().resolve("backups").toAbsolutePath());
    assertThat(acknowledged.values()).anyMatch(time -> time > backup.lastCommit());
    try (ServerProcess server = ServerProcess.startDurable(backup.directory())) {
      for (var commit : acknowledged.entrySet()) {
        assertThat(
                v10(
                    server.url(),
                    ServerProcess.SECRET,
                    "items.byId('" + commit.getKey() + "').exists()"))
            .as("commit %d of %d", commit.getValue(), backup.lastCommit())
            .isEqualTo(JSON.valueToTree(commit.getValue() <= backup.lastCommit()));
      }
      assertThat(v10(server.url(), held.key(), "1 + 1").asInt()).isEqualTo(2);
      assertThat(v10(server.url(), held.token(), "1 + 1").asInt()).isEqualTo(2);
      assertThat(
              v10(
                      server.url(),
                      ServerProcess.SECRET,
                      "Set.paginate('" + held.cursor() + "').data.map(.id)")
                  .toString())
          .isEqualTo("[\"3\",\"4\"]");
    }
  }

  private Held prepare(URI server) throws Exception {
    String root = ServerProcess.SECRET;
    v10(server, root, "Collection.create({ name: 'items' })\n0");
    v10(server, root, "Collection.create({ name: 'people' })\n0");
    for (int id = 1; id <= 4; id++) {
      v10(server, root, "people.create({ id: '" + id + "' })\n0");
    }
    return new Held(
        v10(server, root, "Key.create({ role: 'server' }).secret").asString(),
        v10(server, root, "Token.create({ document: people.byId('1')! }).secret").asString(),
        v10(server, root, "people.all().paginate(2).after").asString());
  }

  /** Writes documents with ids of its own; the connection breaks when the server is killed. */
  private Void writeUntilKilled(
      URI server, long first, Map<Long, Long> acknowledged, Semaphore progress)
      throws InterruptedException {
    try {
      for (long id = first; ; id += WRITERS) {
        String query = "items.create({ id: '" + id + "' })\n0";
        HttpResponse<String> answer = post(server.resolve("/query/1"), ServerProcess.SECRET, query);
        acknowledged.put(id, JSON.readTree(answer.body()).path("txn_ts").asLong());
        progress.release();
      }
    } catch (IOException killed) {
      return null;
    }
  }

  /** A server that is killed while it makes one leaves nothing that is not complete. */
  @Test
  void isCompleteOrAbsent() throws Exception {
    var made = new Semaphore(0);
    try (ServerProcess server = ServerProcess.startDurable(data());
        ExecutorService asking = Executors.newSingleThreadExecutor()) {
      prepare(server.url());
      Future<?> end =
          asking.submit(
              () -> {
                while (backUp(server, ServerProcess.SECRET, "").statusCode() == 200) {
                  made.release();
                }
                return null;
              });
      made.acquire(5);
      server.kill();
      assertThat(end).failsWithin(Duration.ofMinutes(1));
    }
    ServerProcess.startDurable(data()).close();
    try (Stream<Path> backups = Files.list(data().resolve("backups"))) {
      List<Path> all = backups.sorted().toList();
      assertThat(all).hasSizeGreaterThanOrEqualTo(5);
      assertThat(all).noneMatch(path -> path.toString().endsWith(".partial"));
      try (ServerProcess last = ServerProcess.startDurable(all.getLast())) {
        assertThat(v10(last.url(), ServerProcess.SECRET, "people.all().count()").asInt())
            .isEqualTo(4);
      }
    }
  }

  @Test
  void isForTheRootSecretAlone() throws Exception {
    try (ServerProcess server = ServerProcess.startDurable(data())) {
      Held held = prepare(server.url());
      String root = ServerProcess.SECRET;
      v10(server.url(), root, "Database.create({ name: 'child' })\n0");
      String admin = v10(server.url(), root, "Key.create({ role: 'admin' }).secret").asString();
      for (String other :
          List.of(admin, held.key(), held.token(), root + ":server", root + ":child:admin")) {
        assertRefused(backUp(server, other, ""), 403, "forbidden");
      }
      for (String wrong : List.of("wrong", root + ":nowhere:admin", "fn" + "A".repeat(38))) {
        assertRefused(backUp(server, wrong, "?keep=0"), 401, "unauthorized");
      }
      for (String keep : List.of("0", "101", "-1", "x", "", "1.5", "99999999999")) {
        assertRefused(backUp(server, root, "?keep=" + keep), 400, "invalid_request");
      }
      assertThat(data().resolve("backups")).doesNotExist();
      assertThat(backUp(server, root, "?keep=1").statusCode()).isEqualTo(200);
      assertThat(Backup.of(refugium("backup", "--url=" + server.url(), "--keep=1")).removed())
          .isOne();
      assertThat(refugium("backup", "--url=" + server.url(), "--secret=wrong"))
          .contains("does not accept")
          .doesNotContain("wrong");
    }
  }

  private static void assertRefused(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  private HttpResponse<String> backUp(ServerProcess server, String secret, String parameters)
      throws IOException, InterruptedException {
    return send(server.url().resolve("/backup" + parameters), secret, BodyPublishers.noBody());
  }

  /**
   * What the command tells of a backup.
   *
   * @param lastCommit microseconds since 1970
   * @param removed how many were removed
   */
  private record Backup(Path directory, long lastCommit, long removed) {
    static Backup of(String output) {
      Instant last = Instant.parse(value(output, "Last commit: "));
      return new Backup(
          Path.of(value(output, "Backup: ")),
          ChronoUnit.MICROS.between(Instant.EPOCH, last),
          output.lines().filter(line -> line.startsWith("Removed: ")).count());
    }

    private static String value(String output, String name) {
      return output
          .lines()
          .filter(line -> line.startsWith(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError(output))
          .substring(name.length());
    }
  }

  /** Runs a command with the root secret in its environment; what it writes. */
  private static String refugium(String... arguments) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(ServerProcess.refugium(arguments)).redirectErrorStream(true);
    builder.environment().put("REFUGIUM_SECRET", ServerProcess.SECRET);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  /** The result of a query. */
  private JsonNode v10(URI server, String secret, String fql) throws Exception {
    HttpResponse<String> answer = post(server.resolve("/query/1"), secret, fql);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("data");
  }

  private HttpResponse<String> post(URI uri, String secret, String fql)
      throws IOException, InterruptedException {
    String body = JSON.writeValueAsString(Map.of("query", fql));
    return send(uri, secret, BodyPublishers.ofString(body));
  }

  private HttpResponse<String> send(URI uri, String secret, HttpRequest.BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + secret)
            .header("x-format", "simple")
            .header("x-typecheck", "false")
            .POST(body)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
