package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IdGeneratorTest {
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void idsArePositiveAndGrowWhileTheClockStandsStill() {
    IdGenerator ids = new IdGenerator(() -> NOW, 2047, 0);
    long previous = 0;
    for (int i = 0; i < 5_000; i++) {
      long id = ids.next();
      assertThat(id).isGreaterThan(previous);
      previous = id;
    }
  }

  @Test
  void aClockThatStepsBackRepeatsNothing() {
    AtomicLong clock = new AtomicLong(NOW);
    IdGenerator ids = new IdGenerator(clock::get, 3, 0);
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 3_000; i++) {
      clock.addAndGet(i % 7 == 0 ? -5 : 1);
      assertThat(seen.add(ids.next())).isTrue();
    }
  }

  @Test
  void aRestartContinuesAfterTheNewestCommit() {
    long before = new IdGenerator(() -> NOW, 5, 0).next();
    IdGenerator restarted = new IdGenerator(() -> NOW - 3_600_000, 5, NOW * 1_000);
    assertThat(restarted.next()).isGreaterThan(before);
  }

  @Test
  void instancesDiffer() {
    assertThat(new IdGenerator(() -> NOW, 1, 0).next())
        .isNotEqualTo(new IdGenerator(() -> NOW, 2, 0).next());
  }

  @Test
  void threadsGetDifferentIds() throws InterruptedException {
    IdGenerator ids = new IdGenerator(() -> NOW, 1, 0);
    Set<Long> seen = ConcurrentHashMap.newKeySet();
    Thread[] threads = new Thread[4];
    for (int i = 0; i < threads.length; i++) {
      threads[i] =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int j = 0; j < 2_000; j++) {
                      seen.add(ids.next());
                    }
                  });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(seen).hasSize(8_000);
  }
}
