package io.refugium.model;

import java.util.List;

/**
 * A value that exists only while a query runs: sets, pages, document versions, functions, modules.
 * Each language has its own. The codec refuses them: a language converts or rejects them before it
 * writes.
 */
public non-sealed interface RuntimeValue extends Value {
  /** The values it is made of, so far as they are its size: see {@link ValueParts}. */
  default List<? extends Value> parts() {
    return List.of();
  }
}
