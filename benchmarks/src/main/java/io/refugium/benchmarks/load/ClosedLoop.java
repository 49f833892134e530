package io.refugium.benchmarks.load;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/**
 * Every connection asks again as soon as it has its answer: what a server can do at most. One
 * thread serves all connections, as {@code pgbench} does, because threads that wake each other
 * would cost more than what they measure.
 */
final class ClosedLoop implements AutoCloseable {
  private final Load load;
  private final SplittableRandom random;
  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final Histogram latency = Load.histogram();

  private ClosedLoop(Load load) throws IOException {
    this.load = load;
    this.random = new SplittableRandom(load.seed());
  }

  private static final class Client {
    private final Connection connection;
    private long sent;

    Client(Connection connection) {
      this.connection = connection;
    }
  }

  /** Runs for so many seconds; the latencies of all answers, in microseconds. */
  static Histogram run(Load load, int connections, double seconds) throws IOException {
    try (ClosedLoop loop = new ClosedLoop(load)) {
      loop.open(connections);
      loop.run(System.nanoTime() + (long) (seconds * 1e9));
      return loop.latency;
    }
  }

  private void open(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      Client client = new Client(load.open());
      clients.add(client);
      client.connection.channel.configureBlocking(false);
      client.connection.channel.register(selector, SelectionKey.OP_READ, client);
    }
  }

  private void run(long end) throws IOException {
    for (Client client : clients) {
      ask(client);
    }
    int open = clients.size();
    boolean[] going = {true};
    int[] waiting = {open};
    while (waiting[0] > 0) {
      selector.select(
          key -> {
            try {
              if (advance((Client) key.attachment(), going[0])) {
                waiting[0]--;
              }
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
      going[0] = System.nanoTime() < end;
    }
  }

  /** Takes what has come; whether the client has stopped. */
  private boolean advance(Client client, boolean going) throws IOException {
    int status = client.connection.receive(null);
    if (status == Connection.INCOMPLETE) {
      return false;
    }
    load.check(status);
    latency.recordValue(Load.micros(System.nanoTime() - client.sent));
    if (going) {
      ask(client);
    }
    return !going;
  }

  private void ask(Client client) throws IOException {
    client.sent = System.nanoTime();
    client.connection.send(load.next(random));
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.connection.close();
    }
    selector.close();
  }
}
