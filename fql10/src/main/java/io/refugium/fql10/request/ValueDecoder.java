package io.refugium.fql10.request;

import io.refugium.fql10.runtime.Environment;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.Numbers;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.BytesValue;
import io.refugium.model.DateValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.TimeText;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Decodes the values of a request (language specification, sections 10.2 and 10.3). */
final class ValueDecoder {
  private final Environment environment;

  ValueDecoder(Environment environment) {
    this.environment = environment;
  }

  /** A value that cannot be decoded; the message is for the client. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message, null, false, false);
    }
  }

  /** A value of the simple format: plain JSON. */
  static Value simple(Json json) {
    return switch (json) {
      case Json.Null() -> nothing();
      case Json.Truth(boolean truth) -> BooleanValue.of(truth);
      case Json.IntegerNumber(String digits) -> integer(digits);
      case Json.DecimalNumber(String text) -> new DoubleValue(Double.parseDouble(text));
      case Json.Text(String text) -> new StringValue(text);
      case Json.Array(List<Json> elements) ->
          new ArrayValue(elements.stream().map(ValueDecoder::simple).toList());
      case Json.Struct(List<Map.Entry<String, Json>> members) -> {
        ObjectValue.Builder fields = ObjectValue.builder();
        members.forEach(member -> fields.put(member.getKey(), simple(member.getValue())));
        yield fields.build();
      }
    };
  }

  /**
   * A value of the tagged format.
   *
   * @throws Malformed if it is none
   */
  Value tagged(Json json) {
    return switch (json) {
      case Json.Null() -> nothing();
      case Json.Truth(boolean truth) -> BooleanValue.of(truth);
      case Json.IntegerNumber ignored -> throw new Malformed("numbers must be tagged");
      case Json.DecimalNumber ignored -> throw new Malformed("numbers must be tagged");
      case Json.Text(String text) -> new StringValue(text);
      case Json.Array(List<Json> elements) -> array(elements);
      case Json.Struct(List<Map.Entry<String, Json>> members) -> object(members);
    };
  }

  private static Value nothing() {
    return Null.of(NullCause.LITERAL);
  }

  private static Value integer(String digits) {
    Long number = Numbers.parseDecimal(digits);
    return number == null ? new DoubleValue(Double.parseDouble(digits)) : new LongValue(number);
  }

  private Value array(List<Json> elements) {
    List<Value> values = new ArrayList<>(elements.size());
    for (Json element : elements) {
      values.add(tagged(element));
    }
    return new ArrayValue(values);
  }

  private Value object(List<Map.Entry<String, Json>> members) {
    if (!isTagged(members)) {
      return fields(members);
    }
    if (members.size() > 1) {
      throw new Malformed("too many keys in tagged value");
    }
    return tagged(members.getFirst().getKey(), members.getFirst().getValue());
  }

  private static boolean isTagged(List<Map.Entry<String, Json>> members) {
    for (Map.Entry<String, Json> member : members) {
      if (member.getKey().startsWith("@")) {
        return true;
      }
    }
    return false;
  }

  private Value fields(List<Map.Entry<String, Json>> members) {
    ObjectValue.Builder fields = ObjectValue.builder();
    for (Map.Entry<String, Json> member : members) {
      fields.put(member.getKey(), tagged(member.getValue()));
    }
    return fields.build();
  }

  private Value tagged(String tag, Json content) {
    return switch (tag) {
      case "@int" -> {
        Long number = Numbers.parseDecimal(text(tag, content));
        yield new LongValue(
            orMalformed(
                number != null && (int) (long) number == number ? number : null,
                "invalid integer"));
      }
      case "@long" ->
          new LongValue(orMalformed(Numbers.parseDecimal(text(tag, content)), "invalid long"));
      case "@double" -> floating(text(tag, content));
      case "@time" -> {
        Instant time = TimeText.parseTime(text(tag, content));
        yield new TimeValue(orMalformed(time, "invalid time"));
      }
      case "@date" -> {
        LocalDate date = TimeText.parseDate(text(tag, content));
        yield new DateValue(orMalformed(date, "invalid date"));
      }
      case "@bytes" -> bytes(text(tag, content));
      case "@mod" -> module(text(tag, content));
      case "@doc", "@ref" -> document(tag, content);
      case "@object" -> {
        if (content instanceof Json.Struct(List<Map.Entry<String, Json>> members)) {
          yield fields(members);
        }
        throw new Malformed("@object requires an object value");
      }
      default -> throw new Malformed("invalid tag '" + tag + "'");
    };
  }

  private static <T> T orMalformed(T decoded, String message) {
    if (decoded == null) {
      throw new Malformed(message);
    }
    return decoded;
  }

  private static String text(String tag, Json content) {
    if (content instanceof Json.Text(String text)) {
      return text;
    }
    throw new Malformed(tag + " requires a string value");
  }

  private static Value floating(String text) {
    try {
      return new DoubleValue(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new Malformed("invalid double");
    }
  }

  private static Value bytes(String text) {
    try {
      return new BytesValue(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new Malformed("invalid bytes");
    }
  }

  private Module module(String name) {
    if (environment.globals().find(name) instanceof Module module) {
      return module;
    }
    throw new Malformed("no such module '" + name + "'");
  }

  private Value document(String tag, Json content) {
    return switch (content) {
      case Json.Text(String legacy) -> legacyDocument(legacy);
      case Json.Struct(List<Map.Entry<String, Json>> members) -> document(tag, members);
      default -> throw new Malformed(tag + " requires an object value");
    };
  }

  private Value document(String tag, List<Map.Entry<String, Json>> members) {
    Json coll = orMalformed(member(members, "coll"), tag + " field 'coll' is required");
    if (!isTaggedModule(coll) || !(tagged(coll) instanceof Module module)) {
      throw new Malformed(tag + " field 'coll' requires a module value");
    }
    boolean named = environment.documents().isNamed(module);
    String field = named ? "name" : "id";
    Json key = orMalformed(member(members, field), tag + " field '" + field + "' is required");
    if (!(key instanceof Json.Text(String text))) {
      throw new Malformed(tag + " field '" + field + "' requires a string value");
    }
    if (named) {
      return environment
          .documents()
          .byName(module, text)
          .orElseThrow(() -> new Malformed("no such schema object '" + text + "'"));
    }
    Long id = orMalformed(Numbers.parseDecimal(text), tag + " field 'id' must be an integer");
    return environment.documents().byId(module, id);
  }

  private static boolean isTaggedModule(Json json) {
    return json instanceof Json.Struct(List<Map.Entry<String, Json>> members)
        && members.size() == 1
        && members.getFirst().getKey().equals("@mod");
  }

  private static Json member(List<Map.Entry<String, Json>> members, String name) {
    Json found = null;
    for (Map.Entry<String, Json> member : members) {
      if (member.getKey().equals(name)) {
        found = member.getValue();
      }
    }
    return found;
  }

  private Value legacyDocument(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new Malformed("doc id must be in the format <coll>:<id>");
    }
    String collection = text.substring(0, colon);
    String key = text.substring(colon + 1);
    if (!(environment.globals().find(collection) instanceof Module module)
        || module.collection() < 0) {
      throw new Malformed("no such collection '" + collection + "'");
    }
    if (environment.documents().isNamed(module)) {
      return environment
          .documents()
          .byName(module, key)
          .orElseThrow(() -> new Malformed("no such schema definition document '" + key + "'"));
    }
    Long id = orMalformed(Numbers.parseDecimal(key), "invalid document id '" + key + "'");
    return environment.documents().byId(module, id);
  }
}
