package io.refugium.access;

import io.refugium.database.Transaction;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EntryCursor;
import io.refugium.database.sets.ReadContext;
import io.refugium.database.sets.SetPage;
import io.refugium.database.sets.SetPlan;
import io.refugium.database.sets.Shape;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;

/**
 * Sets as FQL v4 checks them (spec access 6.4). A set is admissible, or refused as a whole; an
 * admissible one may show only the elements whose document can be read. Parts of a combined set
 * that are not admissible drop out of it silently.
 *
 * <p>Every method that reads a set refuses one that is not admissible with {@link
 * AccessException.Denied}.
 */
public final class V4Sets {
  private final Session session;

  V4Sets(Session session) {
    this.session = session;
  }

  /** The first page of what may be seen of a set. */
  public SetPage page(SetPlan set, long at, long size) {
    return SetPage.first(visible(set), context(at), size);
  }

  /** The page that begins at a cursor: see {@link SetPage#after}. */
  public SetPage pageAfter(SetPlan set, long at, List<Value> cursor, long size) {
    return SetPage.after(visible(set), context(at), cursor, size);
  }

  /** The page that ends before a cursor: see {@link SetPage#before}. */
  public SetPage pageBefore(SetPlan set, long at, List<Value> cursor, long size) {
    return SetPage.before(visible(set), context(at), cursor, size);
  }

  /** Walks over what may be seen of a set. */
  public EntryCursor open(SetPlan set, long at, Direction direction) {
    return visible(set).open(context(at), direction);
  }

  /**
   * The first element of a set whether or not its document may be read, which {@code Get}, {@code
   * Login} and {@code Exists} of a set go by; null when the set is empty.
   */
  public Entry first(SetPlan set, long at) {
    try (EntryCursor entries = admit(set).plan.open(context(at), Direction.ASCENDING)) {
      return entries.next() ? entries.entry() : null;
    }
  }

  /**
   * {@code Exists(set)}, {@code IsNonEmpty(set)}: whether the first element of the unfiltered set
   * exists and may be read.
   */
  public boolean isNonEmpty(SetPlan set, long at) {
    Entry first = first(set, at);
    return first != null && session.mayRead(first.ref());
  }

  /**
   * How the elements of a set are built; building a set needs no permission. Null when only
   * evaluating it could tell.
   */
  public Shape shape(SetPlan set) {
    return set.shape(context(Transaction.NOW));
  }

  /** Whether these sets can be united, intersected or subtracted. */
  public boolean areCompatible(List<SetPlan> sets) {
    return SetPlan.areCompatible(sets, context(Transaction.NOW));
  }

  private ReadContext context(long at) {
    return ReadContext.of(session.transaction(), at);
  }

  /** The set without what may not be seen. */
  private SetPlan visible(SetPlan set) {
    Admission admission = admit(set);
    return admission.checked
        ? new SetPlan.Permitted(admission.plan, (_, entry) -> session.mayRead(entry.ref()))
        : admission.plan;
  }

  private Admission admit(SetPlan set) {
    Admission admission = admission(set);
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

  /** What becomes of a set, or null when it is not admissible: the table of spec access 6.4. */
  private Admission admission(SetPlan set) {
    return switch (set) {
      case SetPlan.Match match -> match(match);
      case SetPlan.Documents(long scope, int collection) -> documents(set, scope, collection);
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
        Admission first = operands.isEmpty() ? null : admission(operands.getFirst());
        if (first == null) {
          yield null;
        }
        List<Admission> admitted = new ArrayList<>(List.of(first));
        admitted.addAll(admissions(operands.subList(1, operands.size())));
        yield new Admission(new SetPlan.Difference(plans(admitted)), anyChecked(admitted));
      }
      case SetPlan.Distinct(SetPlan inner) -> {
        Admission admitted = admission(inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Distinct(admitted.plan), admitted.checked);
      }
      case SetPlan.Range(SetPlan inner, List<Value> from, List<Value> to) -> {
        Admission admitted = admission(inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Range(admitted.plan, from, to), admitted.checked);
      }
      case SetPlan.Reverse(SetPlan inner) -> {
        Admission admitted = admission(inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Reverse(admitted.plan), admitted.checked);
      }
      case SetPlan.Filter(SetPlan inner, SetPlan.EntryPredicate predicate) -> {
        Admission admitted = admission(inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Filter(admitted.plan, predicate), admitted.checked);
      }
      case SetPlan.Permitted(SetPlan inner, SetPlan.EntryPredicate predicate) -> {
        Admission admitted = admission(inner);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Permitted(admitted.plan, predicate), admitted.checked);
      }
      case SetPlan.Join(SetPlan source, SetPlan.JoinTarget target) -> {
        Admission admitted = admission(source);
        yield admitted == null
            ? null
            : new Admission(new SetPlan.Join(admitted.plan, target(target)), admitted.checked);
      }
    };
  }

  private Admission match(SetPlan.Match match) {
    if (session.may(new Operation.ReadIndexUnrestricted(match.index(), match.terms()))) {
      return new Admission(match, false);
    }
    return session.may(new Operation.ReadIndex(match.index(), match.terms()))
        ? new Admission(match, true)
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
  private SetPlan.JoinTarget target(SetPlan.JoinTarget target) {
    return switch (target) {
      case SetPlan.JoinTarget.Function(SetPlan.EntryFunction function, Shape shape) ->
          new SetPlan.JoinTarget.Function(
              (context, entry) -> orNothing(function.apply(context, entry)), shape);
      case SetPlan.JoinTarget.Index(Ref index)
          when session.permissions().isPrivileged() && index.scope() == session.scope() ->
          target; // admissible whatever the terms
      case SetPlan.JoinTarget.Index(Ref index) ->
          new SetPlan.JoinTarget.Function(
              (_, entry) -> orNothing(new SetPlan.Match(index, terms(entry))),
              shape(new SetPlan.Match(index, List.of())));
    };
  }

  private static List<Value> terms(Entry entry) {
    return entry.values().isEmpty() ? List.of(entry.ref()) : entry.values();
  }

  private SetPlan orNothing(SetPlan set) {
    Admission admitted = set == null ? null : admission(set);
    return admitted == null ? null : admitted.plan;
  }

  private List<Admission> admissions(List<SetPlan> sets) {
    List<Admission> admitted = new ArrayList<>(sets.size());
    for (SetPlan set : sets) {
      Admission admission = admission(set);
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
