package io.refugium.fql10.runtime;

import java.util.function.Supplier;

/** The rights of some code of a query. */
@FunctionalInterface
public interface Rights {
  /**
   * Runs a body with these rights, if that code is waiting for the running code to end; otherwise
   * with those of the running code.
   */
  <T> T run(Supplier<T> body);
}
