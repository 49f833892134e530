package io.refugium.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Requests fall due at a fixed rate whatever the server does, and latency counts from the moment a
 * request was due: a stall is charged to every request that it delays. One thread serves all
 * connections, as in {@link ClosedLoop}: with a thread for each, the client would need more of the
 * processors than the server.
 */
final class OpenLoop implements AutoCloseable {
  /** How long it may rest while answers or requests are near; as exact as the latencies are. */
  private static final long NAP_NANOS = 20_000;

  private final Load load;
  private final SplittableRandom random;
  private final long step;
  private final Selector selector = Selector.open();
  private final List<Client> clients = new ArrayList<>();
  private final Deque<Client> idle = new ArrayDeque<>();
  private final Histogram latency = Load.histogram();
  private long nextDue;
  private long end;

  private OpenLoop(Load load, double rate) throws IOException {
    this.load = load;
    this.random = new SplittableRandom(load.seed());
    this.step = (long) (1e9 / rate);
  }

  private static final class Client {
    private final Connection connection;
    private long due;

    Client(Connection connection) {
      this.connection = connection;
    }
  }

  /** Runs at {@code rate} requests a second; the latencies of all answers, in microseconds. */
  static Histogram run(Load load, int connections, double seconds, double rate) throws IOException {
    try (OpenLoop loop = new OpenLoop(load, rate)) {
      loop.open(connections);
      loop.run(seconds);
      return loop.latency;
    }
  }

  private void open(int connections) throws IOException {
    for (int i = 0; i < connections; i++) {
      Client client = new Client(load.open());
      clients.add(client);
      idle.add(client);
      client.connection.channel.configureBlocking(false);
      client.connection.channel.register(selector, SelectionKey.OP_READ, client);
    }
  }

  private void run(double seconds) throws IOException {
    nextDue = System.nanoTime(); // not before the connections are open, which takes a while
    end = nextDue + (long) (seconds * 1e9);
    while (nextDue < end || idle.size() < clients.size()) {
      askWhatIsDue();
      receive();
    }
  }

  /** What finds no idle connection stays due. */
  private void askWhatIsDue() throws IOException {
    long now = System.nanoTime();
    while (nextDue < end && nextDue <= now && !idle.isEmpty()) {
      Client client = idle.remove();
      client.due = nextDue;
      client.connection.send(load.next(random));
      nextDue += step;
    }
  }

  private void receive() throws IOException {
    long rest = nextDue - System.nanoTime();
    long millis = TimeUnit.NANOSECONDS.toMillis(rest) - 1;
    try {
      if (nextDue < end && millis > 0) {
        selector.select(this::take, millis);
      } else if (selector.selectNow(this::take) == 0) {
        LockSupport.parkNanos(Math.clamp(rest, 1, NAP_NANOS));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void take(SelectionKey key) {
    Client client = (Client) key.attachment();
    try {
      int status = client.connection.receive(null);
      if (status == Connection.INCOMPLETE) {
        return;
      }
      load.check(status);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    latency.recordValue(Load.micros(System.nanoTime() - client.due));
    idle.add(client);
  }

  @Override
  public void close() throws IOException {
    for (Client client : clients) {
      client.connection.close();
    }
    selector.close();
  }
}
