package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.SetValue;

/** A set made from another one: what it does not say itself is as in its source. */
interface DerivedSet extends SetValue {
  SetValue source();

  @Override
  default int pageSize() {
    return source().pageSize();
  }

  @Override
  default boolean isUnbounded() {
    return source().isUnbounded();
  }
}
