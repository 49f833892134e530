package io.refugium.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.Collator;
import com.ibm.icu.util.ULocale;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ValueOrderTest {
  private static final ValueOrder ORDER = ValueOrder.INSTANCE;

  @Property(tries = 3_000)
  void isATotalOrder(@ForAll Value a, @ForAll Value b, @ForAll Value c) {
    assertThat(ORDER.compare(a, a)).isZero();
    assertThat(Integer.signum(ORDER.compare(a, b))).isEqualTo(-Integer.signum(ORDER.compare(b, a)));
    List<Value> sorted = new ArrayList<>(List.of(a, b, c));
    sorted.sort(ORDER);
    assertThat(ORDER.compare(sorted.get(0), sorted.get(2))).isNotPositive();
  }

  @Property(tries = 10_000)
  void asciiIsOrderedAsByTheCollator(
      @ForAll @CharRange(from = 0, to = 127) @StringLength(max = 6) String left,
      @ForAll @CharRange(from = 0, to = 127) @StringLength(max = 6) String right) {
    int expected = Collator.getInstance(ULocale.ROOT).compare(left, right);
    if (expected == 0) {
      expected = left.compareTo(right);
    }
    assertThat(Integer.signum(ValueOrder.compareStrings(left, right)))
        .isEqualTo(Integer.signum(expected));
  }

  /** What the short cut for ASCII rests on: pairs sort as their characters do one by one. */
  @Test
  void noTwoAsciiCharactersSortOtherwiseThanOneByOne() {
    Collator collator = Collator.getInstance(ULocale.ROOT);
    String[] all = new String[128 * 128];
    for (int i = 0; i < all.length; i++) {
      all[i] = "" + (char) (i / 128) + (char) (i % 128);
    }
    java.util.Arrays.sort(all, ValueOrder::compareStrings);
    for (int i = 1; i < all.length; i++) {
      int order = collator.compare(all[i - 1], all[i]);
      assertThat(order < 0 || (order == 0 && all[i - 1].compareTo(all[i]) < 0)).isTrue();
    }
  }

  @Property
  void aPrefixComesFirst(
      @ForAll @CharRange(from = 0, to = 0x24F) String prefix,
      @ForAll @CharRange(from = 1, to = 0x24F) @StringLength(min = 1) String rest) {
    assertThat(ValueOrder.compareStrings(prefix, prefix + rest)).isNegative();
  }

  @Test
  void stringsAreCollated() {
    assertAscending(
        strings(
            "", " ", "_", "-", "😀", "1", "10", "2", "a", "A", "a b", "a-b", "aa", "ab", "b", "B",
            "co-op", "coop", "coup", "e", "é", "f", "ss", "ß", "st", "z", "Z", "中"));
    assertAscending(
        strings("", " ", "_", "1", "10", "9", "a", "a-b", "ab", "B", "E", "é", "f", "Z"));
  }

  @Test
  void kindsFollowOneAnother() {
    assertAscending(
        List.of(
            new DoubleValue(Double.NEGATIVE_INFINITY),
            new LongValue(-1),
            new DoubleValue(-0.0),
            new LongValue(0),
            new DoubleValue(0.5),
            new LongValue(1),
            new DoubleValue(Double.POSITIVE_INFINITY),
            new DoubleValue(Double.NaN),
            new BytesValue(new byte[0]),
            new BytesValue(new byte[] {1}),
            new BytesValue(new byte[] {1, 0}),
            new BytesValue(new byte[] {-1}),
            new StringValue(""),
            ArrayValue.EMPTY,
            ArrayValue.of(new LongValue(1)),
            ArrayValue.of(new LongValue(1), new LongValue(0)),
            ArrayValue.of(new LongValue(2)),
            ObjectValue.EMPTY,
            ObjectValue.of("a", new LongValue(1)),
            ObjectValue.of("a", new LongValue(2)),
            ObjectValue.of("b", new LongValue(1)),
            new Ref(0, 1025, 1),
            new Ref(0, 1024, 2),
            new TimeValue(Instant.EPOCH),
            new TimeValue(Instant.EPOCH.plusNanos(1)),
            new DateValue(LocalDate.EPOCH),
            new DateValue(LocalDate.EPOCH.plusDays(1)),
            new LambdaValue("4", new StringValue("x"), new LongValue(1)),
            TransactionTime.TIME,
            new UuidValue(new UUID(0, 0)),
            new UuidValue(new UUID(-1, 0)),
            BooleanValue.FALSE,
            BooleanValue.TRUE,
            NullValue.NULL));
  }

  @Test
  void numbersCompareAsDoubles() {
    assertThat(ORDER.compare(new LongValue(1), new DoubleValue(1.0))).isZero();
    assertThat(ORDER.compare(new LongValue(9_007_199_254_740_993L), new DoubleValue(0x1p53)))
        .isZero();
    assertThat(ORDER.compare(new DoubleValue(-0.0), new LongValue(0))).isNegative();
  }

  private static List<Value> strings(String... texts) {
    List<Value> values = new ArrayList<>();
    for (String text : texts) {
      values.add(new StringValue(text));
    }
    return values;
  }

  private static void assertAscending(List<Value> values) {
    List<Value> shuffled = new ArrayList<>(values);
    Collections.reverse(shuffled);
    shuffled.sort(ORDER);
    assertThat(shuffled).isEqualTo(values);
    for (int i = 1; i < values.size(); i++) {
      assertThat(ORDER.compare(values.get(i - 1), values.get(i))).isNegative();
    }
  }
}
