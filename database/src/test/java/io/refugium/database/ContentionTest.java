package io.refugium.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Commit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ContentionTest {
  private static final byte[] KEY = {1};
  private static final byte[] OTHER = {2};
  private static final long LONG = TimeUnit.MINUTES.toNanos(1);
  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

  private final Contention contention = new Contention();

  /** Has a turn of a key on another thread; says whether there was one in a moment. */
  private boolean isFree(byte[] key) throws InterruptedException {
    boolean[] free = {false};
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (Contention.Turn turn = contention.await(key, SHORT)) {
                    free[0] = turn != null;
                  }
                });
    other.join();
    return free[0];
  }

  @Test
  void oneHasTheTurnAtATime() throws InterruptedException {
    try (Contention.Turn turn = contention.await(KEY, LONG)) {
      assertThat(turn.isFor(KEY)).isTrue();
      assertThat(turn.isFor(OTHER)).isFalse();
      assertThat(isFree(KEY)).isFalse();
      assertThat(isFree(OTHER)).isTrue();
    }
    assertThat(isFree(KEY)).isTrue();
  }

  @Test
  void turnsComeInTheOrderOfTheWaiting() throws InterruptedException {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    try (Contention.Turn first = contention.await(KEY, LONG)) {
      assertThat(first).isNotNull();
      for (int i = 0; i < 5; i++) {
        int number = i;
        Thread thread =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try (Contention.Turn turn = contention.await(KEY, LONG)) {
                        assertThat(turn).isNotNull();
                        order.add(number);
                      }
                    });
        threads.add(thread);
        while (thread.getState() != Thread.State.TIMED_WAITING) {
          Thread.onSpinWait();
        }
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void whoReadsAndWritesAKeyThatOthersQueueForIsToldToLineUp() {
    Commit both = Commit.at(1).read(OTHER).put(OTHER, KEY).read(KEY).put(KEY, KEY).build();
    assertThat(contention.lineFor(both, System.nanoTime())).isNull();
    try (Contention.Turn turn = contention.await(KEY, LONG)) {
      assertThat(turn).isNotNull();
      long now = System.nanoTime();
      // Within the time that a turn is brief, whatever the machine does meanwhile.
      assertThat(contention.lineFor(both, now - LONG)).isEqualTo(KEY);
      assertThat(contention.lineFor(both, now + Contention.LONGEST_BRIEF_TURN + 1))
          .as("the turn takes long")
          .isNull();

      Commit reads = Commit.at(1).read(KEY).put(OTHER, KEY).build();
      assertThat(contention.lineFor(reads, now - LONG)).isNull();
      Commit writes = Commit.at(1).read(OTHER).put(KEY, KEY).build();
      assertThat(contention.lineFor(writes, now - LONG)).isNull();
    }
    assertThat(contention.lineFor(both, System.nanoTime())).isNull();
  }

  @Test
  void whatNobodyFightsOverIsForgotten() throws InterruptedException {
    try (Contention.Turn turn = contention.await(KEY, LONG)) {
      assertThat(turn).isNotNull();
      isFree(KEY);
      assertThat(contention.size()).isEqualTo(1);
    }
    assertThat(contention.size()).isZero();
  }

  @Test
  void whoIsInterruptedGetsNoTurn() {
    Thread.currentThread().interrupt();
    assertThat(contention.await(KEY, LONG)).isNull();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(contention.size()).isZero();
  }
}
