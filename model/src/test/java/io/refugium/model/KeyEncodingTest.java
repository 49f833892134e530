package io.refugium.model;

import static io.refugium.model.ArbitraryValues.SCOPE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyEncodingTest {
  @Property(tries = 5_000)
  void bytesAreInTheOrderOfValues(@ForAll Value left, @ForAll Value right) {
    int order = ValueOrder.INSTANCE.compare(left, right);
    assertThat(sign(Arrays.compareUnsigned(ordered(left, false), ordered(right, false))))
        .isEqualTo(sign(order));
    assertThat(sign(Arrays.compareUnsigned(ordered(left, true), ordered(right, true))))
        .isEqualTo(-sign(order));
  }

  @Property
  void bytesOfTuplesAreInTheOrderOfTheirComponents(
      @ForAll Value a1, @ForAll Value a2, @ForAll Value b1, @ForAll Value b2) {
    int order = -ValueOrder.INSTANCE.compare(a1, b1);
    if (order == 0) {
      order = ValueOrder.INSTANCE.compare(a2, b2);
    }
    byte[] left = new KeyEncoder(SCOPE).value(a1, true).value(a2, false).toBytes();
    byte[] right = new KeyEncoder(SCOPE).value(b1, true).value(b2, false).toBytes();
    assertThat(sign(Arrays.compareUnsigned(left, right))).isEqualTo(sign(order));
  }

  @Property
  void entriesAreReadAsTheyWereWritten(
      @ForAll Value first, @ForAll Value second, @ForAll boolean descending, @ForAll long id) {
    Ref ref = new Ref(SCOPE, 1024, id);
    byte[] key =
        new KeyEncoder(SCOPE)
            .value(first, descending)
            .value(second, !descending)
            .document(ref)
            .exactness()
            .toBytes();
    KeyDecoder.Entry entry =
        new KeyDecoder(key, 0, SCOPE).entry(new boolean[] {descending, !descending});
    assertThat(entry.values()).containsExactly(first, second);
    assertThat(entry.ref()).isEqualTo(ref);
  }

  @Property(tries = 3_000)
  void termsAreEqualIfAndOnlyIfTheValuesAre(@ForAll Value left, @ForAll Value right) {
    assertThat(Arrays.equals(term(left), term(right))).isEqualTo(left.equals(right));
    assertThat(new KeyDecoder(term(left), 0, SCOPE).term()).isEqualTo(left);
  }

  @Property
  void boundsEncloseWhatBeginsWithThePrefix(
      @ForAll Value prefix, @ForAll Value rest, @ForAll boolean descending, @ForAll long id) {
    KeyEncoder start = new KeyEncoder(SCOPE).value(prefix, descending);
    byte[] from = start.toBytes();
    byte[] to = start.afterAll().toBytes();
    byte[] key =
        new KeyEncoder(SCOPE)
            .value(prefix, descending)
            .value(rest, !descending)
            .document(new Ref(SCOPE, 1024, id))
            .toBytes();
    assertThat(Arrays.compareUnsigned(from, key)).isNegative();
    assertThat(Arrays.compareUnsigned(to, key)).isPositive();
  }

  @Property
  void numbersAreOrderedAndRead(@ForAll long left, @ForAll long right) {
    byte[] a = new KeyEncoder(SCOPE).number(left).toBytes();
    byte[] b = new KeyEncoder(SCOPE).number(right).toBytes();
    assertThat(sign(Arrays.compareUnsigned(a, b))).isEqualTo(Long.compare(left, right));
    assertThat(new KeyDecoder(a, 0, SCOPE).number()).isEqualTo(left);
  }

  @Property
  void textIsReadAndDelimited(@ForAll String first, @ForAll byte[] second) {
    byte[] key = new KeyEncoder(SCOPE).text(first).bytes(second).number(7).toBytes();
    KeyDecoder decoder = new KeyDecoder(key, 0, SCOPE);
    assertThat(decoder.text()).isEqualTo(first);
    assertThat(decoder.bytes()).isEqualTo(second);
    assertThat(decoder.number()).isEqualTo(7);
    assertThat(decoder.hasMore()).isFalse();
  }

  @Property
  void damagedKeysAreRefused(@ForAll Value value, @ForAll int place, @ForAll byte damage) {
    byte[] key = ordered(value, false);
    key[Math.floorMod(place, key.length)] = damage;
    try {
      assertThat(new KeyDecoder(key, 0, SCOPE).value(false).toString()).isNotNull();
    } catch (CodecException e) {
      assertThat(e.reason()).isEqualTo(CodecException.Reason.MALFORMED);
    }
  }

  @Test
  void equalNumbersTieAndAreOrderedByDocument() {
    byte[] integer = entry(new LongValue(1), 5);
    byte[] real = entry(new DoubleValue(1), 6);
    assertThat(Arrays.compareUnsigned(integer, real)).isNegative();
    assertThat(Arrays.compareUnsigned(entry(new DoubleValue(1), 4), integer)).isNegative();
  }

  @Test
  void smallThingsAreShort() {
    assertThat(entry(new LongValue(1), 1)).hasSizeLessThanOrEqualTo(9);
    assertThat(new KeyEncoder(0).number(0).toBytes()).hasSize(1);
  }

  @Test
  void objectsAsTermsDoNotLookAtTheOrderOfFields() {
    ObjectValue xy =
        ObjectValue.builder().put("x", new LongValue(1)).put("y", new LongValue(2)).build();
    ObjectValue yx =
        ObjectValue.builder().put("y", new LongValue(2)).put("x", new LongValue(1)).build();
    assertThat(term(xy)).isEqualTo(term(yx));
  }

  @Test
  void referencesToOtherDatabasesAreDifferentTerms() {
    assertThat(term(new Ref(SCOPE, 1024, 1))).isNotEqualTo(term(new Ref(SCOPE + 1, 1024, 1)));
    List<Value> refs = List.of(new Ref(SCOPE + 1, 1024, 1));
    assertThat(new KeyDecoder(term(refs.getFirst()), 0, SCOPE).term()).isEqualTo(refs.getFirst());
  }

  private static byte[] entry(Value value, long id) {
    return new KeyEncoder(SCOPE)
        .value(value, false)
        .document(new Ref(SCOPE, 1024, id))
        .exactness()
        .toBytes();
  }

  private static byte[] ordered(Value value, boolean descending) {
    return new KeyEncoder(SCOPE).value(value, descending).toBytes();
  }

  private static byte[] term(Value value) {
    return new KeyEncoder(SCOPE).term(value).toBytes();
  }

  private static int sign(int order) {
    return Integer.signum(order);
  }
}
