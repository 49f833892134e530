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
 * directory, with durable commits, reached over TCP on loopback as the servers are that it is
 * compared with; needs PostgreSQL's binaries.
 */
final class PostgresPeer implements AutoCloseable {
  private static final Pattern TRANSACTIONS =
      Pattern.compile("number of transactions actually processed: ([0-9]+)");
  private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial");

  /**
   * @param perSecond transactions a second
   * @param cpuMillis CPU time of the server's processes for one transaction, in milliseconds
   * @param clientMillis CPU time of {@code pgbench} for one transaction
   */
  record Result(double perSecond, double cpuMillis, double clientMillis) {}

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
   * everything.
   */
  Result run(PeerQuery query, boolean asMember, Way way, int connections, int seconds)
      throws IOException {
    Path file = directory.resolve("script.sql");
    Files.writeString(file, query.script(documents, Dataset.users(documents)));
    long postmaster = postmaster();
    double cpu = ProcessCpu.secondsWithChildren(postmaster);
    double own = ProcessCpu.ownChildren();
    String out =
        postgres(
            "pgbench",
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
            "-T",
            String.valueOf(seconds),
            "-f",
            file.toString(),
            "postgres");
    // The processes of its connections have ended, so their time is counted.
    double used = ProcessCpu.secondsWithChildren(postmaster) - cpu;
    double transactions = number(TRANSACTIONS, out);
    return new Result(
        number(TPS, out),
        used * 1000 / transactions,
        (ProcessCpu.ownChildren() - own) * 1000 / transactions);
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
