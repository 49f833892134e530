package io.refugium.access;

import io.refugium.database.FieldMatch;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * From predicates to index conditions: what every document of a collection meets that the running
 * code may read now. So listing one's own documents under a role such as "owner is the caller" need
 * not look at everybody else's.
 *
 * <p>It never decides: whoever uses it asks the {@link Guard} about each document all the same, and
 * leaving documents out only skips questions whose answer is no.
 */
final class Narrowing {
  /** Longer texts are not looked up: what an index holds of them is a matter of its limits. */
  private static final int LONGEST_TEXT = 256;

  private Narrowing() {}

  /**
   * Conditions one of which each readable document meets, none when no document is readable; null
   * when nothing is known and all documents have to be looked at.
   */
  static List<FieldMatch> of(Session session, int collection) {
    Ref resource = new Ref(session.scope(), SystemCollections.COLLECTION, collection);
    if (!SystemCollections.isUser(collection)
        || session.permissions() instanceof PermissionSet.BuiltIn
        || !session.policy().governs(resource)) {
      return null;
    }
    Grants.Grant grant = session.grants().find(resource, Action.READ);
    if (grant == null) {
      session.explain(Action.READ.word(), resource, Decision.NO_GRANT);
      return List.of();
    }
    return grant.always() == null ? conditions(session, grant.conditional()) : null;
  }

  private static List<FieldMatch> conditions(Session session, List<Privilege> privileges) {
    Session inside = session.forPredicate();
    List<FieldMatch> matches = new ArrayList<>(privileges.size());
    for (Privilege privilege : privileges) {
      FieldEquality necessary = privilege.predicate().necessary();
      Value value = necessary == null ? null : necessary.value().in(inside);
      if (!isTelling(session, value)) {
        return null;
      }
      matches.add(new FieldMatch(necessary.field(), value));
    }
    return List.copyOf(matches);
  }

  /**
   * Whether a document that has this value in a field is sure to be found under it. A reference to
   * a document that does not exist equals null in FQL v10, and documents without a value are in no
   * index; numbers that are equal may be stored in different ways.
   */
  private static boolean isTelling(Session session, Value value) {
    return switch (value) {
      case Ref ref -> ref.scope() == session.scope() && session.peek(ref) != null;
      case StringValue(String text) -> text.length() <= LONGEST_TEXT;
      case BooleanValue _ -> true;
      case null, default -> false;
    };
  }
}
