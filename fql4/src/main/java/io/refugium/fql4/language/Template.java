package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A request taken apart: its shape, which requests that differ only in literals share, and its
 * literals in the order of the text. Only the shape needs to be compiled.
 *
 * <p>A literal is a scalar that the parser would make a constant of, whatever its value; and the
 * decimal id of a document in an {@code @ref}. All other scalars (names of variables and
 * parameters, other {@code @} literals, what is quoted) are part of the shape. Two requests of one
 * shape therefore compile to the same program but for these constants. Where a form refuses any
 * scalar, the shape does not compile at all, and the request is compiled as it is, for its error.
 *
 * @param shape the tokens of the request, with a mark for each literal; of equal strings the
 *     requests have equal shapes
 * @param literals their values
 */
record Template(String shape, List<Value> literals) {
  /** Keys under which scalars mean something to the parser, beside those that begin with @. */
  private static final Set<String> OPAQUE_KEYS = Set.of("var", "lambda", "query", "quote");

  private static final int MAX_ID_DIGITS = 18;

  /** What a scalar is, by where it stands. */
  private enum Context {
    /** An expression: a scalar is a literal. */
    EXPRESSION,
    /** The payload of an {@code @ref}. */
    REF,
    /** The id in it: digits are a literal. */
    ID,
    /** Anything else: a scalar belongs to the shape. */
    OPAQUE;

    /** The context of a member of an object that stands here. */
    Context of(String key) {
      return switch (this) {
        case EXPRESSION -> {
          if (key.equals("@ref")) {
            yield REF;
          }
          yield key.startsWith("@") || OPAQUE_KEYS.contains(key) ? OPAQUE : EXPRESSION;
        }
        case REF -> key.equals("id") ? ID : OPAQUE;
        case ID, OPAQUE -> OPAQUE;
      };
    }

    /** The context of the elements of an array that stands here. */
    Context ofElements() {
      return this == EXPRESSION ? EXPRESSION : OPAQUE;
    }

    boolean isLiteral(Value scalar) {
      return switch (this) {
        case EXPRESSION -> true;
        case ID -> scalar instanceof StringValue(String text) && isDocumentId(text);
        case REF, OPAQUE -> false;
      };
    }
  }

  /** Digits as they are rendered: all of them valid ids. */
  private static boolean isDocumentId(String text) {
    if (text.isEmpty() || text.length() > MAX_ID_DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.charAt(0) != '0' || text.length() == 1;
  }

  // ---- Taking apart

  /** The template of a body in a version; null when it is not JSON. */
  static Template of(byte[] body, ApiVersion version) {
    try (JsonParser parser = JsonReader.parser(body)) {
      Reader reader = new Reader(parser);
      reader.shape.append((char) version.ordinal());
      reader.value(parser.nextToken(), Context.EXPRESSION);
      return new Template(reader.shape.toString(), reader.literals);
    } catch (JacksonException | Fql4Exception _) {
      return null;
    }
  }

  /** Reads tokens: each is written so that no two sequences of them have the same shape. */
  private static final class Reader {
    private final JsonParser parser;
    private final StringBuilder shape = new StringBuilder(256);
    private final List<Value> literals = new ArrayList<>();

    Reader(JsonParser parser) {
      this.parser = parser;
    }

    void value(JsonToken token, Context context) {
      switch (token) {
        case null -> throw Errors.notJson();
        case START_OBJECT -> object(context);
        case START_ARRAY -> array(context);
        default -> scalar(token, context);
      }
    }

    private void object(Context context) {
      shape.append('{');
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        text('k', key);
        value(parser.nextToken(), context.of(key));
      }
      shape.append('}');
    }

    private void array(Context context) {
      shape.append('[');
      Context elements = context.ofElements();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        value(token, elements);
      }
      shape.append(']');
    }

    private void scalar(JsonToken token, Context context) {
      Value value = JsonReader.scalar(parser, token);
      if (context.isLiteral(value)) {
        literals.add(value);
        shape.append('?');
      } else {
        text(token == JsonToken.VALUE_STRING ? 's' : 'v', parser.getString());
      }
    }

    private void text(char kind, String text) {
      shape.append(kind).append((char) text.length()).append(text);
    }
  }

  // ---- Punching

  /**
   * The JSON of this request with a hole for each literal; null when the literals are not those of
   * the template, because an object repeats a key.
   */
  Value punched(Value json) {
    List<Value> found = new ArrayList<>(literals.size());
    Value punched = punched(json, Context.EXPRESSION, found);
    return found.equals(literals) ? punched : null;
  }

  private static Value punched(Value json, Context context, List<Value> found) {
    return switch (json) {
      case ArrayValue array -> {
        List<Value> elements = new ArrayList<>(array.size());
        for (Value element : array.values()) {
          elements.add(punched(element, context.ofElements(), found));
        }
        yield new ArrayValue(elements);
      }
      case ObjectValue object -> {
        ObjectValue.Builder fields = ObjectValue.builder();
        object.forEach(
            field ->
                fields.put(
                    field.getKey(), punched(field.getValue(), context.of(field.getKey()), found)));
        yield fields.build();
      }
      default -> {
        if (!context.isLiteral(json)) {
          yield json;
        }
        found.add(json);
        yield new Hole(found.size() - 1);
      }
    };
  }
}
