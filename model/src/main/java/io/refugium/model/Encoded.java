package io.refugium.model;

/**
 * The bytes of a stored array or object, tag included, inside those of the whole value.
 *
 * @param bytes the whole value, from its format byte on
 * @param scope the database that the references inside belong to
 */
@SuppressWarnings("ArrayRecordComponent") // a window on a shared buffer, never compared
record Encoded(byte[] bytes, int start, int length, long scope) {}
