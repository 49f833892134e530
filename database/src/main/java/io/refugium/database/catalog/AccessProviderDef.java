package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.Value;

/** A provider of JWTs as one version of the schema defines it (spec: access 9). */
public record AccessProviderDef(Document document) implements Definition {
  @Override
  public String name() {
    return CollectionDef.Fields.string(document.fields(), "name");
  }

  public String issuer() {
    return CollectionDef.Fields.string(document.fields(), "issuer");
  }

  public String jwksUri() {
    return CollectionDef.Fields.string(document.fields(), "jwks_uri");
  }

  /**
   * The roles as stored: a name, a reference, an object with predicate, an array of these, or null.
   */
  public Value roles() {
    return document.get("roles");
  }
}
