package io.refugium.fql10.request;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.encode.ResultFormat;
import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.source.QueryText;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The body of a query: a text with holes, the values of the holes, and arguments. Values are
 * decoded later, when it is known which database they refer to.
 */
public final class QueryBody {
  private static final String NOT_A_QUERY = "Invalid request body";

  private final Template template;
  private final Map<String, Json> arguments;

  private QueryBody(Template template, Map<String, Json> arguments) {
    this.template = template;
    this.arguments = arguments;
  }

  /**
   * Reads a body.
   *
   * @throws RequestFailure if it is none
   */
  public static QueryBody read(byte[] body) {
    if (body.length == 0) {
      throw RequestFailure.invalid("No request body provided");
    }
    Json json = JsonReader.read(body, NOT_A_QUERY);
    if (!(json instanceof Json.Struct(List<Map.Entry<String, Json>> members))) {
      throw RequestFailure.body("Unexpected JSON " + json.kind() + ".");
    }
    Map<String, Json> parts = new LinkedHashMap<>();
    members.forEach(member -> parts.put(member.getKey(), member.getValue()));
    if (!Set.of("query", "arguments").containsAll(parts.keySet()) || !parts.containsKey("query")) {
      throw RequestFailure.invalid(NOT_A_QUERY);
    }
    return new QueryBody(Template.of(parts.get("query")), arguments(parts.get("arguments")));
  }

  private static Map<String, Json> arguments(Json json) {
    return switch (json) {
      case null -> Map.of();
      case Json.Null() -> Map.of();
      case Json.Struct(List<Map.Entry<String, Json>> members) -> {
        Map<String, Json> arguments = new LinkedHashMap<>();
        members.forEach(member -> arguments.put(member.getKey(), member.getValue()));
        yield arguments;
      }
      default -> throw RequestFailure.body("Unexpected JSON " + json.kind() + ". Expected Object.");
    };
  }

  /** The text of the query. */
  public QueryText text() {
    return template.text();
  }

  /**
   * The arguments.
   *
   * @throws RequestFailure if one cannot be decoded
   */
  public Map<String, Value> arguments(Environment environment, ResultFormat format) {
    Map<String, Value> decoded = new LinkedHashMap<>();
    ValueDecoder decoder = new ValueDecoder(environment);
    arguments.forEach(
        (name, json) -> {
          try {
            decoded.put(
                name,
                format == ResultFormat.SIMPLE ? ValueDecoder.simple(json) : decoder.tagged(json));
          } catch (ValueDecoder.Malformed e) {
            throw RequestFailure.invalid("Invalid argument '" + name + "': " + e.getMessage());
          }
        });
    return decoded;
  }

  /**
   * The values of the holes.
   *
   * @param errors gets an entry for each value that cannot be decoded
   */
  public Value[] template(Environment environment, List<Diagnostic> errors) {
    ValueDecoder decoder = new ValueDecoder(environment);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < template.values().size(); i++) {
      try {
        values.add(decoder.tagged(template.values().get(i)));
      } catch (ValueDecoder.Malformed e) {
        errors.add(Diagnostic.error(e.getMessage(), template.text().holeSpan(i)));
      }
    }
    return values.toArray(Value[]::new);
  }
}
