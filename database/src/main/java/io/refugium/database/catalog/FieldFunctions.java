package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * What indexes need of the languages: functions that compute a term or a value from a document.
 * Implementations are pure, do not fail and are thread-safe: whatever goes wrong inside counts as
 * "no value" (spec: fql4 10.3, schema 4.7).
 */
public interface FieldFunctions {
  /**
   * The result of a v4 binding for a document, or null for no value.
   *
   * @param catalog the schema in force for the write
   */
  Value binding(Catalog catalog, LambdaValue function, Document document);

  /** The value of a computed v10 field of a document, or null for no value. */
  Value computedField(Catalog catalog, CollectionDef collection, String field, Document document);

  /**
   * The fields of a stored document in the shape that migrations give it.
   *
   * @param catalog the schema that the collection belongs to
   * @param migrations of the collection, oldest first; each an object with {@code steps}
   */
  default ObjectValue migrate(
      Catalog catalog, CollectionDef collection, List<Value> migrations, ObjectValue fields) {
    return fields;
  }

  /** For databases without languages: nothing has a value. */
  FieldFunctions NONE =
      new FieldFunctions() {
        @Override
        public Value binding(Catalog catalog, LambdaValue function, Document document) {
          return null;
        }

        @Override
        public Value computedField(
            Catalog catalog, CollectionDef collection, String field, Document document) {
          return null;
        }
      };
}
