package io.refugium.conformance.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The saved values of a running scenario, and how they are put into steps and expectations. */
final class Variables {

  private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9_]+)\\}");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Map<String, JsonNode> values = new HashMap<>();

  void put(String name, JsonNode value) {
    values.put(name, value);
  }

  void put(String name, String value) {
    values.put(name, StringNode.valueOf(value));
  }

  /** The value of a variable; null if there is none. */
  JsonNode get(String name) {
    return values.get(name);
  }

  /** A text with {@code ${name}} replaced; unknown names stay as they are. */
  String fill(String text) {
    return NAME.matcher(text)
        .replaceAll(
            match -> {
              JsonNode value = values.get(match.group(1));
              return Matcher.quoteReplacement(value == null ? match.group() : text(value));
            });
  }

  /** A value with all its texts and names filled, {@code $var} and {@code $repeat} resolved. */
  JsonNode fill(JsonNode value) {
    return switch (value) {
      case StringNode text -> StringNode.valueOf(fill(text.stringValue()));
      case ArrayNode array -> {
        ArrayNode filled = NODES.arrayNode();
        array.forEach(element -> filled.add(fill(element)));
        yield filled;
      }
      case ObjectNode object when isOnly(object, "$var") -> required(object.get("$var").asString());
      case ObjectNode object when isOnly(object, "$repeat") -> repeat(object.get("$repeat"));
      case ObjectNode object -> {
        ObjectNode filled = NODES.objectNode();
        object.forEachEntry((name, field) -> filled.set(fill(name), fill(field)));
        yield filled;
      }
      default -> value;
    };
  }

  /** True for {@code {"name": ...}} with nothing else. */
  static boolean isOnly(JsonNode object, String name) {
    return object.isObject() && object.size() == 1 && object.has(name);
  }

  /** A scalar as it stands in a text. */
  static String text(JsonNode value) {
    return value.isValueNode() ? value.asString() : value.toString();
  }

  private JsonNode required(String name) {
    JsonNode value = values.get(name);
    if (value == null) {
      throw new ScenarioFailure("no value was saved as " + name);
    }
    return value;
  }

  private JsonNode repeat(JsonNode parts) {
    var text = new StringBuilder();
    for (int i = 0; i < parts.size(); i += 2) {
      text.repeat(text(fill(parts.get(i))), parts.get(i + 1).asInt());
    }
    return StringNode.valueOf(text.toString());
  }
}
