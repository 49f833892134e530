package io.refugium.fql10.documents;

import io.refugium.database.Catalog;
import io.refugium.fql10.runtime.DocumentErrors;

/** What is checked once, at the end of a query that wrote schema (schema spec. 2.4, step 4). */
public final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * Checks the schema as the query leaves it.
   *
   * @throws io.refugium.fql10.runtime.QueryFailure {@code invalid_schema} at the last schema write
   */
  public static void check(StoredDocuments documents) {
    if (documents.lastSchemaWrite() == null) {
      return;
    }
    Catalog catalog = documents.session().pendingCatalog();
    SchemaRules.checkWhole(catalog)
        .ifPresent(
            errors -> {
              throw DocumentErrors.invalidSchema(errors).at(documents.lastSchemaWrite());
            });
  }
}
