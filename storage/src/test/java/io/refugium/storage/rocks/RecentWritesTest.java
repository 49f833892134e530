package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.KeyRange;
import io.refugium.storage.StorageLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentWritesTest {
  private final RecentWrites recent = new RecentWrites(100);

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private Reason reasonAgainst(Commit.Builder commit) {
    Conflict conflict = recent.conflictOf(commit.build());
    return conflict == null ? null : conflict.reason();
  }

  @Test
  void remembersNothingBeforeItsHorizon() {
    assertThat(reasonAgainst(Commit.at(99).read(key(1)))).isEqualTo(Reason.TOO_OLD);
    assertThat(reasonAgainst(Commit.at(100).read(key(1)))).isNull();
    assertThat(reasonAgainst(Commit.at(99).put(key(1), key(1)))).isNull();
  }

  @Test
  void forgetsTheOldestAndMovesItsHorizon() {
    int perCommit = StorageLimits.MAX_REMEMBERED_WRITES / 4;
    for (int time = 101; time <= 106; time++) {
      List<byte[]> keys = new ArrayList<>();
      for (int i = 0; i < perCommit; i++) {
        keys.add(key(i + (time % 2) * perCommit));
      }
      recent.add(time, keys);
    }
    assertThat(recent.size()).isEqualTo(4 * perCommit);
    assertThat(reasonAgainst(Commit.at(101).read(key(-1)))).isEqualTo(Reason.TOO_OLD);
    assertThat(reasonAgainst(Commit.at(102).read(key(-1)))).isNull();
    // Written at 102 and 104 and 106, forgotten for 102 only.
    assertThat(reasonAgainst(Commit.at(105).read(key(0)))).isEqualTo(Reason.KEY);
    assertThat(reasonAgainst(Commit.at(106).read(KeyRange.all()))).isNull();
    assertThat(reasonAgainst(Commit.at(105).read(KeyRange.all()))).isEqualTo(Reason.RANGE);
    assertThat(reasonAgainst(Commit.at(105).read(KeyRange.of(key(perCommit), null)))).isNull();
  }
}
