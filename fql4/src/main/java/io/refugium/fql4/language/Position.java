package io.refugium.fql4.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A path of wire keys and array indexes from the root of an expression to a part of it (spec: FQL
 * v4, 12.1). Immutable; shares its beginning.
 */
public final class Position {
  /** The expression as a whole. */
  public static final Position ROOT = new Position(null, null);

  private final Position parent;
  private final Object key;

  private Position(Position parent, Object key) {
    this.parent = parent;
    this.key = key;
  }

  public Position at(String key) {
    return new Position(this, key);
  }

  public Position at(int index) {
    return new Position(this, index);
  }

  /** Where the enclosing expression is; the root for the root. */
  Position parent() {
    return parent == null ? this : parent;
  }

  /** The innermost key or index; null for the root. */
  Object lastKey() {
    return key;
  }

  /** The keys as strings and the indexes as integers, outermost first. */
  public List<Object> path() {
    List<Object> path = new ArrayList<>();
    for (Position p = this; p.parent != null; p = p.parent) {
      path.add(p.key);
    }
    Collections.reverse(path);
    return path;
  }

  @Override
  public String toString() {
    return path().toString();
  }
}
