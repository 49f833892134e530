package io.refugium.conformance.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.conformance.ServerProcess;
import io.refugium.conformance.limits.Http.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries that compute until their time is up do not keep others waiting. */
@Timeout(120)
class FairnessTest {
  private static final String SECRET = ServerProcess.SECRET;
  private static final String MILLIS = "8000";

  /** A text and an expression that it can be taken apart by in more ways than one can try. */
  private static final String TEXT = "x".repeat(300);

  private static final String EXPRESSION = "x*".repeat(8) + "y";

  @Test
  void othersAreServedWhileAllProcessorsCompute() throws Exception {
    int greedy = 2 * Runtime.getRuntime().availableProcessors();
    try (ServerProcess server = ServerProcess.start();
        Http http = new Http(server);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<Answer>> running = new ArrayList<>();
      for (int i = 0; i < greedy; i++) {
        boolean v4 = i % 2 == 0;
        running.add(threads.submit(() -> v4 ? computeInV4(http) : computeInV10(http)));
      }
      int served = 0;
      while (running.stream().noneMatch(Future::isDone)) {
        assertThat(http.v10(SECRET, "1 + 1").status()).isEqualTo(200);
        served++;
      }
      assertThat(served).isGreaterThan(10);
      for (Future<Answer> each : running) {
        assertThat(each.get().status()).as(each.get().response().body()).isIn(440, 503);
      }
    }
  }

  private static Answer computeInV4(Http http) throws Exception {
    String query =
        "{\"containsstrregex\": \"%s\", \"pattern\": \"%s\"}".formatted(TEXT, EXPRESSION);
    return http.v4(SECRET, query, "x-query-timeout", MILLIS);
  }

  private static Answer computeInV10(Http http) throws Exception {
    String query = "'%s'.includesRegex('%s')".formatted(TEXT, EXPRESSION);
    return http.v10(SECRET, query, "x-query-timeout-ms", MILLIS);
  }
}
