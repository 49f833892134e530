package io.refugium.conformance.scenario;

import tools.jackson.databind.JsonNode;

/** JSON pointers as scenarios write them: {@code /data/0/name}. */
final class Pointers {

  private Pointers() {}

  /** The value at a pointer; null if there is none. */
  static JsonNode at(JsonNode value, String pointer) {
    JsonNode found = value;
    for (String part : pointer.split("/")) {
      if (!part.isEmpty() && found != null) {
        found =
            found.isArray()
                ? found.get(Integer.parseInt(part))
                : found.get(part.replace("~1", "/").replace("~0", "~"));
      }
    }
    return found;
  }
}
