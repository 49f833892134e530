package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Text;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.TransactionTime;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** How messages about a write call the type of a given value (schema specification, 4.5). */
final class ProvidedTypes {
  private ProvidedTypes() {}

  static String describe(Value value) {
    return switch (value) {
      case ArrayValue(List<Value> elements) ->
          elements.stream()
              .map(ProvidedTypes::describe)
              .collect(Collectors.joining(", ", "[", "]"));
      case ObjectValue object -> object(object);
      case TransactionTime ignored -> "Time";
      case LambdaValue ignored -> "Query";
      default -> Kind.of(value) == Kind.DOCUMENT ? "Document" : Kind.typeName(value);
    };
  }

  private static String object(ObjectValue object) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Value> field : object) {
      text.append(text.isEmpty() ? "{ " : ", ")
          .append(Text.key(field.getKey()))
          .append(": ")
          .append(describe(field.getValue()));
    }
    return text.isEmpty() ? "{}" : text.append(" }").toString();
  }
}
