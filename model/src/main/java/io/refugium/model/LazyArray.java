package io.refugium.model;

import java.util.AbstractList;
import java.util.RandomAccess;

/**
 * The elements of a stored array. Where each begins is found out on first access, what it is when
 * it is asked for. Thread-safe: two threads may decode the same element, to equal results.
 */
final class LazyArray extends AbstractList<Value> implements RandomAccess {
  private final Encoded source;
  private Elements elements;

  LazyArray(Encoded source) {
    this.source = source;
  }

  Encoded source() {
    return source;
  }

  @Override
  public Value get(int index) {
    Elements known = elements();
    Value value = known.values[index];
    if (value == null) {
      value = new ValueDecoder(source.bytes(), source.scope(), known.offsets[index]).read();
      known.values[index] = value;
    }
    return value;
  }

  @Override
  public int size() {
    return elements().values.length;
  }

  private Elements elements() {
    Elements known = elements;
    if (known == null) {
      known = new Elements(source);
      elements = known;
    }
    return known;
  }

  /** Final fields, so that a thread which sees the object without synchronisation sees it whole. */
  private static final class Elements {
    final int[] offsets;
    final Value[] values;

    Elements(Encoded source) {
      ValueDecoder decoder = ValueDecoder.contents(source);
      offsets = new int[decoder.readCount()];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = decoder.position();
        decoder.skip();
      }
      values = new Value[offsets.length];
    }
  }
}
