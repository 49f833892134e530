package io.refugium.database;

import io.refugium.model.Value;

/**
 * That a top level field of a user document, as stored under {@code data}, has a value or, where it
 * holds an array, has it among its elements.
 */
public record FieldMatch(String field, Value value) {}
