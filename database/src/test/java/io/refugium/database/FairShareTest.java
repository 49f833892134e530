package io.refugium.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FairShareTest {
  private static final long LONG_AGO = 1_000_000_000L;

  @Test
  void allGetTheirTurnAndAllEnd() throws Exception {
    var share = new FairShare(1);
    var rounds = new AtomicInteger();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(
            threads.submit(
                () -> {
                  FairShare.Computation computation = share.new Computation();
                  for (int round = 0; round < 5; round++) {
                    computation.go(System.nanoTime() + LONG_AGO);
                    rounds.incrementAndGet();
                  }
                  computation.pause();
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(rounds).hasValue(100);
  }

  @Test
  void nobodyWaitsForEverForOneWhoDoesNotEnd() {
    var share = new FairShare(1);
    FairShare.Computation stuck = share.new Computation();
    stuck.go(System.nanoTime() + LONG_AGO);
    FairShare.Computation other = share.new Computation();
    other.go(System.nanoTime() + LONG_AGO);
    other.go(System.nanoTime() + LONG_AGO);
    other.pause();
    stuck.pause();
    stuck.pause();
    FairShare.Computation next = share.new Computation();
    next.go(System.nanoTime() + LONG_AGO);
    next.pause();
  }
}
