package io.refugium.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * PostgreSQL with the same rows under row-level security, driven by its own {@code pgbench} through
 * prepared statements: what an application would otherwise run. A cluster of its own in a temporary
 * directory, with durable commits, reached over TCP on loopback as the servers are that it is
 * compared with; needs PostgreSQL's binaries.
 */
final class PostgresPeer implements AutoCloseable {
  /** So long after its connections have begun, latencies do not count yet. */
  private static final double LEAD_IN_SECONDS = 1;

  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: ([0-9]+)");
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial");

  /**
   * @param perSecond transactions a second
   * @param cpuMillis CPU time of the server's processes for one transaction, in milliseconds
   * @param clientMillis CPU time of {@code pgbench} for one transaction
   * @param p99AtHalfLoad latency in milliseconds when transactions fall due at half that rate (at
   *     random times, for {@code pgbench} knows no others), counted from when they were due
   */
  record Result(double perSecond, double cpuMillis, double clientMillis, double p99AtHalfLoad) {}

  /** How a client reaches the cluster. */
  enum Way {
    TCP,
    SOCKET
  }

  private final Path bin;
  private final Path directory;
  private final int port;
  private final int documents;

  private PostgresPeer(Path bin, Path directory, int port, int documents) {
    this.bin = bin;
    this.directory = directory;
    this.port = port;
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

  /** A running cluster with the data set of {@link Dataset}. */
  static PostgresPeer start(Path bin, int documents) throws IOException {
    Path directory = Files.createTempDirectory("refugium-peer");
    PostgresPeer peer = new PostgresPeer(bin, directory, ServerProcess.freePort(), documents);
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
        "-c listen_addresses=127.0.0.1 -c unix_socket_directories="
            + directory
            + " -c port="
            + peer.port
            + " -c synchronous_commit=on -c shared_buffers=512MB",
        "start");
    peer.load();
    return peer;
  }

  /**
   * Runs one kind of transaction with so many connections, as user 1 or as the role that sees
   * everything: as fast as they can, and at half that rate.
   */
  Result run(PeerQuery query, boolean asMember, Way way, int connections, int seconds)
      throws IOException {
    Files.writeString(script(), query.script(documents, Dataset.users(documents)));
    List<String> command =
        List.of(
            "-h",
            way == Way.TCP ? "127.0.0.1" : directory.toString(),
            "-p",
            String.valueOf(port),
            "-U",
            asMember ? "alice" : "server",
            "-n",
            "-M",
            "prepared",
            "-c",
            String.valueOf(connections),
            "-j",
            "1",
            "-f",
            script().toString());
    long postmaster = postmaster();
    double cpu = ProcessCpu.secondsWithChildren(postmaster);
    double own = ProcessCpu.ownChildren();
    String out = pgbench(command, "-T", String.valueOf(seconds), "postgres");
    // The processes of its connections have ended, so their time is counted.
    double used = ProcessCpu.secondsWithChildren(postmaster) - cpu;
    double transactions = number(TRANSACTIONS, out);
    double clients = (ProcessCpu.ownChildren() - own) * 1000 / transactions;
    double rate = number(TPS, out);
    return new Result(rate, used * 1000 / transactions, clients, p99(command, rate / 2, seconds));
  }

  /** The 99th percentile of latency at a rate, in milliseconds. */
  private double p99(List<String> command, double rate, int seconds) throws IOException {
    Path logs = Files.createTempDirectory("refugium-peer-log");
    if (asRoot()) {
      exec(List.of("chown", "postgres", logs.toString()));
    }
    double whole = seconds + LEAD_IN_SECONDS;
    pgbench(
        command,
        "-T",
        String.valueOf((int) whole),
        "-R",
        String.valueOf(rate),
        "--log",
        "--log-prefix=" + logs.resolve("latency"),
        "postgres");
    try (Stream<Path> files = Files.list(logs)) {
      Path log = files.findFirst().orElseThrow();
      double p99 = p99(log);
      Files.delete(log);
      Files.delete(logs);
      return p99;
    }
  }

  /** Of what pgbench logs: client, number, latency in µs, script, second, µs of it, lag. */
  private static double p99(Path log) throws IOException {
    Histogram latency = Load.histogram();
    double begun = 0;
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(" ");
        double ended = Long.parseLong(fields[4]) + Long.parseLong(fields[5]) / 1e6;
        begun = begun == 0 ? ended : begun;
        if (ended - begun >= LEAD_IN_SECONDS) {
          latency.recordValue(Long.parseLong(fields[2]));
        }
      }
    }
    return latency.getValueAtPercentile(99) / 1000.0;
  }

  private Path script() {
    return directory.resolve("script.sql");
  }

  private String pgbench(List<String> command, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of(more));
    return postgres("pgbench", arguments.toArray(String[]::new));
  }

  private long postmaster() throws IOException {
    return Long.parseLong(Files.readAllLines(Path.of(data(), "postmaster.pid")).getFirst().strip());
  }

  private void load() throws IOException {
    Path file = directory.resolve("load.sql");
    int users = Dataset.users(documents);
    Files.writeString(
        file,
        """
        create extension pgcrypto;
        create table users (id bigint primary key, name text, email text, team bigint, password text);
        insert into users select i, 'User ' || i, 'user' || i || '@example.com', i / %d, null
          from generate_series(0, %d) i;
        update users set password = crypt('open sesame', gen_salt('bf', 5)) where id = 1;
        create index users_by_team on users (team, id);
        create index users_by_email on users (email, id);
        create table todos (id bigint primary key, owner bigint, title text, done boolean, priority int, tags text[]);
        insert into todos select i, i %% %d, 'Water the plants of neighbour ' || i, false, i / 7 %% 10, '{home,weekly}'
          from generate_series(0, %d) i;
        create index todos_by_owner on todos (owner, id);
        create index todos_by_priority on todos (priority, id);
        create table counters (id bigint primary key, n bigint);
        insert into counters values (1, 0);
        create table tokens (secret uuid primary key, owner bigint);
        create sequence ids start 1000000000;
        create function todo_title(wanted bigint) returns text language sql stable security definer
          as $$ select title from todos where id = wanted $$;
        alter table todos enable row level security;
        create role server login;
        create policy everything on todos to server using (true) with check (true);
        grant all on users, todos, counters, tokens to server;
        grant all on sequence ids to server;
        create role member;
        create policy own on todos to member using (owner = current_setting('app.member')::bigint);
        grant select on todos to member;
        create role alice login in role member;
        alter role alice set app.member = '1';
        vacuum analyze;
        """
            .formatted(Dataset.USERS_PER_TEAM, users - 1, users, documents - 1));
    postgres(
        "psql",
        "-h",
        directory.toString(),
        "-p",
        String.valueOf(port),
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
    List<String> command = new ArrayList<>();
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
