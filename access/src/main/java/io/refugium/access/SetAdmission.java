package io.refugium.access;

import io.refugium.database.FieldMatch;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.SetPlan;
import io.refugium.database.sets.Shape;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides which sets of FQL v4 may be read, and what is left of them (spec access 6.4): parts that
 * are not admissible drop out, elements are checked unless the set is unrestricted.
 *
 * <p>Elements are checked last, so that what a set consists of does not depend on who reads it. But
 * whatever looks at elements before, a function, a range or the comparison with another set, would
 * tell of the values that an index has of documents that may not be read. So invariant: such
 * elements are taken out before anything but the reader sees them. Of references alone that is not
 * so: they are no secret.
 */
final class SetAdmission {
  private final Session session;

  SetAdmission(Session session) {
    this.session = session;
  }

  /**
   * The set with all its elements, those included that may not be read; refuses what is not
   * admissible.
   */
  SetPlan unfiltered(SetPlan set) {
    return admit(set).plan;
  }

  /** The set without what may not be seen. */
  SetPlan visible(SetPlan set) {
    Admission admission = admit(set);
    return admission.checked ? permitted(narrowed(admission.plan)) : admission.plan;
  }

  private SetPlan checked(Admission admission) {
    return admission.checked ? permitted(admission.plan) : admission.plan;
  }

  private SetPlan permitted(SetPlan plan) {
    return new SetPlan.Permitted(plan, (_, entry) -> session.mayRead(entry.ref()));
  }

  /** What others than the reader may look at. */
  private SetPlan disclosed(SetPlan.Match match) {
    return new SetPlan.Permitted(
        match, (_, entry) -> tellsNoMoreThanItself(entry) || session.mayRead(entry.ref()));
  }

  private static boolean tellsNoMoreThanItself(Entry entry) {
    for (Value value : entry.values()) {
      if (!value.equals(entry.ref())) {
        return false;
      }
    }
    return true;
  }

  /**
   * The same set without documents that are sure not to be readable: only where nothing but the
   * check of each element would ever see them.
   */
  private SetPlan narrowed(SetPlan plan) {
    return switch (plan) {
      case SetPlan.Documents(long scope, int collection, List<FieldMatch> _)
          when scope == session.scope() ->
          new SetPlan.Documents(scope, collection, Narrowing.of(session, collection));
      case SetPlan.Union(List<SetPlan> operands) -> new SetPlan.Union(allNarrowed(operands));
      case SetPlan.Intersection(List<SetPlan> operands) ->
          new SetPlan.Intersection(allNarrowed(operands));
      case SetPlan.Distinct(SetPlan inner) -> new SetPlan.Distinct(narrowed(inner));
      case SetPlan.Range(SetPlan inner, List<Value> from, List<Value> to) ->
          new SetPlan.Range(narrowed(inner), from, to);
      case SetPlan.Reverse(SetPlan inner) -> new SetPlan.Reverse(narrowed(inner));
      default -> plan;
    };
  }

  private List<SetPlan> allNarrowed(List<SetPlan> plans) {
    return plans.stream().map(this::narrowed).toList();
  }

  /** The history without what may not be seen; refuses what is not admissible. */
  EventsPlan visible(EventsPlan events) {
    EventsPlan visible = visibleOrNull(events);
    if (visible == null) {
      throw new AccessException.Denied(Decision.NO_GRANT);
    }
    return visible;
  }

  /**
   * Histories of documents need {@code history_read}; those of sets what the sets need; combined
   * ones drop what is refused.
   */
  private EventsPlan visibleOrNull(EventsPlan events) {
    return switch (events) {
      case EventsPlan.OfDocument(Ref ref) ->
          session.may(new Operation.HistoryRead(ref)) ? events : null;
      case EventsPlan.OfSet(SetPlan set) -> {
        Admission admitted = admission(set, false);
        yield admitted == null ? null : new EventsPlan.OfSet(checked(admitted));
      }
      case EventsPlan.Union(List<EventsPlan> operands) -> {
        List<EventsPlan> visible = allVisible(operands);
        yield visible.isEmpty() ? null : new EventsPlan.Union(visible);
      }
      case EventsPlan.Intersection(List<EventsPlan> operands) -> {
        List<EventsPlan> visible = allVisible(operands);
        yield visible.isEmpty() ? null : new EventsPlan.Intersection(visible);
      }
      case EventsPlan.Difference(List<EventsPlan> operands) -> {
        EventsPlan first = operands.isEmpty() ? null : visibleOrNull(operands.getFirst());
        if (first == null) {
          yield null;
        }
        List<EventsPlan> visible = new ArrayList<>(List.of(first));
        visible.addAll(allVisible(operands.subList(1, operands.size())));
        yield new EventsPlan.Difference(visible);
      }
    };
  }

  private List<EventsPlan> allVisible(List<EventsPlan> operands) {
    return operands.stream().map(this::visibleOrNull).filter(Objects::nonNull).toList();
  }

  private Admission admit(SetPlan set) {
    Admission admission = admission(set, false);
    if (admission == null) {
      throw new AccessException.Denied(Decision.NO_GRANT);
    }
    return admission;
  }

  /**
   * A set that may be used.
   *
   * @param plan without its parts that may not
   * @param checked whether each element still has to be readable
   */
  private record Admission(SetPlan plan, boolean checked) {}

  /**
   * What becomes of a set, or null when it is not admissible: the table of spec access 6.4.
   *
   * @param inner whether something else than the reader looks at its elements
   */
  private Admission admission(SetPlan set, boolean inner) {
    return switch (set) {
      case SetPlan.Match match -> match(match, inner);
      case SetPlan.Documents(long scope, int collection, List<FieldMatch> _) ->
          documents(set, scope, collection);
      case SetPlan.SystemDocuments(long scope, int kind) -> systemDocuments(set, scope, kind);
      case SetPlan.Singleton(Ref ref) -> history(set, ref);
      case SetPlan.OneDocument(Ref ref) -> history(set, ref);
      case SetPlan.Union(List<SetPlan> operands) -> {
        List<Admission> admitted = admissions(operands);
        yield admitted.isEmpty()
            ? null
            : new Admission(new SetPlan.Union(plans(admitted)), anyChecked(admitted));
      }
      case SetPlan.Intersection(List<SetPlan> operands) -> {
        List<Admission> admitted = admissions(operands);
        yield admitted.isEmpty()
            ? null
            : new Admission(new SetPlan.Intersection(plans(admitted)), anyChecked(admitted));
      }
      case SetPlan.Difference(List<SetPlan> operands) -> {
        Admission first = operands.isEmpty() ? null : admission(operands.getFirst(), true);
        if (first == null) {
          yield null;
        }
        List<Admission> admitted = new ArrayList<>(List.of(first));
        admitted.addAll(admissions(operands.subList(1, operands.size())));
        yield new Admission(new SetPlan.Difference(plans(admitted)), anyChecked(admitted));
      }
      case SetPlan.Distinct(SetPlan of) -> {
        Admission admitted = admission(of, true);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Distinct(admitted.plan), admitted.checked);
      }
      case SetPlan.Range(SetPlan of, List<Value> from, List<Value> to) -> {
        Admission admitted = admission(of, true); // its bounds ask for values
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Range(admitted.plan, from, to), admitted.checked);
      }
      case SetPlan.Reverse(SetPlan of) -> {
        Admission admitted = admission(of, inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Reverse(admitted.plan), admitted.checked);
      }
      case SetPlan.Filter(SetPlan of, SetPlan.EntryPredicate predicate) -> {
        Admission admitted = admission(of, true);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Filter(admitted.plan, predicate), admitted.checked);
      }
      case SetPlan.Permitted(SetPlan of, SetPlan.EntryPredicate predicate) -> {
        Admission admitted = admission(of, inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Permitted(admitted.plan, predicate), admitted.checked);
      }
      case SetPlan.Join(SetPlan source, SetPlan.JoinTarget target) -> {
        Admission admitted = admission(source, true);
        yield admitted == null
            ? null
            : new Admission(
                new SetPlan.Join(admitted.plan, target(target, inner)), admitted.checked);
      }
    };
  }

  private Admission match(SetPlan.Match match, boolean inner) {
    if (session.may(new Operation.ReadIndexUnrestricted(match.index(), match.terms()))) {
      return new Admission(match, false);
    }
    return session.may(new Operation.ReadIndex(match.index(), match.terms()))
        ? new Admission(inner ? disclosed(match) : match, true)
        : null;
  }

  private Admission documents(SetPlan set, long scope, int collection) {
    Ref ref = new Ref(scope, SystemCollections.COLLECTION, collection);
    return new Admission(set, !session.may(new Operation.ListUnrestricted(ref)));
  }

  /**
   * Built-in sets by their matrix; everybody else by the right to read the list of collections,
   * whatever is listed.
   */
  private Admission systemDocuments(SetPlan set, long scope, int kind) {
    boolean mayRead = session.mayRead(new Ref(scope, SystemCollections.COLLECTION, kind));
    boolean hidden =
        Resources.isAdminOnly(kind)
            && session.permissions() instanceof PermissionSet.BuiltIn builtIn
            && builtIn != PermissionSet.BuiltIn.ADMIN;
    return mayRead && !hidden ? new Admission(set, true) : null;
  }

  private Admission history(SetPlan set, Ref ref) {
    return session.may(new Operation.HistoryRead(ref)) ? new Admission(set, false) : null;
  }

  /** Each target is admitted by itself; those that are not contribute nothing. */
  private SetPlan.JoinTarget target(SetPlan.JoinTarget target, boolean inner) {
    return switch (target) {
      case SetPlan.JoinTarget.Function(SetPlan.EntryFunction function, Shape shape) ->
          new SetPlan.JoinTarget.Function(
              (context, entry) -> orNothing(function.apply(context, entry), inner), shape);
      case SetPlan.JoinTarget.Index(Ref index)
          when session.permissions().isPrivileged() && isOrdinary(index) ->
          target; // admissible whatever the terms, and so are all documents
      case SetPlan.JoinTarget.Index(Ref index) ->
          new SetPlan.JoinTarget.Function(
              (_, entry) -> orNothing(new SetPlan.Match(index, terms(entry)), inner),
              session.v4().sets().shape(new SetPlan.Match(index, List.of())));
    };
  }

  private boolean isOrdinary(Ref index) {
    IndexDef definition =
        index.scope() == session.scope() ? session.catalog().index((int) index.id()) : null;
    return definition != null && !Resources.coversAdminOnly(definition);
  }

  private static List<Value> terms(Entry entry) {
    return entry.values().isEmpty() ? List.of(entry.ref()) : entry.values();
  }

  private SetPlan orNothing(SetPlan set, boolean inner) {
    Admission admitted = set == null ? null : admission(set, inner);
    return admitted == null ? null : admitted.plan;
  }

  private List<Admission> admissions(List<SetPlan> sets) {
    List<Admission> admitted = new ArrayList<>(sets.size());
    for (SetPlan set : sets) {
      Admission admission = admission(set, true);
      if (admission != null) {
        admitted.add(admission);
      }
    }
    return admitted;
  }

  private static List<SetPlan> plans(List<Admission> admitted) {
    return admitted.stream().map(Admission::plan).toList();
  }

  private static boolean anyChecked(List<Admission> admitted) {
    return admitted.stream().anyMatch(Admission::checked);
  }
}
