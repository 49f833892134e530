package io.refugium.server;

import static io.refugium.server.TestServers.LIMITS;
import static io.refugium.server.TestServers.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As many connections as are allowed are served, and more are closed at once. */
@Timeout(120)
class ConnectionLimitTest {
  private static final String PING = "GET /ping HTTP/1.1\nHost: x\n\n";

  @TempDir private Path directory;
  private final List<Socket> open = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    server.stop();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    open.add(socket);
    return socket;
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(30_000);
    try {
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesMore(boolean tls) throws Exception {
    Routes routes = Routes.withFallback(new V4Endpoint(new Ping(() -> true))).build();
    TestIdentity identity = tls ? TestIdentity.make(directory, "one", "EC") : null;
    server = tls ? TestServers.start(routes, identity.files()) : TestServers.start(routes);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < LIMITS.connections(); i++) {
      clients.add(new RawClient(secured(identity, connect())));
      assertThat(ping(clients.getLast())).isEqualTo(200);
    }
    for (int i = 1; i <= 3; i++) {
      assertThat(isClosed(connect())).isTrue();
      assertThat(server.refusedConnections()).isEqualTo(i);
    }
    await(() -> server.connections() == LIMITS.connections()); // their end is told to them first
    assertThat(ping(clients.getFirst())).as("one of the first").isEqualTo(200);
    clients.get(1).close();
    await(() -> server.connections() < LIMITS.connections());
    var late = new RawClient(secured(identity, connect()));
    assertThat(ping(late)).as("there is room again").isEqualTo(200);
  }

  private static Socket secured(TestIdentity identity, Socket socket) throws Exception {
    return identity == null
        ? socket
        : TestIdentity.trusting(identity)
            .getSocketFactory()
            .createSocket(socket, "localhost", socket.getPort(), true);
  }

  private static int ping(RawClient client) throws IOException {
    return client.send(PING).read().status();
  }
}
