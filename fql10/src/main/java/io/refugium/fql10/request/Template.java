package io.refugium.fql10.request;

import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A query template, assembled to one text with holes for its values (language specification,
 * section 10.1).
 *
 * @param values the values of the holes in textual order, still encoded
 */
record Template(QueryText text, List<Json> values) {
  private static final String ONE_KEY =
      " Expected an object with a single key 'fql', 'value', 'array', or 'object'.";

  /** Assembles a template. */
  static Template of(Json json) {
    Assembly assembly = new Assembly();
    assembly.append(part(json), false);
    int[] holes = assembly.holes.stream().mapToInt(Integer::intValue).toArray();
    return new Template(
        QueryText.of(Source.query(assembly.text.toString()), holes), assembly.values);
  }

  private sealed interface Part {
    record Fql(String text) implements Part {}

    record Sequence(List<Part> parts) implements Part {}

    record Value(Json json) implements Part {}

    record Array(List<Part> elements) implements Part {}

    record Struct(List<Map.Entry<String, Part>> fields) implements Part {}
  }

  private static Part part(Json json) {
    return switch (json) {
      case Json.Text(String text) -> new Part.Fql(text);
      case Json.Struct(List<Map.Entry<String, Json>> members) -> tagged(members);
      default ->
          throw RequestFailure.body(
              "Unexpected JSON " + json.kind() + ". Expected query template.");
    };
  }

  private static Part tagged(List<Map.Entry<String, Json>> members) {
    if (members.isEmpty()) {
      throw RequestFailure.body("Unexpected JSON Object End.");
    }
    if (members.size() > 1) {
      throw RequestFailure.body("Unexpected JSON Object Field Name." + ONE_KEY);
    }
    Json content = members.getFirst().getValue();
    return switch (members.getFirst().getKey()) {
      case "fql" -> sequence(elements(content));
      case "value" -> new Part.Value(content);
      case "array" -> array(elements(content).stream().map(Template::part).toList());
      case "object" -> struct(content);
      default -> throw RequestFailure.body("Unexpected JSON Object Field Name." + ONE_KEY);
    };
  }

  private static Part sequence(List<Json> fragments) {
    List<Part> parts = new ArrayList<>(fragments.size());
    for (Json fragment : fragments) {
      parts.add(fragment(fragment));
    }
    return new Part.Sequence(parts);
  }

  private static Part fragment(Json json) {
    if (json instanceof Json.Text(String text) && text.indexOf('\0') >= 0) {
      throw RequestFailure.body("FQL strings cannot contain NUL characters");
    }
    return part(json);
  }

  private static List<Json> elements(Json content) {
    if (content instanceof Json.Array(List<Json> elements)) {
      return elements;
    }
    throw RequestFailure.body("Unexpected JSON " + content.kind() + ".");
  }

  private static Part array(List<Part> elements) {
    if (!elements.stream().allMatch(Part.Value.class::isInstance)) {
      return new Part.Array(elements);
    }
    return new Part.Value(
        new Json.Array(elements.stream().map(element -> ((Part.Value) element).json()).toList()));
  }

  private static Part struct(Json content) {
    if (!(content instanceof Json.Struct(List<Map.Entry<String, Json>> members))) {
      throw RequestFailure.body("Unexpected JSON " + content.kind() + ".");
    }
    List<Map.Entry<String, Part>> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, Json> member : members) {
      if (!names.add(member.getKey())) {
        throw RequestFailure.body("Duplicate object field `" + member.getKey() + "`");
      }
      fields.add(Map.entry(member.getKey(), part(member.getValue())));
    }
    if (!fields.stream().allMatch(field -> field.getValue() instanceof Part.Value)) {
      return new Part.Struct(fields);
    }
    Json value =
        new Json.Struct(
            fields.stream()
                .map(field -> Map.entry(field.getKey(), ((Part.Value) field.getValue()).json()))
                .toList());
    return new Part.Value(new Json.Struct(List.of(Map.entry("@object", value))));
  }

  /** The text so far. */
  private static final class Assembly {
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> holes = new ArrayList<>();
    private final List<Json> values = new ArrayList<>();

    /**
     * Appends a part.
     *
     * @param nested whether it is an element, which must stay one expression
     */
    void append(Part part, boolean nested) {
      switch (part) {
        case Part.Fql(String fql) -> text.append(nested ? "(" + fql + ")" : fql);
        case Part.Sequence(List<Part> parts) -> {
          text.append(nested ? "(" : "");
          parts.forEach(inner -> append(inner, false));
          text.append(nested ? ")" : "");
        }
        case Part.Value(Json json) -> {
          holes.add(text.length());
          values.add(json);
          text.append(QueryText.PLACEHOLDER);
        }
        case Part.Array(List<Part> elements) -> {
          text.append('[');
          for (int i = 0; i < elements.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            append(elements.get(i), true);
          }
          text.append(']');
        }
        case Part.Struct(List<Map.Entry<String, Part>> fields) -> struct(fields);
      }
    }

    private void struct(List<Map.Entry<String, Part>> fields) {
      String separator = "{ ";
      for (Map.Entry<String, Part> field : fields) {
        text.append(separator).append(Text.quote(field.getKey())).append(": ");
        append(field.getValue(), true);
        separator = ", ";
      }
      text.append(" }");
    }
  }
}
