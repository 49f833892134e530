package io.refugium.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One port. In clear text it speaks HTTP/1.1, HTTP/2 with prior knowledge, and HTTP/2 by upgrade;
 * with a certificate it speaks TLS only, and the client chooses between HTTP/2 and HTTP/1.1 (spec:
 * HTTP surface 1).
 *
 * <p>Invariant: after {@link #stop} returns no endpoint is running and none will be called.
 */
public final class HttpServer {

  /** Selectors read requests and answer the brief ones, so there is one for each processor. */
  private static final int SELECTORS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final Server jetty;
  private final ServerConnector connector;
  private final JettyDrain requests;
  private final Duration drain;

  /**
   * Prepares a server; nothing is opened yet.
   *
   * @param address where to listen; port 0 chooses a free one
   * @param routes what answers
   * @param build the value of {@code x-faunadb-build}
   * @param telemetry is told of each request
   */
  public HttpServer(
      InetSocketAddress address, Routes routes, Limits limits, String build, Telemetry telemetry) {
    this(address, routes, limits, build, telemetry, (JettyTls) null);
  }

  /**
   * Prepares a server that speaks TLS; nothing is opened yet.
   *
   * @throws TlsFiles.Unusable if it cannot, with this certificate and key
   */
  public HttpServer(
      InetSocketAddress address,
      Routes routes,
      Limits limits,
      String build,
      Telemetry telemetry,
      TlsFiles tls)
      throws TlsFiles.Unusable {
    this(address, routes, limits, build, telemetry, new JettyTls(tls, limits.certificates()));
  }

  private HttpServer(
      InetSocketAddress address,
      Routes routes,
      Limits limits,
      String build,
      Telemetry telemetry,
      JettyTls tls) {
    ExecutorService waiting =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());
    var handler = new JettyHandler(routes, limits, build, telemetry, waiting);
    this.jetty = new Server(new JettyThreads(waiting));
    this.connector = connector(jetty, limits, tls);
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    jetty.addConnector(connector);
    this.requests = new JettyDrain(handler);
    this.drain = limits.drain();
    jetty.setHandler(requests);
    jetty.setErrorHandler(new JettyErrorHandler());
    // Jetty would wait for idle connections too; stop() waits for requests only.
    jetty.setStopTimeout(0);
  }

  /**
   * Opens the port and starts to answer.
   *
   * @throws IOException if the port cannot be opened
   */
  public void start() throws IOException {
    connector.open();
    try {
      jetty.start();
    } catch (Exception e) {
      throw new IllegalStateException("Cannot start the HTTP server", e);
    }
  }

  /** The port that is listened on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** How many connections are open. */
  public int connections() {
    return connector.getConnectedEndPoints().size();
  }

  /** How many connections were refused because there were too many. */
  public long refusedConnections() {
    return connector.getBean(JettyConnectionLimit.class).refused();
  }

  /**
   * Stops accepting, lets running requests end within the drain time while it refuses others, then
   * closes. May be called twice.
   */
  public void stop() {
    connector.close();
    try {
      requests.shutdown().get(drain.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "{} requests still run after {}; they are ended",
          requests.getCurrentRequestCount(),
          drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.warn("Requests could not be drained", e.getCause());
    }
    LifeCycle.stop(jetty);
  }

  private static ServerConnector connector(Server jetty, Limits limits, JettyTls tls) {
    HttpConfiguration configuration = configuration(limits);
    var http1 = new HttpConnectionFactory(configuration);
    AbstractHTTP2ServerConnectionFactory http2 =
        tls == null
            ? new JettyHttp2Factory(configuration)
            : new HTTP2ServerConnectionFactory(configuration);
    http2.setMaxConcurrentStreams(limits.streams());
    http2.setRateControlFactory(new WindowRateControl.Factory(limits.bareFrames()));
    http2.setStreamIdleTimeout(limits.request().toMillis());
    ServerConnector connector =
        tls == null
            ? new ServerConnector(jetty, 1, SELECTORS, http1, http2)
            : new ServerConnector(jetty, 1, SELECTORS, secured(tls, http1, http2));
    connector.setIdleTimeout(limits.idle().toMillis());
    connector.setReuseAddress(true);
    // Who finds the queue full tries again only after a second, also when all connect at once.
    connector.setAcceptQueueSize(limits.connections());
    connector.addBean(new Http2IdleTimeout(limits.idleHttp2()));
    connector.addBean(new JettyHeaderDeadline(connector, limits.request()));
    connector.addBean(new JettyConnectionLimit(connector, limits.connections()));
    if (tls != null) {
      connector.addBean(tls);
    }
    return connector;
  }

  /** TLS, in which the client says by ALPN what it speaks; without ALPN that is HTTP/1.1. */
  private static ConnectionFactory[] secured(
      JettyTls tls, HttpConnectionFactory http1, ConnectionFactory http2) {
    var alpn = new ALPNServerConnectionFactory("h2", "http/1.1");
    alpn.setDefaultProtocol(http1.getProtocol());
    var ssl = new SslConnectionFactory(tls.context(), alpn.getProtocol());
    // It would refuse requests to a host that the certificate does not name.
    ssl.setEnsureSecureRequestCustomizer(false);
    return new ConnectionFactory[] {ssl, alpn, http2, http1};
  }

  private static HttpConfiguration configuration(Limits limits) {
    var configuration = new HttpConfiguration();
    // Jetty counts line and fields together; JettyHandler checks each by itself.
    configuration.setRequestHeaderSize(limits.requestLine() + limits.headerBlock());
    configuration.setIdleTimeout(limits.request().toMillis());
    // Values too: or a secret would be taken for another that differs in case alone.
    configuration.setHeaderCacheCaseSensitive(true);
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    configuration.setHttpCompliance(
        HttpCompliance.RFC7230.with(
            "any-authority", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    // Paths are opaque names here, never files: nothing in them is ambiguous.
    configuration.setUriCompliance(
        UriCompliance.from(EnumSet.allOf(UriCompliance.Violation.class)));
    return configuration;
  }

  /** HTTP/2 connections stay open longer between requests than HTTP/1.1 ones. */
  private record Http2IdleTimeout(Duration timeout) implements Connection.Listener {
    @Override
    public void onOpened(Connection connection) {
      if (connection instanceof HTTP2Connection) {
        connection.getEndPoint().setIdleTimeout(timeout.toMillis());
      }
    }
  }
}
