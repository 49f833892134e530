package io.refugium.access;

import io.refugium.database.ReadCounts;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The reference monitor: decides whether the code that runs in a session may do an operation (spec
 * access 13.2; the rules are numbered as there). Everything that is read, written or called passes
 * here; what no rule grants is denied.
 *
 * <p>One guard serves one session and, like it, one thread.
 */
public final class Guard {
  private final Session session;
  private final GrantedReads granted;
  private Session inside;

  Guard(Session session) {
    this.session = session;
    this.granted = new GrantedReads(session);
  }

  /** Whether the operation may be done, and why. */
  public Decision decide(Operation operation) {
    Decision decision = judge(operation);
    // Asked first, although explain() asks again: what it is told costs two calls of an interface.
    if (session.isExplained()) {
      session.explain(operation.action().word(), operation.target(), decision);
    }
    return decision;
  }

  private Decision judge(Operation operation) {
    PermissionSet permissions = session.permissions();
    if (!(permissions instanceof PermissionSet.BuiltIn set)) {
      return user(permissions, operation);
    }
    return switch (set) {
      case ADMIN -> builtIn(set, admin(operation));
      case SERVER -> builtIn(set, server(operation));
      case SERVER_READONLY -> builtIn(set, serverReadonly(operation));
      case PREDICATE -> builtIn(set, predicate(operation));
      case NONE -> user(set, operation);
    };
  }

  /** Whether the operation may be done. */
  public boolean may(Operation operation) {
    return decide(operation).granted();
  }

  // M1: reads reach down the tree of databases, writes stay in their own.
  private boolean admin(Operation operation) {
    if (isWrite(operation)) {
      return isHere(operation.target().scope()) && !session.isBelow();
    }
    return switch (operation) {
      case Operation.ReadIndexUnrestricted _, Operation.ListUnrestricted _ -> false;
      default -> isHereOrBelow(operation.target().scope());
    };
  }

  // M2: as admin, but nothing of databases, keys, roles and access providers.
  private boolean server(Operation operation) {
    return admin(operation) && !isAboutAdminOnly(operation);
  }

  // M3: reads as server, but neither calls nor writes.
  private boolean serverReadonly(Operation operation) {
    return switch (operation) {
      case Operation.Read _, Operation.HistoryRead _, Operation.ReadIndex _ -> server(operation);
      default -> false;
    };
  }

  // M4: the present of one's own database, and every set as if unrestricted.
  private boolean predicate(Operation operation) {
    return isHere(operation.target().scope())
        && switch (operation) {
          case Operation.Read _ -> !isAboutAdminOnly(operation);
          case Operation.ListUnrestricted(Ref collection) ->
              !Resources.isAdminOnly(kind(collection));
          case Operation.ReadIndexUnrestricted(Ref index, List<Value> _) -> !coversAdminOnly(index);
          case Operation.ReadIndex _, Operation.Call _ -> true;
          default -> false;
        };
  }

  private boolean coversAdminOnly(Ref index) {
    IndexDef definition = session.catalog().index((int) index.id());
    return definition != null && Resources.coversAdminOnly(definition);
  }

  private Decision user(PermissionSet permissions, Operation operation) {
    // M5
    if (!isHere(operation.target().scope()) || session.isBelow() && isWrite(operation)) {
      return Decision.FOREIGN;
    }
    // M6
    if (permissions instanceof PermissionSet.Identity) {
      Decision baseline = baseline(operation);
      if (baseline != null) {
        return baseline;
      }
    }
    // M7: what a role grants for a resource, it governs.
    Ref resource = operation.resource();
    Grants.Grant grant = session.grants().find(resource, operation.action());
    if (grant != null) {
      return grant.always() != null ? grant.always() : conditional(grant, operation);
    }
    // M7, M8
    return session.policy().governs(resource) ? Decision.NO_GRANT : legacy(operation, resource);
  }

  // M6: one's own tokens may be read and deleted, one's own credential read (4.5); a delegate's too
  // (8).
  private Decision baseline(Operation operation) {
    boolean concerned =
        switch (operation.target().collection()) {
          case SystemCollections.TOKEN ->
              operation instanceof Operation.Read || operation instanceof Operation.Delete;
          case SystemCollections.CREDENTIAL -> operation instanceof Operation.Read;
          default -> false;
        };
    Document document = concerned ? current(operation) : null;
    return document != null
            && document.get("instance") instanceof Ref owner
            && session.principal().actsFor(owner)
        ? Decision.granted(new Decision.Baseline(owner))
        : null;
  }

  // M7: what predicates say of a document as it is now is asked once. What they have read in vain
  // would tell whether the document exists, how large it is, and what it refers to.
  private Decision conditional(Grants.Grant grant, Operation operation) {
    Decision known = granted.find(operation);
    if (known != null) {
      return known;
    }
    ReadCounts counts = session.transaction().counts();
    ReadCounts.Mark before = counts.mark();
    Decision decision = firstTrue(grant.conditional(), operation);
    if (decision.granted()) {
      granted.add(operation, decision);
    } else {
      counts.conceal(before);
    }
    return decision;
  }

  // M7: any privilege of any effective role will do (5.7).
  private Decision firstTrue(List<Privilege> privileges, PredicateInput input) {
    List<Decision.Evaluation> evaluations = List.of();
    for (Privilege privilege : privileges) {
      Predicate.Outcome outcome = inside().evaluate(privilege.predicate(), input);
      if (outcome.isTrue() && evaluations.isEmpty()) {
        return privilege.granted();
      }
      evaluations = with(evaluations, new Decision.Evaluation(privilege.grant(), outcome));
      if (outcome.isTrue()) {
        return new Decision(true, privilege.grant(), evaluations);
      }
    }
    return new Decision(false, new Decision.NoGrant(), evaluations);
  }

  private static <T> List<T> with(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(element);
    return longer;
  }

  /** The session of this one's predicates, made once. */
  private Session inside() {
    if (inside == null) {
      inside = session.forPredicate();
    }
    return inside;
  }

  // M8: what the collection, index or function itself says, or else the document.
  private Decision legacy(Operation operation, Ref resource) {
    String field = LegacyPermissions.fieldFor(operation);
    if (field == null) {
      return Decision.NO_GRANT;
    }
    if (LegacyPermissions.of(session.catalog(), resource).allow(field, session.principal())) {
      return Decision.granted(new Decision.LegacyPermission(resource));
    }
    if (!SystemCollections.isUser(operation.target().collection())
        || operation instanceof Operation.Create) {
      return Decision.NO_GRANT;
    }
    Document document = current(operation);
    return document != null && LegacyPermissions.of(document).allow(field, session.principal())
        ? Decision.granted(new Decision.LegacyPermission(document.ref()))
        : Decision.NO_GRANT;
  }

  /**
   * Creating a document under a chosen id (spec access 6.1, 6.2): {@code create_with_id} grants it,
   * or {@code create} and {@code history_write} together.
   */
  Decision decideCreateWithId(Ref ref, ObjectValue contents, Operation.HistoryWrite history) {
    Decision direct = decide(new Operation.CreateWithId(ref, contents));
    if (direct.granted()) {
      return direct;
    }
    Decision create = decide(new Operation.Create(ref, contents));
    return create.granted() ? decide(history) : create;
  }

  /**
   * Whether there is some right to read documents of this collection, which using a v10 index
   * presupposes (spec access 13.3). Predicates are not evaluated.
   */
  boolean someReadGrant(Ref collection) {
    boolean some = hasSomeReadGrant(collection);
    if (!some) {
      session.explain(Action.READ.word(), collection, Decision.NO_GRANT);
    }
    return some;
  }

  private boolean hasSomeReadGrant(Ref collection) {
    return switch (session.permissions()) {
      case PermissionSet.BuiltIn set ->
          set == PermissionSet.BuiltIn.NONE
              ? someLegacyRead(collection)
              : isHere(collection.scope());
      case PermissionSet _ -> {
        Grants.Grant grant = session.grants().find(collection, Action.READ);
        yield isHere(collection.scope()) && grant != null || someLegacyRead(collection);
      }
    };
  }

  /**
   * Whether all documents of a collection may be read, whatever is in them: then it is no secret
   * how many there are.
   */
  boolean readsAll(Ref collection, Action action) {
    if (session.permissions() instanceof PermissionSet.BuiltIn set) {
      return set == PermissionSet.BuiltIn.ADMIN
          || set != PermissionSet.BuiltIn.NONE && !Resources.isAdminOnly(kind(collection));
    }
    Grants.Grant grant = session.grants().find(collection, action);
    return grant != null && grant.always() != null;
  }

  private boolean someLegacyRead(Ref collection) {
    return isHere(collection.scope())
        && !session.policy().governs(collection)
        && LegacyPermissions.of(session.catalog(), collection).allow("read", session.principal());
  }

  /**
   * Whether writing these fields gives away rights of others: {@code permissions} may be set only
   * to grants that include oneself, {@code delegates} only on one's own document (spec access 7.3
   * rule 6). Built-in roles may set anything.
   *
   * @param before the stored fields; empty for a new document
   */
  Decision decideHandingOn(Ref ref, ObjectValue before, ObjectValue after) {
    return toldIfDenied(ref, judgeHandingOn(ref, before, after));
  }

  private Decision toldIfDenied(Ref ref, Decision handingOn) {
    if (!handingOn.granted()) {
      session.explain("grant", ref, handingOn);
    }
    return handingOn;
  }

  private Decision judgeHandingOn(Ref ref, ObjectValue before, ObjectValue after) {
    if (session.permissions().isPrivileged()) {
      return Decision.granted(
          new Decision.BuiltInRight((PermissionSet.BuiltIn) session.permissions()));
    }
    boolean own = LegacyPermissions.addsOnlySelf(before, after, session.principal());
    Value delegates = after.get("delegates");
    boolean unchanged = delegates == null || delegates.equals(before.get("delegates"));
    return own && (unchanged || ref.equals(session.principal().identity()))
        ? Decision.granted(new Decision.NoGrant())
        : Decision.denied(new Decision.SelfGrantOnly());
  }

  /**
   * Whether the password of a document that may be written may be set along with it. Not by its
   * delegate: whoever knows the password could hand on, and keep, what was delegated to one
   * document and for a time (spec access 7.3 rule 6).
   */
  Decision decideNewPassword(Ref document) {
    boolean borrowed =
        !session.permissions().isPrivileged()
            && session.principal().delegators().contains(document)
            && !document.equals(session.principal().identity());
    return toldIfDenied(
        document,
        borrowed
            ? Decision.denied(new Decision.SelfGrantOnly())
            : Decision.granted(new Decision.NoGrant()));
  }

  private Document current(Operation operation) {
    return operation instanceof Operation.Read(Ref _, Document version) && version != null
        ? version
        : session.peek(operation.target());
  }

  private static Decision builtIn(PermissionSet.BuiltIn set, boolean granted) {
    return (granted ? BuiltInDecisions.GRANTED : BuiltInDecisions.DENIED)[set.ordinal()];
  }

  private static boolean isWrite(Operation operation) {
    return switch (operation) {
      case Operation.Create _,
          Operation.CreateWithId _,
          Operation.Write _,
          Operation.Delete _,
          Operation.HistoryWrite _ ->
          true;
      case Operation.Read _,
          Operation.HistoryRead _,
          Operation.ReadIndex _,
          Operation.ReadIndexUnrestricted _,
          Operation.ListUnrestricted _,
          Operation.Call _ ->
          false;
    };
  }

  private boolean isHere(long scope) {
    return scope == session.scope();
  }

  private boolean isHereOrBelow(long scope) {
    if (isHere(scope)) {
      return true;
    }
    DatabaseInfo database = session.database(scope);
    return database != null && database.isWithin(session.scope());
  }

  private static boolean isAboutAdminOnly(Operation operation) {
    return Resources.isAdminOnly(kind(operation.resource()));
  }

  /** The internal id of a collection; -1 for an index or a function. */
  private static int kind(Ref resource) {
    return resource.collection() == SystemCollections.COLLECTION ? (int) resource.id() : -1;
  }

  /** Made once: what built-in sets allow needs no explanation of its own each time. */
  private static final class BuiltInDecisions {
    static final Decision[] GRANTED = decisions(true);
    static final Decision[] DENIED = decisions(false);

    private static Decision[] decisions(boolean granted) {
      PermissionSet.BuiltIn[] sets = PermissionSet.BuiltIn.values();
      Decision[] decisions = new Decision[sets.length];
      for (PermissionSet.BuiltIn set : sets) {
        decisions[set.ordinal()] = new Decision(granted, new Decision.BuiltInRight(set), List.of());
      }
      return decisions;
    }
  }
}
