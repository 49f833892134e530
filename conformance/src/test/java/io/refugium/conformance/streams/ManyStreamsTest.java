package io.refugium.conformance.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.streams.Client.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Many streams on one collection while clients write: each tells every commit once, in order, one
 * whose client does not read for a while too. Streams, commits a second and seconds are properties;
 * the delays are told on standard output and never judged.
 */
class ManyStreamsTest {
  private static final int STREAMS = Integer.getInteger("refugium.streams.count", 20);
  private static final int RATE = Integer.getInteger("refugium.streams.rate", 100);
  private static final int SECONDS = Integer.getInteger("refugium.streams.seconds", 3);

  private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(600)
  void nothingIsLostAndNothingTwice() throws Exception {
    int commits = RATE * SECONDS;
    try (ServerProcess server = ServerProcess.start();
        Client client = new Client(server, ServerProcess.SECRET);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      client.query("Collection.create({name: 'things'})\n0");
      String source = client.query("things.all().eventSource()").asString();
      List<Events> streams = new ArrayList<>();
      for (int i = 0; i <= STREAMS; i++) {
        Events events = client.stream(Map.of("token", source));
        assertThat(events.next().get("type").asString()).isEqualTo("status");
        streams.add(events);
      }
      Events slow = streams.removeLast();
      List<Future<List<String>>> told = new ArrayList<>();
      for (Events events : streams) {
        told.add(readers.submit(() -> read(events, commits, true)));
      }
      List<String> written = write(client, commits);
      for (Future<List<String>> one : told) {
        assertThat(one.get()).isEqualTo(written);
      }
      assertThat(read(slow, commits, false)).isEqualTo(written);
    }
    long[] sorted = delays.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "%d streams, %d commits at %d a second: delay median %.1f ms, 99%% %.1f ms, %d CPUs%n",
        STREAMS,
        commits,
        RATE,
        sorted[sorted.length / 2] / 1000.0,
        sorted[(int) (sorted.length * 0.99)] / 1000.0,
        Runtime.getRuntime().availableProcessors());
  }

  /** Commits at the rate; gives the ids in the order of commits. */
  private static List<String> write(Client client, int commits) throws Exception {
    List<String> ids = new ArrayList<>();
    long start = System.nanoTime();
    long pause = TimeUnit.SECONDS.toNanos(1) / RATE;
    for (int i = 0; i < commits; i++) {
      long wait = start + i * pause - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
      ids.add(client.query("things.create({n: " + i + "}).id").asString());
    }
    return ids;
  }

  private List<String> read(Events events, int count, boolean timed) throws Exception {
    List<String> ids = new ArrayList<>();
    long[] seen = new long[count];
    for (int i = 0; i < count; i++) {
      JsonNode event = events.next();
      assertThat(event.get("type").asString()).isEqualTo("add");
      ids.add(event.get("data").get("@doc").get("id").asString());
      seen[i] =
          TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()) - event.get("txn_ts").asLong();
    }
    if (timed) {
      Arrays.stream(seen).forEach(delays::add);
    }
    return ids;
  }
}
