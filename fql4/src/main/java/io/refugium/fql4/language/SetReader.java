package io.refugium.fql4.language;

import io.refugium.model.Value;
import java.util.Iterator;

/**
 * Reads sets at the valid time in force. A set is a {@link SetValue} or a ref that stands for one.
 */
public interface SetReader {
  /**
   * What a client sees of each entry, in order: the ref, the value, or an array of the values.
   * Events sets give events.
   *
   * @param denied where to report that the caller may not read the set
   */
  Iterator<Value> elements(Value set, Position denied);

  /** The last element, or null when there is none. */
  Value last(Value set, Position denied);

  /** Whether no entry is there that the caller may read and whose first one exists. */
  boolean isEmpty(Value set, Position denied);
}
