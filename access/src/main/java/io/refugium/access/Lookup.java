package io.refugium.access;

import io.refugium.database.document.Document;
import io.refugium.model.Ref;

/**
 * What came of reading a document. An unreadable document is {@link Denied} whether it exists or
 * not, so that nobody learns of documents that are none of their business.
 */
public sealed interface Lookup {
  /** It exists and may be read. */
  record Found(Document document) implements Lookup {}

  /** It may be read, but does not exist. */
  record Missing(Ref ref) implements Lookup {}

  /** It may not be read. */
  record Denied(Ref ref, Decision decision) implements Lookup {}

  /** The document, or null when it is missing or may not be read. */
  default Document orNull() {
    return this instanceof Found(Document document) ? document : null;
  }

  /** The document, or null when it is missing; throws when it may not be read. */
  default Document orDeny() {
    return switch (this) {
      case Found(Document document) -> document;
      case Missing _ -> null;
      case Denied(Ref _, Decision decision) -> throw new AccessException.Denied(decision);
    };
  }
}
