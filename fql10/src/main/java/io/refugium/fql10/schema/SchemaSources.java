package io.refugium.fql10.schema;

import io.refugium.access.Session;
import io.refugium.fql10.diagnostics.Diagnostic;
import java.util.List;

/**
 * The items of the schema that a transaction would leave, with their places in source files. FSL
 * implements it; without it items have no places.
 */
public interface SchemaSources {
  /**
   * What source files say.
   *
   * @param errors what does not parse, or is defined twice
   */
  record Items(List<SchemaItem> items, List<Diagnostic> errors) {}

  /** The items of the schema as pending; brings the stored files up to date. */
  Items items(Session session);

  /** Items straight from the documents. */
  SchemaSources NONE = session -> new Items(DocumentItems.of(session.pendingCatalog()), List.of());
}
