package io.refugium.fsl;

import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fsl.print.ItemDocuments;
import io.refugium.model.SystemCollections;
import java.util.Optional;

/** The kinds of items, as paths name them (schema specification, section 10.5). */
public enum ItemKind {
  COLLECTION("collections", SystemCollections.COLLECTION, "a collection"),
  FUNCTION("functions", SystemCollections.FUNCTION, "a function"),
  ROLE("roles", SystemCollections.ROLE, "a role"),
  ACCESS_PROVIDER("access_providers", SystemCollections.ACCESS_PROVIDER, "an access provider");

  private final String path;
  private final int collection;
  private final String noun;

  ItemKind(String path, int collection, String noun) {
    this.path = path;
    this.collection = collection;
    this.noun = noun;
  }

  /** The kind that a path names; empty if it names none. */
  public static Optional<ItemKind> at(String path) {
    for (ItemKind kind : values()) {
      if (kind.path.equals(path)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }

  int collection() {
    return collection;
  }

  /** With its article. */
  String noun() {
    return noun;
  }

  boolean includes(SchemaItem item) {
    return ItemDocuments.collectionOf(item) == collection;
  }
}
