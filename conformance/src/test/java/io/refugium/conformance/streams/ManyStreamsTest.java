package io.refugium.conformance.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.streams.Client.Events;
import io.refugium.conformance.streams.Listeners.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many streams on one collection while clients write: each tells every commit once, all in the same
 * order, one whose client does not read for a while too. Streams, commits a second and seconds are
 * properties; rate and delays are told on standard output and never judged.
 */
class ManyStreamsTest {
  private static final int STREAMS = Integer.getInteger("refugium.streams.count", 20);
  private static final int RATE = Integer.getInteger("refugium.streams.rate", 100);
  private static final int SECONDS = Integer.getInteger("refugium.streams.seconds", 3);
  private static final int WRITERS = 8;
  private static final int COMMITS = RATE * SECONDS;

  private static final int PATIENCE_SECONDS = 500;

  @ParameterizedTest
  @EnumSource
  @Timeout(600)
  void nothingIsLostAndNothingTwice(Protocol protocol) throws Exception {
    try (ServerProcess server = ServerProcess.start();
        Client client = new Client(server, ServerProcess.SECRET)) {
      client.query("Collection.create({name: 'things'})\n0");
      String source = client.query("things.all().eventSource()").asString();
      Events slow = client.stream(Map.of("token", source));
      try (Listeners listeners = new Listeners(server, protocol, STREAMS, source, COMMITS)) {
        long start = System.nanoTime();
        write(client);
        double seconds = (System.nanoTime() - start) / 1e9;
        List<int[]> told = listeners.await(PATIENCE_SECONDS);
        int[] first = told.getFirst();
        assertThat(Arrays.stream(first).sorted())
            .containsExactlyElementsOf(IntStream.range(0, COMMITS).boxed().toList());
        assertThat(told).allSatisfy(numbers -> assertThat(numbers).isEqualTo(first));
        assertThat(read(slow)).isEqualTo(first);
        System.out.printf(
            "%s: %d streams, %d commits, %.0f a second: delay median %.1f ms, 99%% %.1f ms,"
                + " server's CPU %.1f µs an event, %d processors%n",
            protocol,
            STREAMS,
            COMMITS,
            COMMITS / seconds,
            listeners.delays().quantile(0.5),
            listeners.delays().quantile(0.99),
            server.cpu().toNanos() / 1000.0 / COMMITS / STREAMS,
            Runtime.getRuntime().availableProcessors());
      }
    }
  }

  /** Commits at the rate, or as fast as the server takes them if that is slower. */
  private static void write(Client client) throws Exception {
    long start = System.nanoTime();
    long pause = TimeUnit.SECONDS.toNanos(1) / RATE;
    Semaphore writers = new Semaphore(WRITERS);
    List<Future<?>> written = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < COMMITS; i++) {
        long wait = start + i * pause - System.nanoTime();
        if (wait > 0) {
          Thread.sleep(Duration.ofNanos(wait));
        }
        writers.acquire();
        int number = i;
        written.add(
            executor.submit(
                () -> {
                  try {
                    return client.query("things.create({n: " + number + "}).n");
                  } finally {
                    writers.release();
                  }
                }));
      }
    }
    for (Future<?> one : written) {
      one.get();
    }
  }

  private static int[] read(Events events) throws Exception {
    assertThat(events.next().get("type").asString()).isEqualTo("status");
    int[] numbers = new int[COMMITS];
    for (int i = 0; i < COMMITS; i++) {
      numbers[i] = events.next().at("/data/@doc/n/@int").asInt();
    }
    return numbers;
  }
}
