package io.refugium.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Servers on free ports of this machine, impatient enough for tests, and what tests put in them.
 */
final class TestServers {
  static final Limits LIMITS = limits(1 << 20);

  private TestServers() {}

  private static Limits limits(long pending) {
    return new Limits(
        1000,
        pending,
        16 * 1024,
        8 * 1024,
        Duration.ofMillis(500),
        Duration.ofMillis(300),
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        30,
        50,
        30,
        Duration.ofMillis(20),
        Duration.ofSeconds(5));
  }

  /** A server that holds so many bytes of requests at once. */
  static HttpServer start(Routes routes, long pending) throws IOException {
    Limits limits = limits(pending);
    return started(new HttpServer(freePort(), routes, limits, "test-1", Telemetry.NONE));
  }

  static HttpServer start(Routes routes) throws IOException {
    return start(routes, Telemetry.NONE);
  }

  static HttpServer start(Routes routes, Telemetry telemetry) throws IOException {
    return started(new HttpServer(freePort(), routes, LIMITS, "test-1", telemetry));
  }

  static HttpServer start(Routes routes, TlsFiles tls) throws IOException, TlsFiles.Unusable {
    return started(new HttpServer(freePort(), routes, LIMITS, "test-1", Telemetry.NONE, tls));
  }

  private static InetSocketAddress freePort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpServer started(HttpServer server) throws IOException {
    server.start();
    return server;
  }

  static Endpoint endpoint(Dialect dialect, Function<Request, Response> body) {
    return new Endpoint() {
      @Override
      public Response handle(Request request) {
        return body.apply(request);
      }

      @Override
      public Dialect dialect() {
        return dialect;
      }
    };
  }

  /** Waits until something has happened that nobody tells; it must happen some time. */
  static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("It did not happen");
      }
      Thread.sleep(10);
    }
  }
}
