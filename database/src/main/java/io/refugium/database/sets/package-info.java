/**
 * Sets as both languages know them: immutable {@link io.refugium.database.sets.SetPlan plans} that
 * describe which entries, and {@link io.refugium.database.sets.EntryCursor cursors} that walk over
 * them lazily, in order or against it, from any position, at any time (spec: fql4 7 and 11.3,
 * schema 6.5 and 6.6).
 *
 * <p>Nothing here knows who asks: plans are admitted and filtered by the access layer before they
 * are opened.
 */
package io.refugium.database.sets;
