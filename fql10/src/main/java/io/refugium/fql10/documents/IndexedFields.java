package io.refugium.fql10.documents;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.Optional;

/**
 * Computed fields as indexes see them (schema specification, section 4.7): computed from the stored
 * fields alone, without any effect; whatever goes wrong means that there is no value. Thread-safe.
 */
public final class IndexedFields {
  private static final EffectLimit INDEXES = new EffectLimit(Effect.PURE, "indexes");

  private IndexedFields() {}

  /** The value of a computed field, or null for none. */
  public static Value value(
      QueryContext context,
      Schema schema,
      CollectionDef collection,
      String field,
      Document document) {
    Optional<ComputedField> computed = schema.shapeOf(collection.id()).computedField(field);
    if (computed.isEmpty()) {
      return null;
    }
    try {
      Value value =
          context.limited(
              INDEXES,
              () ->
                  Calls.invoke(
                      context, computed.get().body(), new Value[] {plain(document)}, null));
      return Storable.orNull(value);
    } catch (QueryFailure | StackOverflowError noValue) {
      return null;
    }
  }

  /** The document as an object, so that using it is no read. */
  private static Value plain(Document document) {
    ObjectValue.Builder fields = document.data().toBuilder();
    fields.put(FieldNames.ID, new IdValue(document.ref().id()));
    if (document.get(FieldNames.TTL) != null) {
      fields.put(FieldNames.TTL, document.get(FieldNames.TTL));
    }
    return fields.build();
  }
}
