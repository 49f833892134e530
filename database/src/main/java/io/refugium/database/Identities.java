package io.refugium.database;

import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;

/**
 * What belongs to an identity and what gives access, found by system indexes as one transaction
 * sees them, its own writes included. Nothing here is counted in the metrics. Confined to the
 * transaction's thread.
 */
public final class Identities {
  private final Transaction transaction;
  private final View view;
  private final Delegations delegations;

  Identities(Transaction transaction, View view, Delegations delegations) {
    this.transaction = transaction;
    this.view = view;
    this.delegations = delegations;
  }

  /**
   * The key with this id, of whichever database; null when there is none. Its document still has to
   * be read.
   */
  public Ref key(long id) {
    byte[] scope = view.value(Keyspace.keyScope(id));
    return scope == null ? null : new Ref(SystemEntries.number(scope), SystemCollections.KEY, id);
  }

  /** The credentials of a document. */
  public List<Ref> credentialsOf(Ref document) {
    return owned(Keyspace.credentials(document), document.scope(), SystemCollections.CREDENTIAL);
  }

  /** The tokens of a document. */
  public List<Ref> tokensOf(Ref document) {
    return owned(Keyspace.tokens(document), document.scope(), SystemCollections.TOKEN);
  }

  /**
   * The documents that list a document among their {@code delegates} (spec: access 8), at most so
   * many.
   */
  public List<Ref> delegatorsOf(Ref delegate, int limit) {
    return delegations.delegatorsOf(delegate, limit);
  }

  /** The keys stored in the parent of a database that give access to it. */
  public List<Ref> keysOf(Ref database) {
    return owned(Keyspace.databaseKeys(database), database.scope(), SystemCollections.KEY);
  }

  private List<Ref> owned(KeyRange range, long scope, int collection) {
    List<Ref> refs = new ArrayList<>(1);
    try (RangeScan scan = view.scan(range, Direction.ASCENDING)) {
      while (scan.next()) {
        Ref ref = new Ref(scope, collection, Keyspace.ownedId(scan.key()));
        if (transaction.peek(ref) != null) {
          refs.add(ref);
        }
      }
    }
    return refs;
  }
}
