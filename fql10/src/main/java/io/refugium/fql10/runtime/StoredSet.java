package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/** A set whose elements come from the store: documents of a collection or entries of an index. */
public interface StoredSet extends SetValue {
  /** A storable description from which {@link Environment#storedSet} makes an equal set. */
  Value recipe();

  /** Why no event source can be made of it; null if one can. */
  String notStreamable();
}
