package io.refugium.database;

import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.Pin;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Which documents list a document among their {@code delegates} (spec: access 8), for whoever asks
 * in the name of one. Hardly any database has delegates, and each request with a token asks, so
 * that there are none is a fact that hangs on the catalog and costs no look into the store.
 *
 * <p>Invariant: who writes the first delegation of a database makes another version of its schema,
 * and thereby another catalog. The look for delegations that are there already is validated, so
 * nobody relies on one that goes at the same time. Confined to the thread of its transaction.
 */
final class Delegations {
  private final Transaction transaction;
  private final View view;

  /**
   * What a look at all delegations of a database has shown.
   *
   * @param asOf when, in microseconds: earlier ones may have been removed before
   */
  private record Look(boolean none, long asOf) {}

  Delegations(Transaction transaction, View view) {
    this.transaction = transaction;
    this.view = view;
  }

  /** See {@link Transaction#delegatorsOf}. */
  List<Ref> delegatorsOf(Ref delegate, int limit) {
    if (areNone(delegate.scope())) {
      return List.of();
    }
    List<Ref> refs = new ArrayList<>(0);
    try (RangeScan scan = view.scan(Keyspace.delegations(delegate), Direction.ASCENDING)) {
      while (refs.size() < limit && scan.next()) {
        Ref ref = Keyspace.delegating(scan.key());
        if (transaction.peek(ref) != null) {
          refs.add(ref);
        }
      }
    }
    return refs;
  }

  private boolean areNone(long scope) {
    if (!view.writes.isEmpty()) {
      return false; // one of them may be the first
    }
    Look look = transaction.catalog(scope).memo(Look.class, () -> look(scope));
    return look.none && look.asOf <= transaction.snapshotTime();
  }

  private Look look(long scope) {
    KeyRange all = Keyspace.delegations(scope);
    try (RangeScan scan = view.scanCommitted(all, Transaction.NOW, Direction.ASCENDING)) {
      return new Look(!scan.next(), transaction.snapshotTime());
    }
  }

  /** To be called before one is written that was not there before, in any part of history. */
  void willGrow(long scope) {
    try (RangeScan scan = view.scan(Keyspace.delegations(scope), Direction.ASCENDING)) {
      if (scan.next()) {
        return;
      }
    }
    byte[] version = Keyspace.schemaVersion(scope);
    view.writes.put(version, Pin.encode(Pin.decode(view.value(version))));
  }
}
