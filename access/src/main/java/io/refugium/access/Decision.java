package io.refugium.access;

import io.refugium.model.Ref;
import java.util.List;

/**
 * The answer to one {@link Operation}, which can say why it came out as it did: what granted it,
 * and what every predicate returned on the way. Decisions without predicates are made once and
 * shared, so that the explanation costs nothing when nobody asks for it.
 *
 * @param granted whether it may be done
 * @param reason what decided
 * @param evaluations the predicates that were run, in their order; evaluation stops at the first
 *     that grants
 */
public record Decision(boolean granted, Reason reason, List<Evaluation> evaluations) {
  static final Decision FOREIGN = denied(new ForeignDatabase());
  static final Decision NO_GRANT = denied(new NoGrant());

  public Decision {
    evaluations = List.copyOf(evaluations);
  }

  static Decision granted(Reason reason) {
    return new Decision(true, reason, List.of());
  }

  static Decision denied(Reason reason) {
    return new Decision(false, reason, List.of());
  }

  /** Whether it was given without a look at any data, so that it is the same at all times. */
  boolean isUnconditional() {
    return evaluations.isEmpty() && (reason instanceof BuiltInRight || reason instanceof Grant);
  }

  /** What decided. */
  public sealed interface Reason {}

  /** The matrix of built-in rights (spec access 3.2), or what predicates may do (5.6). */
  public record BuiltInRight(PermissionSet.BuiltIn set) implements Reason {}

  /** An identity's right to its own tokens and credential (spec access 4.5). */
  public record Baseline(Ref document) implements Reason {}

  /** A role: its privilege for this resource and action is true, or has a predicate that is. */
  public record Grant(Ref role, Ref resource, Action action) implements Reason {}

  /** A legacy permission of this collection, document, index or function (spec access 7). */
  public record LegacyPermission(Ref holder) implements Reason {}

  /** Nothing grants it. */
  public record NoGrant() implements Reason {}

  /** It concerns another database than the one the principal works in. */
  public record ForeignDatabase() implements Reason {}

  /** It would give away rights that are not one's own (spec access 7.3 rule 6). */
  public record SelfGrantOnly() implements Reason {}

  /** One run of a predicate. */
  public record Evaluation(Grant privilege, Predicate.Outcome outcome) {}
}
