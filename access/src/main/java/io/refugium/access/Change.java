package io.refugium.access;

import io.refugium.model.ObjectValue;

/**
 * What an update or replacement makes of a document, as predicates see it and as it is to be
 * stored.
 *
 * @param after the fields as they will be, before validation: what v10 predicates see as {@code
 *     new}
 * @param patched the stored fields patched with the given ones: what v4 predicates see as {@code
 *     new}, for a replacement by v4 too
 * @param preparation the fields to store
 */
public record Change(ObjectValue after, ObjectValue patched, Preparation preparation) {
  /** A change that predicates of both languages see as it is. */
  public static Change exactly(ObjectValue after, Preparation preparation) {
    return new Change(after, after, preparation);
  }
}
