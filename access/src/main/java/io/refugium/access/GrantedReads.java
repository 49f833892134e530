package io.refugium.access;

import io.refugium.model.Ref;
import java.util.HashMap;
import java.util.Map;

/**
 * The documents that predicates have let one session read: a list that was filtered reads its
 * documents next, and need not ask about each of them twice.
 *
 * <p>Invariant: what is found here is what the predicates would say again. The rights, the
 * identity, the schema and the snapshot of a session never change, so for a document as it is now
 * only a write of the same transaction, of whatever it may be, could make a difference: from the
 * first one on nothing is found and nothing is added. Versions that a caller brings along, other
 * actions, and other sessions on the same transaction (functions with a role, predicates, databases
 * below, the past) are none of its business. Only grants are kept, so that a refusal is never older
 * than the question. Confined to the thread of the session.
 */
final class GrantedReads {
  private final Session session;
  private Map<Ref, Decision> decisions = Map.of();

  GrantedReads(Session session) {
    this.session = session;
  }

  /** What was decided about this operation; null when it has to be decided. */
  Decision find(Operation operation) {
    return !decisions.isEmpty() && isRepeatable(operation)
        ? decisions.get(operation.target())
        : null;
  }

  /** Takes note of a decision if it will hold. */
  void add(Operation operation, Decision decision) {
    if (!decision.granted() || !isRepeatable(operation)) {
      return;
    }
    if (decisions.isEmpty()) {
      decisions = new HashMap<>();
    }
    if (decisions.size() < AccessLimits.REMEMBERED_READS) {
      decisions.put(operation.target(), decision);
    }
  }

  private boolean isRepeatable(Operation operation) {
    return operation instanceof Operation.Read read
        && read.version() == null
        && !session.hasWrites();
  }
}
