package io.refugium.access;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;

/**
 * What a language does between permission and write: defaults, validation, derived fields, hashing
 * of secrets. Runs only when the write is permitted; its refusals are the language's own exceptions
 * and pass through unchanged.
 */
@FunctionalInterface
public interface Preparation {
  /**
   * The complete top level fields to store.
   *
   * @param ref the document that will be written, with its id
   */
  ObjectValue prepare(Ref ref);

  /** Stores exactly these fields. */
  static Preparation of(ObjectValue fields) {
    return _ -> fields;
  }
}
