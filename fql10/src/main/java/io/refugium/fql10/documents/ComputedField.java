package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.EffectLimit;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.model.Value;

/**
 * A field whose value is computed from the document each time it is read (schema specification,
 * section 4.7).
 */
record ComputedField(String name, Lambda body) {

  /** Its value for a document; reads only. */
  Value evaluate(QueryContext context, Value document) {
    return context.limited(
        EffectLimit.COMPUTED_FIELDS,
        () -> Calls.invoke(context, body, new Value[] {document}, null));
  }
}
