package io.refugium.conformance.scenario;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/**
 * An answer over HTTP.
 *
 * @param headers by name in lower case; empty where the transport does not tell them
 */
record Exchange(int status, Map<String, String> headers, String text) {

  /** The body as JSON: null if there is none, a string if it is something else. */
  JsonNode body() {
    if (text.isEmpty()) {
      return NullNode.getInstance();
    }
    try {
      return Scenario.JSON.readTree(text);
    } catch (JacksonException e) {
      return StringNode.valueOf(text);
    }
  }
}
