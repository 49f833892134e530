package io.refugium.fql10.runtime;

import io.refugium.model.Value;

/**
 * The names that every query of a database can use without defining them (language specification,
 * section 5.1): the standard library, then collections, then functions of the user.
 */
@FunctionalInterface
public interface Globals {
  /** What a name means; Java's {@code null} if it means nothing. */
  Value find(String name);
}
