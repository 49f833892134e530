package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Change;
import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Conflict;
import io.refugium.storage.CommitResult.Reason;
import io.refugium.storage.KeyRange;
import io.refugium.storage.StorageLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
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
      List<Change.Entry> entries = new ArrayList<>();
      for (int i = 0; i < perCommit; i++) {
        entries.add(new Change.Entry(key(i + (time % 2) * perCommit), time, key(0)));
      }
      recent.add(time, entries);
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

  /** Whatever was written when: the answer is that of looking at every write. */
  @Property(tries = 200)
  void agreesWithLookingAtEveryWrite(
      @ForAll @IntRange(min = 1, max = 4000) int commits,
      @ForAll @IntRange(min = 1, max = 3) int perCommit,
      @ForAll @IntRange(min = 1, max = 20_000) int keys,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] lastWritten = new long[keys];
    RecentWrites writes = new RecentWrites(100);
    for (int i = 1; i <= commits; i++) {
      List<Change.Entry> entries = new ArrayList<>();
      for (int j = 0; j < perCommit; j++) {
        int number = random.nextInt(keys);
        lastWritten[number] = 100L + i;
        entries.add(new Change.Entry(key(number), 100L + i, null));
      }
      writes.add(100L + i, entries);
    }
    for (int i = 0; i < 50; i++) {
      long readPoint = 100L + random.nextInt(commits + 1);
      int from = random.nextInt(keys);
      int to = Math.min(keys, from + random.nextInt(20));
      boolean written = lastWritten[from] > readPoint;
      boolean writtenWithin = false;
      for (int number = from; number < to; number++) {
        writtenWithin |= lastWritten[number] > readPoint;
      }
      Conflict ofKey = writes.conflictOf(Commit.at(readPoint).read(key(from)).build());
      Conflict ofRange =
          writes.conflictOf(Commit.at(readPoint).read(KeyRange.of(key(from), key(to))).build());
      assertThat(ofKey != null).isEqualTo(written);
      assertThat(ofRange != null).isEqualTo(writtenWithin);
    }
  }
}
