package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads JSON into plain values: objects, arrays and scalars, nothing interpreted. The first of
 * several equal keys wins; integers must fit 64 bits; what follows the first value is not looked at
 * (spec: FQL v4, 1.1, 3.1, 8.3). Thread-safe.
 */
public final class JsonReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  // One level of slack: the reader itself counts, and answers with the error of the
                  // specification.
                  .maxNestingDepth(Limits.JSON_DEPTH + 1)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private JsonReader() {}

  /**
   * The first JSON value of a body.
   *
   * @throws Fql4Exception when there is none, it is not JSON or nested too deeply
   */
  public static Value read(byte[] body) {
    try (JsonParser parser = parser(body)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw Errors.noQuery();
      }
      return value(parser, first, 0);
    } catch (StreamConstraintsException tooDeep) {
      throw tooDeep.getMessage().contains("nesting") ? Errors.nestedTooDeeply() : Errors.notJson();
    } catch (JacksonException malformed) {
      throw Errors.notJson();
    }
  }

  /** The tokens of a body. */
  static JsonParser parser(byte[] body) {
    return FACTORY.createParser(ObjectReadContext.empty(), body);
  }

  private static Value value(JsonParser parser, JsonToken token, int depth) {
    return switch (token) {
      case START_OBJECT -> object(parser, deeper(depth));
      case START_ARRAY -> array(parser, deeper(depth));
      default -> scalar(parser, token);
    };
  }

  /**
   * The value of a token that is neither an array nor an object.
   *
   * @throws Fql4Exception when it is an integer of more than 64 bits
   */
  static Value scalar(JsonParser parser, JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> new StringValue(parser.getString());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> new DoubleValue(Double.parseDouble(parser.getString()));
      case VALUE_TRUE -> BooleanValue.TRUE;
      case VALUE_FALSE -> BooleanValue.FALSE;
      case VALUE_NULL -> NullValue.NULL;
      default -> throw Errors.notJson();
    };
  }

  private static int deeper(int depth) {
    if (depth >= Limits.JSON_DEPTH) {
      throw Errors.nestedTooDeeply();
    }
    return depth + 1;
  }

  private static Value integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> new LongValue(parser.getLongValue());
      default -> throw Errors.notJson();
    };
  }

  private static Value array(JsonParser parser, int depth) {
    List<Value> elements = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      elements.add(value(parser, present(token), depth));
    }
    return new ArrayValue(elements);
  }

  private static Value object(JsonParser parser, int depth) {
    ObjectValue.Builder fields = ObjectValue.builder();
    java.util.Set<String> seen = null;
    String only = null;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_OBJECT;
        token = parser.nextToken()) {
      present(token);
      String name = parser.currentName();
      Value value = value(parser, present(parser.nextToken()), depth);
      if (only == null) {
        only = name;
      } else {
        if (seen == null) {
          seen = new java.util.HashSet<>();
          seen.add(only);
        }
        if (!seen.add(name)) {
          continue;
        }
      }
      fields.put(name, value);
    }
    return fields.build();
  }

  private static JsonToken present(JsonToken token) {
    if (token == null) {
      throw Errors.notJson();
    }
    return token;
  }
}
