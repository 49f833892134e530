package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.Value;

/**
 * A user-defined function as one version of the schema defines it. Languages compile the body once
 * and keep it with {@link Catalog#memo}.
 */
public record FunctionDef(Document document) implements Definition {
  @Override
  public String name() {
    return CollectionDef.Fields.string(document.fields(), "name");
  }

  /** The second name in FQL v10, or null. */
  public String alias() {
    return CollectionDef.Fields.string(document.fields(), "alias");
  }

  /** The body: source text of FQL v10 as a string, or a lambda of FQL v4. */
  public Value body() {
    return document.get("body");
  }

  /** The role as stored: a name, a reference, an array of both, or null. */
  public Value role() {
    return document.get("role");
  }

  /** The signature of FQL v10 as written, or null. */
  public String signature() {
    return CollectionDef.Fields.string(document.fields(), "signature");
  }
}
