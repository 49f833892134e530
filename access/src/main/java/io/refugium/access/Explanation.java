package io.refugium.access;

import io.refugium.database.catalog.Catalog;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the {@link Guard} decided while a request ran, and why: each decision once, in its order,
 * under the names that people know. Made only for who asks for it ({@link Gate#explaining}). What
 * predicates read by themselves is left out. Confined to the thread of the request until that has
 * ended.
 */
public final class Explanation {
  private final Set<Step> steps = new LinkedHashSet<>();
  private Caller caller;
  private int omitted;

  /**
   * Who asked.
   *
   * @param secret what the request was authenticated with
   * @param identity the document that it acts as, or null
   * @param rights the built-in role, or the names of the user-defined ones, that it starts with
   * @param memberships what the roles said that documents like the identity may be members of
   */
  public record Caller(
      String secret, Subject identity, List<String> rights, List<Asked> memberships) {}

  /**
   * A document, or a collection, index or function itself.
   *
   * @param collection the name of its collection
   * @param document its name or id
   */
  public record Subject(String collection, String document) {}

  /**
   * One decision.
   *
   * @param rights whose: those of the caller, or of the function that was running
   * @param because what decided, in words
   * @param predicates what each predicate said that was asked, in their order
   */
  public record Step(
      String action,
      Subject subject,
      boolean granted,
      String because,
      List<String> rights,
      List<Asked> predicates) {}

  /** A predicate of a role, and what came out of it. */
  public record Asked(String role, String outcome) {}

  /** Who asked; null while nobody has been let in. */
  public Caller caller() {
    return caller;
  }

  /** The decisions, at most {@value AccessLimits#EXPLAINED_DECISIONS}. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** How many more there were. */
  public int omitted() {
    return omitted;
  }

  /** Begins anew: each attempt of a transaction is explained by itself. */
  void begin(Session session) {
    steps.clear();
    omitted = 0;
    Principal principal = session.principal();
    String secret =
        switch (principal.loginSource()) {
          case LoginSource.Root _ -> "root secret";
          case LoginSource.Key(Ref key) -> "key " + key.id();
          case LoginSource.Token(Ref token) -> "token " + token.id();
          case LoginSource.Jwt _ -> "JWT";
        };
    Ref identity = principal.identity();
    caller =
        new Caller(
            secret,
            identity == null ? null : subject(session, identity),
            rights(session, session.permissions()),
            identity == null ? List.of() : memberships(session, identity));
  }

  private static List<Asked> memberships(Session session, Ref identity) {
    List<Asked> memberships = new ArrayList<>();
    for (Policy.Membership membership : session.policy().memberships(identity.collection())) {
      Privilege privilege = membership.predicate();
      String outcome =
          privilege == null
              ? "all are members"
              : words(
                  session
                      .forAuthentication()
                      .evaluate(privilege.predicate(), new PredicateInput.Member(identity)));
      memberships.add(new Asked(name(session, membership.role()), outcome));
    }
    return List.copyOf(memberships);
  }

  void add(Session session, String action, Ref target, Decision decision) {
    List<Asked> predicates = new ArrayList<>();
    for (Decision.Evaluation evaluation : decision.evaluations()) {
      String role = name(session, evaluation.privilege().role());
      predicates.add(new Asked(role, words(evaluation.outcome())));
    }
    Step step =
        new Step(
            action,
            subject(session, target),
            decision.granted(),
            because(session, decision),
            rights(session, session.permissions()),
            List.copyOf(predicates));
    if (steps.size() < AccessLimits.EXPLAINED_DECISIONS) {
      steps.add(step);
    } else if (!steps.contains(step)) {
      omitted++;
    }
  }

  private static String because(Session session, Decision decision) {
    return switch (decision.reason()) {
      case Decision.BuiltInRight(PermissionSet.BuiltIn set) ->
          "the built-in role "
              + RoleNames.nameOf(set)
              + (decision.granted() ? " allows it" : " does not allow it");
      case Decision.Baseline _ -> "it belongs to the caller";
      case Decision.Grant(Ref role, Ref _, Action _) ->
          "role " + name(session, role) + " grants it";
      case Decision.LegacyPermission(Ref holder) -> {
        Subject subject = subject(session, holder);
        yield "the permissions of %s %s grant it"
            .formatted(subject.collection(), subject.document());
      }
      case Decision.NoGrant _ ->
          decision.evaluations().isEmpty() ? "nothing grants it" : "no predicate was true";
      case Decision.ForeignDatabase _ -> "it is of another database";
      case Decision.SelfGrantOnly _ -> "it would hand on rights that are not the caller's own";
    };
  }

  private static String words(Predicate.Outcome outcome) {
    return switch (outcome) {
      case Predicate.Outcome.Returned(BooleanValue value) -> value.value() ? "true" : "false";
      case Predicate.Outcome.Returned _ -> "neither true nor false";
      case Predicate.Outcome.Failed(String reason) -> "failed: " + reason;
    };
  }

  private static List<String> rights(Session session, PermissionSet permissions) {
    return permissions instanceof PermissionSet.BuiltIn set
        ? List.of(RoleNames.nameOf(set))
        : permissions.effectiveRoles().stream().map(role -> name(session, role)).sorted().toList();
  }

  private static Subject subject(Session session, Ref ref) {
    Catalog catalog = session.catalog(ref.scope());
    String collection = Resources.nameOf(catalog, ref.collection());
    boolean isKind =
        ref.collection() == SystemCollections.COLLECTION
            && !SystemCollections.isUser((int) ref.id());
    return new Subject(
        collection, isKind ? Resources.nameOf(catalog, (int) ref.id()) : name(session, ref));
  }

  /** The name of a document that has one, or else its id. */
  private static String name(Session session, Ref ref) {
    Catalog catalog = session.catalog(ref.scope());
    String name = catalog == null ? null : catalog.nameOf(ref);
    return name == null ? Long.toString(ref.id()) : name;
  }
}
