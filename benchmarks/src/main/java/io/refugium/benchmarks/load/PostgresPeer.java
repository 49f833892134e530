package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL with the same rows under row-level security, driven by its own {@code pgbench} through
 * prepared statements: what an application would otherwise run. A cluster of its own in a temporary
 * directory, with durable commits, reached over a Unix socket; needs PostgreSQL's binaries.
 */
final class PostgresPeer implements AutoCloseable {
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial");
  private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

  /**
   * @param perSecond transactions a second
   * @param averageMillis mean latency
   */
  record Result(double perSecond, double averageMillis) {}

  private final Path bin;
  private final Path directory;
  private final int documents;

  private PostgresPeer(Path bin, Path directory, int documents) {
    this.bin = bin;
    this.directory = directory;
    this.documents = documents;
  }

  /** The newest installed PostgreSQL's programs, or null when there is none. */
  static Path installed() throws IOException {
    Path root = Path.of("/usr/lib/postgresql");
    if (!Files.isDirectory(root)) {
      return null;
    }
    try (Stream<Path> versions = Files.list(root)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(candidate -> Files.isExecutable(candidate.resolve("pgbench")))
          .max(Comparator.naturalOrder())
          .orElse(null);
    }
  }

  /** A running cluster with the data set of {@link Fixture}. */
  static PostgresPeer start(Path bin, int documents) throws IOException {
    Path directory = Files.createTempDirectory("refugium-peer");
    PostgresPeer peer = new PostgresPeer(bin, directory, documents);
    if (asRoot()) {
      peer.exec(List.of("chown", "postgres", directory.toString()));
    }
    peer.postgres("initdb", "-D", peer.data(), "-U", "postgres", "-A", "trust", "--no-sync");
    peer.postgres(
        "pg_ctl",
        "-D",
        peer.data(),
        "-w",
        "-l",
        directory.resolve("log").toString(),
        "-o",
        "-c listen_addresses= -c unix_socket_directories="
            + directory
            + " -c synchronous_commit=on -c shared_buffers=512MB",
        "start");
    peer.load();
    return peer;
  }

  /**
   * Runs one transaction script with so many connections, as user 1 or as the role that sees
   * everything.
   */
  Result run(String script, boolean asMember, int connections, int seconds) throws IOException {
    Path file = directory.resolve("script.sql");
    Files.writeString(
        file,
        script
            .replace(":documents", String.valueOf(documents))
            .replace(":users", String.valueOf(users())));
    String out =
        postgres(
            "pgbench",
            "-h",
            directory.toString(),
            "-U",
            asMember ? "alice" : "member",
            "-n",
            "-M",
            "prepared",
            "-c",
            String.valueOf(connections),
            "-j",
            "1",
            "-T",
            String.valueOf(seconds),
            "-f",
            file.toString(),
            "postgres");
    return new Result(number(TPS, out), number(LATENCY, out));
  }

  private int users() {
    return Math.max(2, documents / Fixture.TODOS_PER_USER);
  }

  private void load() throws IOException {
    Path file = directory.resolve("load.sql");
    Files.writeString(
        file,
        """
        create table todos (id bigint primary key, owner bigint, title text, done boolean, priority int, tags text[]);
        insert into todos select i, i %% %d, 'Water the plants of neighbour ' || i, false, i %% 10, '{home,weekly}'
          from generate_series(0, %d) i;
        create index todos_by_owner on todos (owner, id);
        alter table todos enable row level security;
        create role member login;
        create policy own on todos to member
          using (owner = current_setting('app.member')::bigint or current_setting('app.member') = '-1')
          with check (true);
        grant all on todos to member;
        create sequence ids start 1000000000;
        grant all on sequence ids to member;
        alter role member set app.member = '-1';
        create role alice login in role member;
        alter role alice set app.member = '1';
        vacuum analyze todos;
        """
            .formatted(users(), documents - 1));
    postgres(
        "psql",
        "-h",
        directory.toString(),
        "-U",
        "postgres",
        "-v",
        "ON_ERROR_STOP=1",
        "-q",
        "-f",
        file.toString(),
        "postgres");
  }

  private String data() {
    return directory.resolve("data").toString();
  }

  private String postgres(String program, String... arguments) throws IOException {
    List<String> command = new java.util.ArrayList<>();
    if (asRoot()) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return exec(command);
  }

  private String exec(List<String> command) throws IOException {
    Path log = Files.createTempFile("refugium-peer", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(new java.io.File("/tmp"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("timed out: " + command);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    String out = Files.readString(log);
    Files.delete(log);
    if (process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + out);
    }
    return out;
  }

  private static double number(Pattern pattern, String text) throws IOException {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IOException("no figure in: " + text);
    }
    return Double.parseDouble(matcher.group(1));
  }

  private static boolean asRoot() {
    return System.getProperty("user.name").toLowerCase(Locale.ROOT).equals("root");
  }

  @Override
  public void close() throws IOException {
    postgres("pg_ctl", "-D", data(), "-m", "immediate", "stop");
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
