package io.refugium.conformance.scenario;

import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers without what is never part of an expectation: values that differ from run to run, and
 * statistics.
 */
final class Settled {

  private static final Set<String> VOLATILE =
      Set.of(
          "txn_ts",
          "query_time_ms",
          "schema_version",
          "contention_retries",
          "storage_bytes_read",
          "storage_bytes_write",
          "rate_limits_hit",
          "txn_time");
  private static final Set<String> LEFT_OUT = Set.of("stats", "performance_hints");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Settled() {}

  static JsonNode of(JsonNode value) {
    return switch (value) {
      case ArrayNode array -> {
        ArrayNode settled = NODES.arrayNode();
        array.forEach(element -> settled.add(of(element)));
        yield settled;
      }
      case ObjectNode object -> {
        ObjectNode settled = NODES.objectNode();
        object.forEachEntry(
            (name, field) -> {
              if (VOLATILE.contains(name)) {
                settled.put(name, "<any>");
              } else if (!LEFT_OUT.contains(name)) {
                settled.set(name, of(field));
              }
            });
        yield settled;
      }
      default -> value;
    };
  }
}
