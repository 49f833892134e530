package io.refugium.cli;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.refugium.access.Gate;
import io.refugium.access.Languages;
import io.refugium.access.jwt.KeyAddresses;
import io.refugium.database.Database;
import io.refugium.database.Hooks;
import io.refugium.database.SchemaChecks;
import io.refugium.database.StoreSecret;
import io.refugium.fql10.engine.CursorSeal;
import io.refugium.fql10.engine.EventQueries;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql4.Fql4;
import io.refugium.fql4.Fql4Queries;
import io.refugium.fsl.SchemaService;
import io.refugium.fsl.SourceFiles;
import io.refugium.model.ValueOrder;
import io.refugium.server.Authorized;
import io.refugium.server.BackupEndpoint;
import io.refugium.server.EnvironmentEndpoint;
import io.refugium.server.ExplainEndpoint;
import io.refugium.server.ExportEndpoint;
import io.refugium.server.FeedEndpoint;
import io.refugium.server.Fql4Endpoint;
import io.refugium.server.Fql4StreamEndpoint;
import io.refugium.server.HttpServer;
import io.refugium.server.Limits;
import io.refugium.server.OperationsEndpoint;
import io.refugium.server.Ping;
import io.refugium.server.QueryEndpoint;
import io.refugium.server.ResourceEndpoint;
import io.refugium.server.Routes;
import io.refugium.server.SchemaEndpoint;
import io.refugium.server.ServerMetrics;
import io.refugium.server.StreamEndpoint;
import io.refugium.server.Streams;
import io.refugium.server.Telemetry;
import io.refugium.server.TlsFiles;
import io.refugium.server.V4Endpoint;
import io.refugium.server.V4Responses;
import io.refugium.storage.StorageException;
import io.refugium.storage.rocks.RocksSettings;
import io.refugium.storage.rocks.RocksStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A running server: the one place where the rooms of the house are put together. What is opened
 * first is closed last.
 */
final class Node implements AutoCloseable {

  private final Settings settings;
  private final Database database;
  private final Streams streams;
  private final HttpServer http;
  private final HttpServer operations;

  private Node(
      Settings settings,
      Database database,
      Streams streams,
      HttpServer http,
      HttpServer operations) {
    this.settings = settings;
    this.database = database;
    this.streams = streams;
    this.http = http;
    this.operations = operations;
  }

  /**
   * Opens the data and starts to serve.
   *
   * @throws CommandFailure if the port or the directory cannot be used
   */
  static Node start(Settings settings) {
    // The tables of collation take a sixth of a second to load; the first query that needs them
    // would wait for it.
    Thread.ofPlatform().daemon().name("preload").start(() -> ValueOrder.compareStrings("a", "b"));
    // What needs no data is made while the data is opened.
    Supplier<String> rootHash = meanwhile(() -> Gate.hashRootSecret(settings.secret()));
    var seal = new CompletableFuture<CursorSeal>();
    Supplier<Fql10> making = meanwhile(() -> new Fql10(seal::join, new SourceFiles()));
    RocksStore store = openStore(settings, seal);
    var fql4 = new Fql4(Clock.systemUTC());
    Fql10 fql10 = making.get();
    var hooks =
        new Hooks(new LanguageFields(fql4, fql10), fql10.documentChecks(), SchemaChecks.NONE);
    Database database = Database.open(store, hooks);
    try {
      var languages =
          new Languages(fql4.predicates(), fql10.predicates(), fql4.functions(), fql10.functions());
      var gate =
          new Gate(
              database,
              languages,
              List.of(rootHash.get()),
              new KeyAddresses(settings.keyHosts()),
              settings.rateLimits(),
              settings.queryLimits());
      var streams = new Streams();
      Routes routes = routes(gate, store, fql4, fql10, streams);
      ServerMetrics metrics = metrics(settings, store, streams);
      HttpServer http =
          serve(server(settings, routes, telemetry(settings, metrics)), settings.port());
      if (metrics != null) {
        metrics
            .gauge("connections.open", "Connections of clients", http, HttpServer::connections)
            .counter(
                "connections.refused",
                "Connections beyond the limit",
                http,
                HttpServer::refusedConnections);
      }
      return new Node(settings, database, streams, http, operations(settings, metrics, store));
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  /** Begins to make something on a thread of its own; waits for it when it is asked for. */
  private static <T> Supplier<T> meanwhile(Supplier<T> making) {
    return CompletableFuture.supplyAsync(
            making, task -> Thread.ofPlatform().daemon().name("start").start(task))
        ::join;
  }

  private static RocksStore openStore(Settings settings, CompletableFuture<CursorSeal> seal) {
    try {
      RocksStore store =
          RocksStore.open(
              settings.data(), RocksSettings.defaults().withDurability(settings.durability()));
      try {
        seal.complete(new CursorSeal(StoreSecret.of(store))); // writes, the first time
        return store;
      } catch (StorageException e) {
        store.close();
        throw e;
      }
    } catch (StorageException e) {
      throw new CommandFailure(
          "Cannot use the data directory " + settings.data() + ": " + e.getMessage(), e);
    }
  }

  private static Routes routes(
      Gate gate, RocksStore store, Fql4 fql4, Fql10 fql10, Streams streams) {
    var queries = new Fql4Queries(gate, fql4);
    var routes = Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)));
    var resources = new V4Endpoint(new ResourceEndpoint(queries));
    ResourceEndpoint.FAMILIES.forEach(family -> routes.below(family, resources));
    var events = new EventQueries(fql10, gate);
    return routes
        .at("/", new V4Endpoint(Fql4Endpoint.standard(queries)))
        .at("/linearized", new V4Endpoint(Fql4Endpoint.linearized(queries)))
        .at("/ping", new V4Endpoint(new Ping(store::isWritable)))
        .at("/authorized", new V4Endpoint(new Authorized(gate)))
        .at("/query/1", new QueryEndpoint(fql10, gate))
        .at("/stream", new V4Endpoint(new Fql4StreamEndpoint(queries, streams)))
        .at("/feed/1", new FeedEndpoint(events))
        .at("/stream/1", new StreamEndpoint(events, streams))
        .below("/schema", new SchemaEndpoint(new SchemaService(fql10), gate))
        .at("/environment/1", new EnvironmentEndpoint(fql10, gate))
        .below("/export", new ExportEndpoint(gate))
        .at(BackupEndpoint.PATH, new BackupEndpoint(gate, new StoreBackups(store.backups())))
        .below(ExplainEndpoint.FAMILY, new ExplainEndpoint(gate, fql4, fql10))
        .build();
  }

  /** What is measured; null if nobody asks. */
  private static ServerMetrics metrics(Settings settings, RocksStore store, Streams streams) {
    if (settings.operations().metricsPort() == null) {
      return null;
    }
    return new ServerMetrics()
        .gauge("streams.open", "Streams that are open", streams, Streams::size)
        .counter("commits", "Transactions that were committed", store, s -> s.stats().commits())
        .counter("commit.groups", "Batches they were written in", store, s -> s.stats().groups())
        .counter("conflicts", "Transactions that lost", store, s -> s.stats().conflicts())
        .gauge("commits.waiting", "Transactions that wait", store, s -> s.stats().waiting())
        .gauge("readers.open", "Snapshots that are read", store, s -> s.stats().readers())
        .gauge("disk.bytes", "Bytes of data files", store, s -> s.stats().diskBytes())
        .gauge(
            "cache.bytes",
            "Bytes in block cache and write buffers",
            store,
            s -> s.stats().memoryBytes());
  }

  private static Telemetry telemetry(Settings settings, ServerMetrics metrics) {
    Tracer tracer =
        settings.operations().tracing() ? GlobalOpenTelemetry.getTracer("io.refugium") : null;
    return metrics == null && tracer == null ? Telemetry.NONE : new Telemetry(metrics, tracer);
  }

  /** The port for those who run the server; null if it is not wanted. */
  private static HttpServer operations(Settings settings, ServerMetrics metrics, RocksStore store) {
    if (metrics == null) {
      return null;
    }
    int port = settings.operations().metricsPort();
    var endpoint = new OperationsEndpoint(metrics, store::isWritable);
    return serve(
        new HttpServer(
            new InetSocketAddress(settings.host(), port),
            endpoint.routes(),
            Limits.STANDARD,
            build(),
            Telemetry.NONE),
        port);
  }

  private static String build() {
    return "refugium-" + Version.current();
  }

  private static HttpServer serve(HttpServer http, int port) {
    try {
      http.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(
          "Cannot open port %d (%s); choose another with --port, --metrics-port or --host"
              .formatted(port, reason.getMessage()),
          e);
    }
    return http;
  }

  private static HttpServer server(Settings settings, Routes routes, Telemetry telemetry) {
    var address = new InetSocketAddress(settings.host(), settings.port());
    if (settings.tls() == null) {
      return new HttpServer(address, routes, Limits.STANDARD, build(), telemetry);
    }
    try {
      return new HttpServer(address, routes, Limits.STANDARD, build(), telemetry, settings.tls());
    } catch (TlsFiles.Unusable e) {
      throw new CommandFailure(e.getMessage(), e);
    }
  }

  /** Where clients reach it. */
  String url() {
    return (settings.tls() == null ? "http://" : "https://") + host() + ":" + http.port();
  }

  /** Where metrics are told. */
  Optional<String> metricsUrl() {
    return operations == null
        ? Optional.empty()
        : Optional.of("http://" + host() + ":" + operations.port() + "/metrics");
  }

  private String host() {
    return settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
  }

  /** Stops serving, ends streams, lets running requests end, and closes the data. */
  @Override
  public void close() {
    if (operations != null) {
      operations.stop();
    }
    streams.close();
    http.stop();
    database.close();
  }
}
