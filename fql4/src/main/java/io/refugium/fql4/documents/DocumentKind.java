package io.refugium.fql4.documents;

import io.refugium.model.SystemCollections;
import java.util.Set;

/**
 * What FQL v4 knows of the documents of one collection: which fields clients write, which a
 * replacement keeps, what is valid (spec: FQL v4, 9.5).
 */
public interface DocumentKind {
  /** The top fields that clients may write; others are dropped silently. */
  Set<String> writable();

  /** The writable fields that a replacement keeps unless it gives them. */
  Set<String> keptByReplace();

  /** Checks a draft and completes it with defaults and derived fields. */
  void prepare(Draft draft);

  /** Whether documents of this kind may be made in a database that is a container. */
  default boolean allowedInContainers() {
    return false;
  }

  /** The kind of the documents of a collection. */
  static DocumentKind of(int collection) {
    return switch (collection) {
      case SystemCollections.COLLECTION -> CollectionDocuments.INSTANCE;
      case SystemCollections.INDEX -> IndexDocuments.INSTANCE;
      case SystemCollections.DATABASE -> DatabaseDocuments.INSTANCE;
      case SystemCollections.FUNCTION -> FunctionDocuments.INSTANCE;
      case SystemCollections.ROLE -> RoleDocuments.INSTANCE;
      case SystemCollections.KEY -> KeyDocuments.INSTANCE;
      case SystemCollections.TOKEN -> TokenDocuments.INSTANCE;
      case SystemCollections.CREDENTIAL -> CredentialDocuments.INSTANCE;
      case SystemCollections.ACCESS_PROVIDER -> AccessProviderDocuments.INSTANCE;
      default -> UserDocuments.INSTANCE;
    };
  }
}
