package io.refugium.fql10.encode;

import io.refugium.model.JsonBuffer;

/** The formats of results (language specification, section 9.2). */
public enum ResultFormat {
  SIMPLE("simple"),
  TAGGED("tagged"),
  DECORATED("decorated");

  private final String wire;

  ResultFormat(String wire) {
    this.wire = wire;
  }

  /** The format of this name; null if there is none. */
  public static ResultFormat named(String name) {
    for (ResultFormat format : values()) {
      if (format.wire.equals(name)) {
        return format;
      }
    }
    return null;
  }

  /** Writes results in this format. */
  Notation notation(JsonBuffer out) {
    return switch (this) {
      case SIMPLE -> new SimpleNotation(out);
      case TAGGED -> new TaggedNotation(out);
      case DECORATED -> new DecoratedNotation(out);
    };
  }
}
