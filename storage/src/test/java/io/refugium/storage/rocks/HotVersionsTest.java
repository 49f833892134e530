package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Version;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HotVersionsTest {
  private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);
  private static final Version AT_10 = new Version(10, new byte[] {1});

  private final HotVersions hot = new HotVersions(5);

  private Version find(long at) {
    return hot.find(KEY, at);
  }

  @Test
  void whatWasOfferedIsFoundByReadersAtAndAfterItsTime() {
    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));

    assertThat(find(10)).isSameAs(AT_10);
    assertThat(find(30)).isSameAs(AT_10);
    assertThat(find(9)).as("the version is younger than the reader").isNull();
  }

  @Test
  void anotherKeyIsNotFound() {
    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));

    assertThat(hot.find(new byte[] {7}, 30)).isNull();
  }

  @Test
  void aCommitClearsThePlaceOfItsKey() {
    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));
    hot.clear(KEY, 25);

    assertThat(find(30)).isNull();
  }

  @Test
  void aCommitReplacesWhatIsKeptOfItsKey() {
    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));
    Version at25 = new Version(25, new byte[] {2});
    hot.renew(KEY, at25);

    assertThat(find(25)).isSameAs(at25);
    assertThat(find(24)).as("readers from before the commit").isNull();
    hot.offer(KEY, AT_10, 24, 5);
    assertThat(find(25)).as("after such a reader has offered what it found").isSameAs(at25);
  }

  @Test
  void aCommitReplacesAlsoWhatAnotherOfTheSameHomeHasMadeVoid() {
    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));
    hot.clear(KEY, 21); // as a key of the same home would
    Version at25 = new Version(25, new byte[] {2});
    hot.renew(KEY, at25);
    assertThat(find(25)).isSameAs(at25);

    hot.clear(KEY, 26);
    assertThat(find(30)).isNull();
  }

  @Test
  void aCommitAddsNoKeyAndKeepsNoLargeValue() {
    hot.renew(KEY, AT_10);
    assertThat(find(30)).as("nobody has read it").isNull();

    hot.offer(KEY, AT_10, 20, hot.stamp(KEY));
    hot.renew(KEY, new Version(25, new byte[100_000]));
    assertThat(find(30)).isNull();
  }

  @Test
  void whoBeganToReadBeforeACommitOffersInVain() {
    long before = hot.stamp(KEY);
    hot.clear(KEY, 25);
    hot.offer(KEY, AT_10, 20, before);

    assertThat(find(30)).isNull();
  }

  @Test
  void whoReadsAtATimeBeforeTheCommitOffersInVain() {
    hot.clear(KEY, 25);
    hot.offer(KEY, AT_10, 24, hot.stamp(KEY));
    assertThat(find(30)).isNull();

    Version at25 = new Version(25, new byte[] {2});
    hot.offer(KEY, at25, 25, hot.stamp(KEY));
    assertThat(find(30)).isSameAs(at25);
    assertThat(find(24)).isNull();
  }

  @Test
  void whoReadsThePastOffersInVain() {
    hot.offer(KEY, new Version(3, new byte[] {0}), 4, hot.stamp(KEY));

    assertThat(find(30)).as("there may be commits from before the table was made").isNull();
  }

  @Test
  void aPlaceThatChangesItsKeyStillKnowsForWhatItWasCleared() {
    hot.clear(KEY, 25);
    hot.offer(KEY, new Version(25, new byte[] {2}), 30, hot.stamp(KEY));

    assertThat(hot.stamp(KEY)).isEqualTo(25);
  }

  @Test
  void whoOffersTooLateDoesNotDriveOutWhatHolds() {
    long before = hot.stamp(KEY);
    hot.clear(KEY, 25);
    Version at25 = new Version(25, new byte[] {2});
    hot.offer(KEY, at25, 25, hot.stamp(KEY));
    hot.offer(KEY, AT_10, 20, before);

    assertThat(find(30)).isSameAs(at25);
  }

  @Test
  void consecutiveNumbersFindPlaces() {
    int keys = 1 << 15;
    for (int i = 0; i < keys; i++) {
      hot.offer(numbered(i), AT_10, 20, hot.stamp(numbered(i)));
    }

    assertThat(IntStream.range(0, keys).filter(i -> hot.find(numbered(i), 30) != null).count())
        .isGreaterThan(keys * 9 / 10);
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(21).putLong(9, number).array();
  }

  @Test
  void largeValuesAreNotKept() {
    hot.offer(KEY, new Version(10, new byte[100_000]), 20, hot.stamp(KEY));

    assertThat(find(30)).isNull();
  }

  @Test
  void theTableIsSmallOnASmallHeap() {
    assertThat(HotVersions.placesFor(256L << 20)).isEqualTo(1 << 15);
    assertThat(HotVersions.placesFor(300L << 20)).isEqualTo(1 << 15);
    assertThat(HotVersions.placesFor(64L << 30)).isEqualTo(1 << 20);
    assertThat(HotVersions.placesFor(1)).isEqualTo(4);
  }
}
