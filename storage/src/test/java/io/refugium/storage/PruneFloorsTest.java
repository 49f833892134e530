package io.refugium.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PruneFloorsTest {
  private static byte[] b(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static KeyRange prefix(String text) {
    return KeyRange.prefix(b(text));
  }

  @Test
  void aFloorHoldsInItsRangeOnly() {
    PruneFloors floors = PruneFloors.NONE.raised(prefix("a"), 10);
    assertThatThrownBy(() -> floors.check(b("ab"), 9)).isInstanceOf(StorageException.Pruned.class);
    assertThatThrownBy(() -> floors.check(KeyRange.all(), 9))
        .isInstanceOf(StorageException.Pruned.class);
    assertThatCode(
            () -> {
              floors.check(b("ab"), 10);
              floors.check(b("b"), 0);
              floors.check(prefix("b"), 0);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void floorsNeverFallAndImpliedOnesAreDropped() {
    PruneFloors floors = PruneFloors.NONE.raised(prefix("ab"), 10).raised(prefix("c"), 30);
    assertThat(floors.raised(prefix("ab"), 5)).isSameAs(floors);
    PruneFloors wider = floors.raised(prefix("a"), 20);
    assertThat(wider.floors()).hasSize(2);
    assertThat(wider.coveringFloor(prefix("ab"))).isEqualTo(20);
    PruneFloors all = wider.raised(KeyRange.all(), 25);
    assertThat(all.floors()).hasSize(2);
    assertThat(all.coveringFloor(KeyRange.all())).isEqualTo(25);
    assertThat(all.coveringFloor(prefix("c"))).isEqualTo(30);
    assertThat(all.floorWithin(KeyRange.all())).isEqualTo(30);
    assertThat(all.raised(KeyRange.all(), 30).floors()).hasSize(1);
  }

  @Test
  void theirNumberIsLimited() {
    PruneFloors floors = PruneFloors.of(manyFloors());
    KeyRange oneMore = prefix("one more");
    assertThatThrownBy(() -> floors.raised(oneMore, 1))
        .isInstanceOf(StorageException.TooLarge.class);
    assertThat(floors.raised(KeyRange.all(), 2).floors()).hasSize(1);
  }

  private static List<PruneFloors.Floor> manyFloors() {
    return IntStream.range(0, StorageLimits.MAX_FLOORS)
        .mapToObj(i -> KeyRange.single(ByteBuffer.allocate(4).putInt(i).array()))
        .map(range -> new PruneFloors.Floor(range, 1))
        .toList();
  }
}
