package io.refugium.cli;

import io.refugium.access.QueryLimits;
import io.refugium.access.RateLimits;
import io.refugium.server.TlsFiles;
import io.refugium.storage.Durability;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code refugium start}: runs a server until the process is told to end. */
@Command(
    name = "start",
    description = "Runs a server until it is told to end (Ctrl-C, SIGTERM).",
    footer = {
      "",
      "Every option can also be an environment variable (--port is REFUGIUM_PORT) or a line in the",
      "configuration file (port=8443). The command line comes first, then the environment, then the file."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class StartCommand implements Callable<Integer> {

  @Option(
      names = "--port",
      defaultValue = "8443",
      paramLabel = "PORT",
      description = "Port to listen on; 0 chooses a free one. Default: ${DEFAULT-VALUE}")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "ADDRESS",
      description = "Address to listen on. Default: ${DEFAULT-VALUE}, this machine only")
  private String host;

  @Option(
      names = "--data",
      defaultValue = "data",
      paramLabel = "DIR",
      description =
          "Directory of the data; created if it does not exist. Default: ./${DEFAULT-VALUE}")
  private Path data;

  @Option(
      names = "--secret",
      defaultValue = Secrets.DEFAULT,
      paramLabel = "SECRET",
      description = Secrets.OPTION)
  private String secret;

  @Option(
      names = "--durability",
      defaultValue = "fsync",
      paramLabel = "fsync|relaxed",
      description =
          "When a write is acknowledged: fsync, when it is safe from power loss; relaxed, earlier (for tests). Default: ${DEFAULT-VALUE}")
  private Durability durability;

  @Option(
      names = "--allow-default-secret",
      description = "Accept the default secret on an address that others can reach")
  private boolean allowDefaultSecret;

  @Option(
      names = "--trust-keys-from",
      split = ",",
      paramLabel = "HOST[:PORT]",
      description =
          "Identity providers whose signing keys may come over plain HTTP or with a self-signed certificate, for development and tests")
  private Set<String> keyHosts = Set.of();

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Certificate with its chain (PEM): the port speaks TLS. Both files may be exchanged while the server runs")
  private Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key of the certificate (PEM, PKCS #8)")
  private Path tlsKey;

  @Option(
      names = "--rate-limit",
      split = ",",
      paramLabel = "WHAT=[SOFT/]HARD",
      description =
          "What each database, with its children, may use a second: compute=N, read=N, write=N (operations as told in answers), streams=N (opened). "
              + "Above SOFT an answer says so, above HARD requests get status 429. No limits by default")
  private Map<String, String> rateLimits = Map.of();

  @Option(
      names = "--compute-limit",
      paramLabel = "OPERATIONS",
      description =
          "Compute operations, as told in answers, of one query; more is an error. Default: ${DEFAULT-VALUE}")
  private int computeLimit = QueryLimits.STANDARD.computeOps();

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "Port for /metrics (Prometheus), /live and /ready, on the same address and without secrets; not opened by default")
  private Integer metricsPort;

  @Option(
      names = "--tracing",
      description =
          "Make a span of OpenTelemetry of each request; needs its Java agent in REFUGIUM_JAVA_OPTS")
  private boolean tracing;

  /** Only declared here: {@link ConfigFile} has read the file by the time this is set. */
  @SuppressWarnings("UnusedVariable")
  @Option(names = "--config", paramLabel = "FILE", description = "Configuration file")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Secrets.requireUsable(secret);
    PrintWriter err = spec.commandLine().getErr();
    warnOfDefaultSecret(err);
    if (durability == Durability.RELAXED) {
      err.println("Warning: --durability=relaxed: a power failure can lose acknowledged writes");
    }
    var settings =
        new Settings(
            host,
            port,
            data,
            secret,
            durability,
            keyHosts,
            tls(),
            rateLimits(),
            queryLimits(),
            new Settings.Operations(metricsPort, tracing));
    var node = Node.start(settings);
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.close();
                  ended.countDown();
                },
                "shutdown"));
    PrintWriter out = spec.commandLine().getOut();
    node.metricsUrl().ifPresent(url -> out.println("Metrics are at " + url));
    out.println("Refugium " + Version.current() + " is ready at " + node.url());
    out.flush();
    ended.await();
    return 0;
  }

  private RateLimits rateLimits() {
    try {
      return RateLimits.parse(rateLimits);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--rate-limit: " + e.getMessage(), e);
    }
  }

  private QueryLimits queryLimits() {
    try {
      return new QueryLimits(computeLimit);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--compute-limit: " + e.getMessage(), e);
    }
  }

  private TlsFiles tls() {
    if ((tlsCertificate == null) != (tlsKey == null)) {
      throw new CommandFailure("--tls-cert and --tls-key go together");
    }
    return tlsCertificate == null ? null : new TlsFiles(tlsCertificate, tlsKey);
  }

  private void warnOfDefaultSecret(PrintWriter err) {
    if (!secret.equals(Secrets.DEFAULT)) {
      return;
    }
    if (!Secrets.isLoopback(host) && !allowDefaultSecret) {
      throw new CommandFailure(
          "The default secret is known to everybody, and "
              + host
              + " can be reached by others: set REFUGIUM_SECRET (or pass --allow-default-secret)");
    }
    err.println(
        "Warning: the root secret is the default '" + Secrets.DEFAULT + "'; for development only");
  }
}
