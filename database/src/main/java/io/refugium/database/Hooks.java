package io.refugium.database;

import io.refugium.database.catalog.FieldFunctions;

/** What the database asks of the languages; they implement it and the command line wires it. */
public record Hooks(
    FieldFunctions fieldFunctions, DocumentChecks documentChecks, SchemaChecks schemaChecks) {
  /** No languages. */
  public static final Hooks NONE =
      new Hooks(FieldFunctions.NONE, DocumentChecks.NONE, SchemaChecks.NONE);
}
