package io.refugium.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code refugium backup}: asks a running server for a backup, and prints where it is. The server
 * makes it, on its own machine.
 */
@Command(
    name = "backup",
    description =
        "Asks a running server for a backup of all databases, and prints where it is, how large, and the time of its last commit.",
    footer = {
      "",
      "A backup has every write that was acknowledged before, and is complete or absent. It lies on the",
      "server's machine, in backups/TIME below its data: start a server with it, or with a copy of it, as",
      "--data. Files are shared with the data where the file system can (hard links), so a backup costs",
      "little at first; it keeps what the data no longer need from being freed. It does not survive the",
      "disk: copy it to another one."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Where files cannot be shared, a backup takes as long as copying all data. */
  private static final Duration PATIENCE = Duration.ofHours(6);

  private static final Set<String> SCHEMES = Set.of("http", "https");
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8443",
      paramLabel = "URL",
      description = "Where the server answers. Default: ${DEFAULT-VALUE}")
  private String url;

  @Option(
      names = "--secret",
      defaultValue = Secrets.DEFAULT,
      paramLabel = "SECRET",
      description = Secrets.OPTION)
  private String secret;

  @Option(
      names = "--keep",
      paramLabel = "N",
      description =
          "Keep so many backups, this one included: the oldest are removed when it is complete. All are kept by default, up to 100")
  private Integer keep;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description =
          "Certificates (PEM) of a server or its authority to trust, instead of those that the JVM trusts")
  private Path tlsCertificate;

  /** Only declared here: {@link ConfigFile} has read the file by the time this is set. */
  @SuppressWarnings("UnusedVariable")
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration file of the server: its secret and certificate are used")
  private Path config;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    Secrets.requireUsable(secret);
    HttpResponse<String> answer = ask();
    if (answer.statusCode() == UNAUTHORIZED) {
      throw new CommandFailure(
          "The server does not accept this root secret; set REFUGIUM_SECRET to its own");
    }
    JsonNode body = parse(answer.body());
    if (answer.statusCode() != OK) {
      throw new CommandFailure("No backup was made: " + reason(answer, body));
    }
    tell(body);
    return 0;
  }

  private HttpResponse<String> ask() throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address())
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + secret)
            .POST(BodyPublishers.noBody())
            .build();
    try (HttpClient client = client()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new CommandFailure("No server answers at " + url + "; choose another with --url", e);
    } catch (IOException e) {
      String detail = Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName());
      throw new CommandFailure("Cannot ask the server at " + url + ": " + detail, e);
    }
  }

  private URI address() {
    try {
      URI server = new URI(url);
      if (server.getScheme() == null
          || server.getHost() == null
          || !SCHEMES.contains(server.getScheme())) {
        throw new CommandFailure("--url must be as http://HOST:PORT or https://HOST:PORT");
      }
      return server.resolve("/backup" + (keep == null ? "" : "?keep=" + keep));
    } catch (URISyntaxException e) {
      throw new CommandFailure("--url must be as http://HOST:PORT or https://HOST:PORT", e);
    }
  }

  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
    return tlsCertificate == null
        ? builder.build()
        : builder.sslContext(TrustedCertificates.only(tlsCertificate)).build();
  }

  private static JsonNode parse(String body) {
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new CommandFailure("What answers there is no Refugium server", e);
    }
  }

  private static String reason(HttpResponse<String> answer, JsonNode body) {
    return body.path("error").path("message").asString("status " + answer.statusCode());
  }

  private void tell(JsonNode backup) {
    var out = spec.commandLine().getOut();
    out.println("Backup: " + backup.path("path").asString());
    out.println("Bytes: " + backup.path("bytes").asLong());
    out.println("Last commit: " + backup.path("last_commit").asString());
    backup.path("removed").forEach(removed -> out.println("Removed: " + removed.asString()));
  }
}
