package io.refugium.access;

import io.refugium.access.secret.Secret;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;

/**
 * Finds the key or token that a secret belongs to. A secret that belongs to none costs as much as
 * one that is wrong.
 */
final class SecretDocuments {
  private SecretDocuments() {}

  /**
   * The document of a secret that is right: it exists, has not expired, its database works, its
   * hash matches. Null otherwise.
   */
  static Document find(Transaction transaction, Vault vault, Secret secret) {
    Ref ref = locate(transaction, secret);
    DatabaseInfo home = ref == null ? null : transaction.database(ref.scope());
    Document document = home == null || home.disabled() ? null : transaction.peek(ref);
    if (document == null
        || !(document.get(Secrets.HASHED_SECRET) instanceof StringValue(String hash))) {
      transaction.requireWaiting();
      vault.verifier().refuse(secret);
      return null;
    }
    return vault.verifier().matches(secret, hash, transaction::requireWaiting) ? document : null;
  }

  private static Ref locate(Transaction transaction, Secret secret) {
    return switch (secret) {
      case Secret.KeySecret key -> transaction.identities().key(key.id());
      case Secret.TokenSecret token -> new Ref(token.scope(), SystemCollections.TOKEN, token.id());
    };
  }
}
