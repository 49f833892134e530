package io.refugium.fql10.encode;

import io.refugium.model.TimeValue;
import tools.jackson.core.JsonGenerator;

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

  /**
   * Writes a result.
   *
   * @param time the time of the transaction
   */
  public void write(JsonGenerator json, Result result, TimeValue time) {
    switch (this) {
      case SIMPLE -> new SimpleWriter(json, time).write(result);
      case TAGGED -> new TaggedWriter(json, time).write(result);
      case DECORATED -> json.writeString(new DecoratedWriter(time).text(result));
    }
  }
}
