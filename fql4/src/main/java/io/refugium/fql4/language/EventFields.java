package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.Value;

/** What {@code select} finds in an event (spec: FQL v4, 6.2). */
public final class EventFields {
  private EventFields() {}

  /** A member of an event, or null. */
  public static Value get(EventValue event, String name) {
    return switch (name) {
      case "ts" -> event.ts();
      case "action" -> event.action();
      case "document", "instance", "resource" -> event.document();
      case "data" -> data(event);
      default -> event.diff() == null ? null : event.diff().get(name);
    };
  }

  /**
   * The {@code data} of an event: of a document the change of its data, of a set the covered
   * values, a lone one unwrapped.
   */
  public static Value data(EventValue event) {
    if (event.values() == null) {
      Value data = event.diff() == null ? null : event.diff().get("data");
      return data == null ? NullValue.NULL : data;
    }
    return event.values().size() == 1 ? event.values().getFirst() : new ArrayValue(event.values());
  }
}
