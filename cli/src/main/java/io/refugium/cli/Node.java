package io.refugium.cli;

import io.refugium.server.HttpServer;
import io.refugium.server.Limits;
import io.refugium.server.Ping;
import io.refugium.server.Routes;
import io.refugium.server.V4Endpoint;
import io.refugium.server.V4Responses;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A running server: the one place where the rooms of the house are put together. What is opened
 * first is closed last.
 */
final class Node implements AutoCloseable {

  private final Settings settings;
  private final HttpServer http;

  private Node(Settings settings, HttpServer http) {
    this.settings = settings;
    this.http = http;
  }

  /**
   * Opens the data and starts to serve.
   *
   * @throws CommandFailure if the port or the directory cannot be used
   */
  static Node start(Settings settings) {
    Routes routes =
        Routes.withFallback(new V4Endpoint((request, _) -> V4Responses.notFound(request)))
            .at("/ping", new V4Endpoint(new Ping()))
            .build();
    var http =
        new HttpServer(
            new InetSocketAddress(settings.host(), settings.port()),
            routes,
            Limits.STANDARD,
            "refugium-" + Version.current());
    try {
      http.start();
    } catch (IOException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new CommandFailure(
          "Cannot open port %d on %s (%s); choose another with --port or --host"
              .formatted(settings.port(), settings.host(), reason.getMessage()),
          e);
    }
    return new Node(settings, http);
  }

  /** Where clients reach it. */
  String url() {
    String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    return "http://" + host + ":" + http.port();
  }

  /** Stops serving, lets running requests end, and closes the data. */
  @Override
  public void close() {
    http.stop();
  }
}
