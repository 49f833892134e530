package io.refugium.fql4;

import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;

/** The {@code source} field of an index document. */
final class Sources {
  private Sources() {}

  /**
   * The field with both words, {@code class} and {@code collection}, in each source object: either
   * may be selected.
   */
  static Value withSynonyms(Value source) {
    return switch (source) {
      case ArrayValue array ->
          new ArrayValue(array.values().stream().map(Sources::withSynonyms).toList());
      case ObjectValue object when object.has("collection") ->
          object.with("class", object.get("collection"));
      case null -> null;
      default -> source;
    };
  }
}
