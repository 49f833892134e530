package io.refugium.fql4.language;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects the errors of parts that all report: elements of an array, fields of an object, operands
 * of a function.
 */
public final class Failures {
  private Failures() {}

  /** The errors so far, null when there are none, and those of one more failure. */
  public static List<Fql4Error> add(List<Fql4Error> errors, Fql4Exception failure) {
    List<Fql4Error> all = errors == null ? new ArrayList<>() : errors;
    all.addAll(failure.errors());
    return all;
  }

  public static void throwIfAny(List<Fql4Error> errors) {
    if (errors != null && !errors.isEmpty()) {
      throw new Fql4Exception(errors);
    }
  }
}
