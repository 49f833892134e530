package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * A user-defined role as one version of the schema defines it; access compiles it (spec: access 5).
 */
public record RoleDef(Document document) implements Definition {
  @Override
  public String name() {
    return CollectionDef.Fields.string(document.fields(), "name");
  }

  /** The entries of {@code privileges}, also when a single one was written without an array. */
  public List<ObjectValue> privileges() {
    return entries("privileges");
  }

  /** The entries of {@code membership}. */
  public List<ObjectValue> membership() {
    return entries("membership");
  }

  private List<ObjectValue> entries(String field) {
    Value value = document.get(field);
    return switch (value) {
      case ObjectValue entry -> List.of(entry);
      case ArrayValue(List<Value> entries) ->
          entries.stream()
              .filter(ObjectValue.class::isInstance)
              .map(ObjectValue.class::cast)
              .toList();
      case null, default -> List.of();
    };
  }
}
