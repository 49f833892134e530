package io.refugium.database.sets;

import io.refugium.model.Value;
import java.util.List;

/**
 * A gap between the entries of a set, in its order: before or after everything that begins with
 * these components. The components of an entry are its values and then its document.
 *
 * <p>Fewer components than an entry has are a prefix, none are the start or the end, further ones
 * mean nothing. In the place of the document there may be another value: it stands before or after
 * all documents, as it sorts against references.
 */
public record Bound(List<Value> components, Edge edge) {
  /** Before the first entry. */
  public static final Bound START = before(List.of());

  /** After the last entry. */
  public static final Bound END = after(List.of());

  /** Which side of the entries named. */
  public enum Edge {
    BEFORE,
    AFTER;

    Edge opposite() {
      return this == BEFORE ? AFTER : BEFORE;
    }
  }

  /** The gap before all entries that begin so. */
  public static Bound before(List<Value> components) {
    return new Bound(components, Edge.BEFORE);
  }

  /** The gap after all entries that begin so. */
  public static Bound after(List<Value> components) {
    return new Bound(components, Edge.AFTER);
  }

  /** The same gap as somebody sees it who walks in the opposite order. */
  Bound reversed() {
    return new Bound(components, edge.opposite());
  }
}
