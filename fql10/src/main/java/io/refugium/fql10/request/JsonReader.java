package io.refugium.fql10.request;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads the JSON of a request body. Thread-safe. */
final class JsonReader {
  /** How deeply JSON may nest (language specification, section 10.4). */
  static final int MAX_DEPTH = 512;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonReader() {}

  /** The body ends where something has to follow. */
  private static final class Incomplete extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Incomplete() {
      super(null, null, false, false);
    }
  }

  /**
   * The one JSON value of a body.
   *
   * @param malformed what to say of a body that is no JSON
   * @throws RequestFailure if the body is something else
   */
  static Json read(byte[] body, String malformed) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      Json value = value(parser, present(parser.nextToken()));
      if (parser.nextToken() != null) {
        throw RequestFailure.invalid(malformed);
      }
      return value;
    } catch (StreamConstraintsException tooDeep) {
      throw tooDeep.getMessage().contains("nesting")
          ? RequestFailure.body("JSON exceeds nesting limit")
          : RequestFailure.body("JSON exceeds a limit of the parser");
    } catch (JacksonException | Incomplete other) {
      throw RequestFailure.invalid(malformed);
    }
  }

  private static Json value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> new Json.Text(parser.getString());
      case VALUE_NUMBER_INT -> new Json.IntegerNumber(parser.getString());
      case VALUE_NUMBER_FLOAT -> new Json.DecimalNumber(parser.getString());
      case VALUE_TRUE -> new Json.Truth(true);
      case VALUE_FALSE -> new Json.Truth(false);
      case VALUE_NULL -> new Json.Null();
      default -> throw RequestFailure.body("Unexpected token.");
    };
  }

  private static Json array(JsonParser parser) {
    List<Json> elements = new ArrayList<>();
    JsonToken token = present(parser.nextToken());
    while (token != JsonToken.END_ARRAY) {
      elements.add(value(parser, token));
      token = present(parser.nextToken());
    }
    return new Json.Array(elements);
  }

  private static Json object(JsonParser parser) {
    List<Map.Entry<String, Json>> members = new ArrayList<>();
    while (present(parser.nextToken()) != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.add(Map.entry(name, value(parser, present(parser.nextToken()))));
    }
    return new Json.Struct(members);
  }

  private static JsonToken present(JsonToken token) {
    if (token == null) {
      throw new Incomplete();
    }
    return token;
  }
}
