package io.refugium.cli;

import io.refugium.access.QueryLimits;
import io.refugium.access.RateLimits;
import io.refugium.server.TlsFiles;
import io.refugium.storage.Durability;
import java.nio.file.Path;
import java.util.Set;

/**
 * How a server is to run.
 *
 * @param port 0 chooses a free one
 * @param data the directory of the data
 * @param secret the root secret in clear; never printed
 * @param tls certificate and key; null for clear text
 * @param keyHosts hosts of identity providers that need no valid certificate
 * @param rateLimits what each database may use
 * @param queryLimits what each query may use
 */
record Settings(
    String host,
    int port,
    Path data,
    String secret,
    Durability durability,
    Set<String> keyHosts,
    TlsFiles tls,
    RateLimits rateLimits,
    QueryLimits queryLimits,
    Operations operations) {

  /**
   * What those need who run a server.
   *
   * @param metricsPort where metrics and health are told, on the same host; null for nowhere, 0 for
   *     a free port
   * @param tracing whether requests are spans of OpenTelemetry
   */
  record Operations(Integer metricsPort, boolean tracing) {
    static final Operations NONE = new Operations(null, false);
  }

  /** A server for this machine only, on a free port, that need not survive a power failure. */
  static Settings local(Path data, String secret, Operations operations) {
    return new Settings(
        "127.0.0.1",
        0,
        data,
        secret,
        Durability.RELAXED,
        Set.of(),
        null,
        RateLimits.NONE,
        QueryLimits.STANDARD,
        operations);
  }

  @Override
  public String toString() {
    return "Settings[" + host + ":" + port + ", " + data + ", " + durability + "]";
  }
}
