package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.STRING;

import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;

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
