package io.refugium.access.jwt;

import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** JSON as its parser left it, as values. */
final class JsonValues {
  private JsonValues() {}

  static ObjectValue object(Map<?, ?> json) {
    ObjectValue.Builder object = ObjectValue.builder();
    json.forEach((name, member) -> object.put((String) name, value(member)));
    return object.build();
  }

  private static Value value(Object json) {
    return switch (json) {
      case null -> NullValue.NULL;
      case Boolean flag -> BooleanValue.of(flag);
      case String text -> new StringValue(text);
      case Map<?, ?> members -> object(members);
      case List<?> elements -> new ArrayValue(elements.stream().map(JsonValues::value).toList());
      case Number number -> number(number);
      default -> throw new IllegalArgumentException("not JSON: " + json.getClass());
    };
  }

  private static Value number(Number number) {
    try {
      return new LongValue(new BigDecimal(number.toString()).longValueExact());
    } catch (ArithmeticException notAnInteger) {
      return new DoubleValue(number.doubleValue());
    }
  }
}
