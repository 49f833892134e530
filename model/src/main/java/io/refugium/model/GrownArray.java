package io.refugium.model;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The elements of an array that was made by adding to the end of another one. Both look at the same
 * buffer, so that a query that collects elements one by one pays for the elements, not for the
 * whole array each time.
 *
 * <p>Invariant: what is in a buffer stays there, and each list shows the first elements of its own;
 * only the list that shows all of a buffer adds to it, the others copy. Used by one thread at a
 * time, as the query is that makes it.
 */
public final class GrownArray extends AbstractList<Value> implements RandomAccess {
  private final ArrayList<Value> buffer;
  private final int size;
  private final int own;
  private final long parts;

  private GrownArray(ArrayList<Value> buffer, int own, long parts) {
    this.buffer = buffer;
    this.size = buffer.size();
    this.own = own;
    this.parts = parts;
  }

  /**
   * The elements of two lists.
   *
   * @param limit how far their parts are counted, see {@link ValueParts}
   */
  public static GrownArray of(List<Value> first, List<Value> second, long limit) {
    if (first instanceof GrownArray grown && grown.size == grown.buffer.size()) {
      long parts = grown.parts + partsOf(second, limit);
      int added = second.size();
      grown.buffer.addAll(second);
      return new GrownArray(grown.buffer, added, parts);
    }
    ArrayList<Value> buffer = new ArrayList<>(first.size() + second.size());
    buffer.addAll(first);
    buffer.addAll(second);
    long parts = partsOf(first, limit) + partsOf(second, limit);
    return new GrownArray(buffer, buffer.size(), parts);
  }

  private static long partsOf(List<Value> elements, long limit) {
    if (elements instanceof GrownArray grown) {
      return grown.parts;
    }
    long parts = 0;
    for (Value element : elements) {
      if (parts > limit) {
        break;
      }
      parts += ValueParts.count(element, limit);
    }
    return parts;
  }

  /** How many elements were put into the buffer for this list. */
  public int own() {
    return own;
  }

  /** The parts of all elements, or a number above the limit they were counted to. */
  long parts() {
    return parts;
  }

  @Override
  public Value get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return buffer.get(index);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Object[] toArray() {
    return buffer.subList(0, size).toArray();
  }
}
