package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.refugium.storage.Commit;
import io.refugium.storage.StorageException;
import io.refugium.storage.StorageLimits;
import org.junit.jupiter.api.Test;

class CommitQueueTest {
  private final CommitQueue queue = new CommitQueue();

  private static PendingCommit commit(int writes, int valueBytes) {
    Commit.Builder commit = Commit.at(0);
    for (int i = 0; i < writes; i++) {
      commit.put(new byte[] {(byte) (i >> 8), (byte) i}, new byte[valueBytes]);
    }
    return new PendingCommit(commit.build());
  }

  @Test
  void groupsWhatWaitsInTheOrderItCame() throws Exception {
    PendingCommit first = commit(1, 1);
    PendingCommit second = commit(1, 1);
    queue.add(first);
    queue.add(second);
    assertThat(queue.takeGroup()).containsExactly(first, second);
    assertThat(queue.size()).isZero();
  }

  @Test
  void aGroupKeepsItsLimitsButTakesOneLargeCommitAlone() throws Exception {
    int half = StorageLimits.MAX_GROUP_WRITES / 2 + 1;
    for (int i = 0; i < 3; i++) {
      queue.add(commit(half, 0));
    }
    assertThat(queue.takeGroup()).hasSize(1);
    assertThat(queue.takeGroup()).hasSize(1);
    queue.add(commit(1, (int) StorageLimits.MAX_GROUP_BYTES + 1));
    queue.add(commit(1, 0));
    assertThat(queue.takeGroup()).hasSize(1);
    assertThat(queue.takeGroup()).hasSize(1);
    assertThat(queue.takeGroup()).hasSize(1);
  }

  @Test
  void refusesMoreThanMayWait() {
    PendingCommit commit = commit(1, 1);
    for (int i = 0; i < StorageLimits.MAX_WAITING_COMMITS; i++) {
      queue.add(commit);
    }
    assertThatThrownBy(() -> queue.add(commit)).isInstanceOf(StorageException.Busy.class);
  }

  @Test
  void failsEverythingOnceItRefuses() throws Exception {
    PendingCommit waiting = commit(1, 1);
    queue.add(waiting);
    StorageException reason = new StorageException.Closed("the store is closed");
    queue.refuse(reason);
    assertThatThrownBy(waiting::await).isSameAs(reason);
    assertThatThrownBy(() -> queue.add(commit(1, 1))).isSameAs(reason);
    assertThat(queue.takeGroup()).isEmpty();
  }
}
