package io.refugium.access;

import io.refugium.model.ObjectValue;

/**
 * What an update or replacement makes of a document, as predicates see it and as it is to be
 * stored.
 *
 * @param after the fields as they will be, before validation: what v10 predicates see as {@code
 *     new}
 * @param patched the stored fields patched with the given ones: what v4 predicates see as {@code
 *     new}, for a replacement too
 * @param preparation the fields to store
 */
public record Change(ObjectValue after, ObjectValue patched, Preparation preparation) {
  /** An update, for which both languages see the same. */
  public static Change update(ObjectValue after, Preparation preparation) {
    return new Change(after, after, preparation);
  }
}
