package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Keys;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class PhysicalKeyTest {
  private static final long LATEST = Long.MAX_VALUE >> 1;

  @Property
  void givesBackKeyTimeAndDeletion(
      @ForAll("keys") byte[] key,
      @ForAll @LongRange(max = LATEST) long time,
      @ForAll boolean deleted) {
    byte[] physical = PhysicalKey.version(key, time, deleted);
    int stem = physical.length - PhysicalKey.SUFFIX_BYTES;
    assertThat(PhysicalKey.key(physical, stem)).isEqualTo(key);
    assertThat(PhysicalKey.time(physical, physical.length)).isEqualTo(time);
    assertThat(PhysicalKey.isDeletion(physical, physical.length)).isEqualTo(deleted);
    assertThat(Arrays.copyOf(physical, stem)).isEqualTo(PhysicalKey.stem(key));
  }

  @Property
  void sortsByKeyThenNewestFirst(
      @ForAll("keys") byte[] a,
      @ForAll("keys") byte[] b,
      @ForAll @LongRange(max = LATEST) long timeA,
      @ForAll @LongRange(max = LATEST) long timeB) {
    int byKey = Keys.compare(a, b);
    int expected = byKey != 0 ? byKey : Long.compare(timeB, timeA);
    int actual =
        Keys.compare(PhysicalKey.version(a, timeA, false), PhysicalKey.version(b, timeB, false));
    assertThat(Integer.signum(actual)).isEqualTo(Integer.signum(expected));
  }

  @Property
  void boundsEncloseTheVersionsOfAKeyAndNothingElse(
      @ForAll("keys") byte[] key,
      @ForAll("keys") byte[] other,
      @ForAll @LongRange(max = LATEST) long time) {
    byte[] version = PhysicalKey.version(other, time, false);
    byte[] stem = PhysicalKey.stem(key);
    byte[] after = PhysicalKey.afterVersions(stem, stem.length);
    boolean within = Keys.compare(stem, version) <= 0 && Keys.compare(version, after) < 0;
    assertThat(within).isEqualTo(Arrays.equals(key, other));
  }

  /** Short keys of few bytes, so that equal keys, prefixes and neighbours are frequent. */
  @Provide
  Arbitrary<byte[]> keys() {
    return Arbitraries.of((byte) 0, (byte) 1, (byte) 2, (byte) 'a', (byte) 0xfe, (byte) 0xff)
        .array(byte[].class)
        .ofMaxSize(5);
  }
}
