package io.refugium.database;

import io.refugium.database.catalog.Catalog;

/**
 * What the languages check once at the end of a transaction that changed the schema of a database
 * (spec: schema 2.4 step 4). Refusals are thrown as the language's own exceptions and abort the
 * transaction.
 */
public interface SchemaChecks {
  /**
   * Called for each database whose schema the transaction changed; may write schema documents, but
   * is not called again for them.
   *
   * @param before the schema as committed
   * @param after the schema as it will be
   */
  default void atEnd(Transaction transaction, Catalog before, Catalog after) {}

  /** For databases without languages: everything is fine. */
  SchemaChecks NONE = new SchemaChecks() {};
}
