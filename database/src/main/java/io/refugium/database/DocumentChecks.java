package io.refugium.database;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.document.Document;

/**
 * What the languages check whenever a user document is written, whichever language writes it: field
 * types before, check constraints after (spec: schema 4.5, 5.2). Refusals are thrown as the
 * language's own exceptions and pass through unchanged.
 */
public interface DocumentChecks {
  /** Called before anything is written: {@code after} is the complete document as it will be. */
  default void beforeWrite(
      Transaction transaction, CollectionDef collection, Document before, Document after) {}

  /**
   * Called when the document and its index entries are visible to the transaction. Not called for
   * deletions.
   */
  default void afterWrite(
      Transaction transaction, CollectionDef collection, Document before, Document after) {}

  /** For databases without languages: everything is fine. */
  DocumentChecks NONE = new DocumentChecks() {};
}
