package io.refugium.database.sets;

import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How the entries of a set are built and ordered: by their values from left to right, then by their
 * document.
 *
 * @param descending for each value, and last for the document, whether it is ordered downwards
 */
public record Shape(List<Boolean> descending) {
  /** Documents without values, ascending. */
  public static final Shape DOCUMENTS = new Shape(List.of(false));

  /** The shape of an index with these values. */
  public static Shape ofValues(List<Boolean> descendingValues) {
    List<Boolean> components = new ArrayList<>(descendingValues);
    components.add(false);
    return new Shape(List.copyOf(components));
  }

  /** How many values each entry has. */
  public int values() {
    return descending.size() - 1;
  }

  /** The shape of the set in opposite order. */
  public Shape reversed() {
    return new Shape(descending.stream().map(flag -> !flag).toList());
  }

  /** Whether two sets can be merged: the same directions as far as both go (spec: fql4 7.5). */
  public boolean isCompatible(Shape other) {
    int length = Math.min(descending.size(), other.descending.size());
    return descending.subList(0, length).equals(other.descending.subList(0, length));
  }

  /** The order of the set. */
  int compare(Entry left, Entry right) {
    int order = compareKeys(left, right);
    return order != 0 ? order : compare(values(), left.ref(), right.ref());
  }

  /** The order of the set without that of documents which share their values. */
  int compareKeys(Entry left, Entry right) {
    return compareLists(left.key(), right.key(), true);
  }

  /** On which side of a gap an entry is: negative before it, positive after it. */
  int compare(Entry entry, Bound bound) {
    List<Value> components = entry.position();
    int length = Math.min(components.size(), bound.components().size());
    for (int i = 0; i < length; i++) {
      int order = compare(flag(i, components), components.get(i), bound.components().get(i));
      if (order != 0) {
        return order;
      }
    }
    return bound.edge() == Bound.Edge.BEFORE ? 1 : -1;
  }

  /** The order of gaps. */
  int compare(Bound left, Bound right) {
    List<Value> a = relevant(left);
    List<Value> b = relevant(right);
    int order = compareLists(a, b, false);
    if (order != 0) {
      return order;
    }
    if (a.size() < b.size()) {
      return left.edge() == Bound.Edge.BEFORE ? -1 : 1;
    }
    if (a.size() > b.size()) {
      return right.edge() == Bound.Edge.BEFORE ? 1 : -1;
    }
    return left.edge().compareTo(right.edge());
  }

  private List<Value> relevant(Bound bound) {
    List<Value> components = bound.components();
    return components.subList(0, Math.min(components.size(), descending.size()));
  }

  private int compareLists(List<Value> left, List<Value> right, boolean shorterFirst) {
    int length = Math.min(left.size(), right.size());
    for (int i = 0; i < length; i++) {
      int order = compare(Math.min(i, values()), left.get(i), right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return shorterFirst ? Integer.compare(left.size(), right.size()) : 0;
  }

  /** The flag of a component of an entry that may have fewer values than others of its union. */
  private int flag(int component, List<Value> components) {
    return component == components.size() - 1 ? values() : Math.min(component, values());
  }

  private int compare(int flag, Value left, Value right) {
    int order = ValueOrder.INSTANCE.compare(left, right);
    return descending.get(flag) ? -order : order;
  }

  /** A shape with so many ascending values. */
  public static Shape ascending(int values) {
    return new Shape(Collections.nCopies(values + 1, false));
  }
}
