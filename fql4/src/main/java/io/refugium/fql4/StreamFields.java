package io.refugium.fql4;

import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Error;
import io.refugium.fql4.language.Fql4Exception;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The fields of events that a stream is asked for (spec: HTTP surface, 11.1). */
enum StreamFields {
  ACTION,
  DOCUMENT,
  DIFF,
  PREV,
  INDEX;

  /**
   * The fields that a request names.
   *
   * @param text names with commas between; empty for the usual ones
   * @throws Fql4Exception with an error for each name that is none
   */
  static Set<StreamFields> of(Optional<String> text) {
    if (text.isEmpty()) {
      return EnumSet.of(ACTION, DOCUMENT);
    }
    Set<StreamFields> fields = EnumSet.noneOf(StreamFields.class);
    List<Fql4Error> errors = new ArrayList<>();
    // Commas at the end count for nothing, but no name at all is a wrong one.
    for (String part : text.get().split(",")) {
      String name = part.strip();
      Optional<StreamFields> field = named(name);
      field.ifPresentOrElse(fields::add, () -> errors.add(Errors.badStreamField(name)));
    }
    if (!errors.isEmpty()) {
      throw new Fql4Exception(errors);
    }
    return fields;
  }

  private static Optional<StreamFields> named(String name) {
    for (StreamFields field : values()) {
      if (field.name().toLowerCase(Locale.ROOT).equals(name)) {
        return Optional.of(field);
      }
    }
    return Optional.empty();
  }
}
