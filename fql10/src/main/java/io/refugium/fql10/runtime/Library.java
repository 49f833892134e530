package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/** The members of values, by kind. */
public interface Library {
  /** The methods and properties of a value that is neither an object, a document nor a module. */
  Members membersOf(Value value);
}
