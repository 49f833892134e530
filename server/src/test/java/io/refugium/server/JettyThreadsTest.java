package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does what comes after an answer. */
class JettyThreadsTest {
  private final ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor();
  private final JettyThreads threads = new JettyThreads(waiting);

  @BeforeEach
  void start() throws Exception {
    threads.start();
  }

  @AfterEach
  void stop() throws Exception {
    threads.stop();
    waiting.close();
  }

  @Test
  void whatAnAnswerLeavesIsDoneAfterItInTheSameThread() {
    List<String> done = new ArrayList<>();
    Thread caller = Thread.currentThread();
    JettyThreads.sendAndGoOn(
        () -> {
          threads.execute(() -> done.add("next " + Thread.currentThread().equals(caller)));
          done.add("sent");
        });
    assertThat(done).containsExactly("sent", "next true");
  }

  @Test
  void whatCannotBeSentLeavesNothingUndone() {
    List<String> done = new ArrayList<>();
    assertThatThrownBy(
            () ->
                JettyThreads.sendAndGoOn(
                    () -> {
                      threads.execute(() -> done.add("next"));
                      throw new IllegalStateException("not sent");
                    }))
        .hasMessage("not sent");
    assertThat(done).containsExactly("next");
  }

  @Test
  void allElseIsDoneByJettysThreads() throws Exception {
    var before = new CompletableFuture<String>();
    threads.execute(() -> before.complete(Thread.currentThread().getName()));
    assertThat(before.get(10, TimeUnit.SECONDS)).startsWith("http-");

    var later = new CompletableFuture<String>();
    JettyThreads.sendAndGoOn(
        () ->
            threads.execute(
                () -> threads.execute(() -> later.complete(Thread.currentThread().getName()))));
    assertThat(later.get(10, TimeUnit.SECONDS)).startsWith("http-");
  }
}
