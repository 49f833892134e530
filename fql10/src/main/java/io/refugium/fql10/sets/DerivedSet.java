package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.SetValue;
import io.refugium.model.Value;
import java.util.List;

/** A set made from another one: what it does not say itself is as in its source. */
interface DerivedSet extends SetValue {
  SetValue source();

  @Override
  default List<Value> parts() {
    return List.of(source());
  }

  @Override
  default int pageSize() {
    return source().pageSize();
  }

  @Override
  default boolean isUnbounded() {
    return source().isUnbounded();
  }
}
