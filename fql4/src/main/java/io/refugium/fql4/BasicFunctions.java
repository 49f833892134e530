package io.refugium.fql4;

import static io.refugium.fql4.Kind.STRING;

/**
 * Forms of control that are functions (spec: FQL v4, 5.1). {@code let}, {@code if} and their like
 * are expressions of their own.
 */
final class BasicFunctions {
  private BasicFunctions() {}

  static void define(Library library) {
    library
        .define("abort", STRING)
        .as(
            call -> {
              throw Errors.aborted(call.position(), call.string(0));
            });
  }
}
