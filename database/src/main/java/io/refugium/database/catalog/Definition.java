package io.refugium.database.catalog;

import io.refugium.database.document.Document;

/** Something that a schema document defines. */
public sealed interface Definition
    permits CollectionDef, IndexDef, FunctionDef, RoleDef, AccessProviderDef {
  /** The schema document; null for an index behind a v10 collection. */
  Document document();

  /** Its name; null for an index behind a v10 collection. */
  String name();
}
