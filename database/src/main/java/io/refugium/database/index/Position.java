package io.refugium.database.index;

import io.refugium.model.Ref;
import io.refugium.model.Value;
import java.util.List;

/**
 * A gap between the entries of an index in its order: before or after everything that begins with
 * the given values, and with the given document if there is one. Fewer values than the index has
 * are a prefix; no values are the start or the end.
 *
 * @param ref null, or the document, when all values are given
 * @param open whether the last value, if it is an array, stands for all arrays that begin like it
 */
public record Position(List<Value> values, Ref ref, Edge edge, boolean open) {
  /** Which side of the entries named. */
  public enum Edge {
    BEFORE,
    AFTER
  }

  /** The gap before all entries that begin so. */
  public static Position before(List<Value> values, Ref ref) {
    return new Position(values, ref, Edge.BEFORE, false);
  }

  /** The gap after all entries that begin so. */
  public static Position after(List<Value> values, Ref ref) {
    return new Position(values, ref, Edge.AFTER, false);
  }

  /** The gap before what begins so, where an array at the end is the beginning of arrays. */
  public static Position beforeOpen(List<Value> values) {
    return new Position(values, null, Edge.BEFORE, true);
  }

  /** The gap after what begins so, where an array at the end is the beginning of arrays. */
  public static Position afterOpen(List<Value> values) {
    return new Position(values, null, Edge.AFTER, true);
  }
}
