package io.refugium.conformance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.fuzz.Messages.Question;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Nothing that a client sends makes the server fail, hang, or keep what it should let go. How long
 * is a property, so is the seed; a failure tells the bytes that led to it.
 */
class HttpFuzzTest {
  private static final int SECONDS = Integer.getInteger("refugium.fuzz.seconds", 5);
  private static final long SEED = Long.getLong("refugium.fuzz.seed", System.nanoTime());

  /** How long a connection may say nothing; streams and unfinished requests do. */
  private static final Duration SILENCE = Duration.ofMillis(150);

  /** How long a request that must be answered may take on a machine that is busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** An event source in the answer to a query. */
  private static final Pattern SOURCE = Pattern.compile("\"data\":\"([^\"]+)\"");

  private static final int MOST_ANSWER = 1 << 20;

  /** Connections that end by time-out may still be open for a moment. */
  private static final int SPARE_FILES = 60;

  /** Most of the time they wait for an answer that does not come. */
  private static final int CLIENTS = 16;

  @Test
  @Timeout(value = 2, unit = TimeUnit.HOURS)
  void survivesWhatNobodyShouldSend() throws Exception {
    var seeds = new SplittableRandom(SEED);
    try (ServerProcess server = ServerProcess.start();
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Question> recorded = RecordedQuestions.all(prepare(server));
      ping(server);
      long files = server.openFiles();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      List<Future<Integer>> sent = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        SplittableRandom random = seeds.split();
        sent.add(clients.submit(() -> attack(server, random, recorded, end)));
      }
      int connections = 0;
      for (Future<Integer> count : sent) {
        connections += count.get();
      }
      assertThat(server.log())
          .as("seed %d", SEED)
          .doesNotContain("Unexpected failure", "unexpected failure", "OutOfMemoryError");
      awaitFewFiles(server, files + SPARE_FILES);
      System.out.printf("%d connections in %d s, seed %d%n", connections, SECONDS, SEED);
    }
  }

  /** Makes what recorded queries speak of; gives an event source. */
  private static String prepare(ServerProcess server) throws IOException {
    query(server, "['T', 'Order', 'spells', 'Users'].forEach(n => Collection.create({name: n}))");
    query(server, "Set.sequence(0, 20).forEach(n => T.create({id: n + 1, n: n, el: 'a'}))");
    String answer = query(server, "T.all().eventSource()");
    Matcher source = SOURCE.matcher(answer);
    assertThat(source.find()).as(answer).isTrue();
    return source.group(1);
  }

  private static String query(ServerProcess server, String fql) throws IOException {
    String body = "{\"query\":\"" + fql + "\"}";
    String head =
        "POST /query/1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + ServerProcess.SECRET
            + "\r\nx-typecheck: false\r\nConnection: close\r\nContent-Length: ";
    String request = head + body.length() + "\r\n\r\n" + body;
    return exchange(server, request.getBytes(StandardCharsets.US_ASCII), PATIENCE);
  }

  private static int attack(
      ServerProcess server, SplittableRandom random, List<Question> recorded, long end)
      throws IOException {
    var messages = new Messages(random, recorded);
    int sent = 0;
    while (System.nanoTime() < end) {
      byte[] bytes = random.nextInt(3) == 0 ? messages.http2() : messages.http1();
      String answer = exchange(server, bytes, SILENCE);
      String context = "seed %d, message %d: %s".formatted(SEED, sent, escaped(bytes));
      assertThat(answer)
          .as(context)
          .doesNotContain("HTTP/1.1 500", "internal_error", "internal server error");
      if (++sent % 50 == 0) {
        assertThat(ping(server)).as(context).contains("Scope write is OK");
      }
    }
    return sent;
  }

  private static void awaitFewFiles(ServerProcess server, long most) throws InterruptedException {
    for (int i = 0; i < 100 && server.openFiles() > most; i++) {
      Thread.sleep(200);
    }
    assertThat(server.openFiles()).as("open files, seed %d", SEED).isLessThanOrEqualTo(most);
  }

  private static String ping(ServerProcess server) throws IOException {
    return exchange(
        server,
        "GET /ping HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII),
        PATIENCE);
  }

  /** What the server says until it closes the connection or falls silent. */
  private static String exchange(ServerProcess server, byte[] bytes, Duration silence)
      throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (var socket = new Socket(server.url().getHost(), server.url().getPort())) {
      socket.setSoTimeout((int) silence.toMillis());
      socket.getOutputStream().write(bytes);
      InputStream in = socket.getInputStream();
      byte[] piece = new byte[8192];
      int count = in.read(piece);
      while (count >= 0 && answer.size() < MOST_ANSWER) {
        answer.write(piece, 0, count);
        count = in.read(piece);
      }
    } catch (SocketTimeoutException | SocketException _) {
      // It waits for more, or has closed the connection while it was written to.
    }
    return answer.toString(StandardCharsets.ISO_8859_1);
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte each : bytes) {
      text.append(each >= 32 && each < 127 ? (char) each : "\\x%02x".formatted(each));
    }
    return text.toString();
  }
}
