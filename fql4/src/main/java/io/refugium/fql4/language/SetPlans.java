package io.refugium.fql4.language;

import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.SetPlan;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/** Sets of a query as plans of the database, and the leaves of plans back as sets. */
public final class SetPlans {
  private final Evaluation evaluation;
  private final Position reader;

  /**
   * The position is that of whoever reads the set: where to report that histories cannot be read
   * like this.
   */
  SetPlans(Evaluation evaluation, Position reader) {
    this.evaluation = evaluation;
    this.reader = reader;
  }

  /** The plan of a set or of a ref that stands for one. */
  SetPlan plan(Value set) {
    return switch (set) {
      case Ref ref when NativeCollections.isNative(ref) ->
          new SetPlan.SystemDocuments(ref.scope(), (int) ref.id());
      case Ref ref -> new SetPlan.OneDocument(ref);
      case SetValue.Match(Ref index, List<Value> terms) -> new SetPlan.Match(index, terms);
      case SetValue.Documents(Ref collection) ->
          new SetPlan.Documents(collection.scope(), (int) collection.id());
      case SetValue.Singleton(Ref ref) -> new SetPlan.Singleton(ref);
      case SetValue.Union(List<Value> sets) -> new SetPlan.Union(plans(sets));
      case SetValue.Intersection(List<Value> sets) -> new SetPlan.Intersection(plans(sets));
      case SetValue.Difference(List<Value> sets) -> new SetPlan.Difference(plans(sets));
      case SetValue.Distinct(Value inner) -> new SetPlan.Distinct(plan(inner));
      case SetValue.Reverse(Value inner) -> new SetPlan.Reverse(plan(inner));
      case SetValue.Range(Value inner, Value from, Value to) ->
          new SetPlan.Range(plan(inner), bound(from), bound(to));
      case SetValue.Filter filter ->
          new SetPlan.Filter(plan(filter.set()), (_, entry) -> keeps(filter, entry));
      case SetValue.Join join -> new SetPlan.Join(plan(join.source()), target(join));
      default -> throw Errors.noEvents(reader);
    };
  }

  private List<SetPlan> plans(List<Value> sets) {
    return sets.stream().map(this::plan).toList();
  }

  /** A bound: its components, or one value that is not wrapped. */
  private static List<Value> bound(Value bound) {
    return bound instanceof ArrayValue(List<Value> components) ? components : List.of(bound);
  }

  private static boolean keeps(SetValue.Filter filter, Entry entry) {
    Value keep = filter.lambda().apply(entry.visible(), filter.origin());
    if (!(keep instanceof BooleanValue truth)) {
      throw Errors.wrongKind(filter.origin().at("filter"), "Boolean", Types.nameOf(keep));
    }
    return truth.value();
  }

  private SetPlan.JoinTarget target(SetValue.Join join) {
    if (join.with() instanceof Ref index) {
      return new SetPlan.JoinTarget.Index(index);
    }
    Closure lambda = (Closure) join.with();
    return new SetPlan.JoinTarget.Function((_, entry) -> plan(joined(join, lambda, entry)), null);
  }

  private Value joined(SetValue.Join join, Closure lambda, Entry entry) {
    Value set = lambda.apply(entry.visible(), join.origin());
    if (set instanceof UnresolvedRef ref) {
      throw ref.error(join.origin().at("with"), evaluation.version());
    }
    if (!(set instanceof SetValue) && !(set instanceof Ref)) {
      throw Errors.wrongKind(join.origin().at("with"), "Ref or Set", Types.nameOf(set));
    }
    return set;
  }

  // ---- Histories

  /**
   * The history that a set of events describes. The position is where to report that there is none.
   */
  EventsPlan events(Value set, Position unsupported) {
    return switch (set) {
      case SetValue.Events(Ref ref) when !NativeCollections.isNative(ref) ->
          new EventsPlan.OfDocument(ref);
      case SetValue.Events(Value of) -> {
        SetPlan plan = plan(of);
        if (!EventsPlan.hasHistory(plan)) {
          throw Errors.noEvents(unsupported);
        }
        yield new EventsPlan.OfSet(plan);
      }
      case SetValue.Union(List<Value> sets) -> new EventsPlan.Union(events(sets, unsupported));
      case SetValue.Intersection(List<Value> sets) ->
          new EventsPlan.Intersection(events(sets, unsupported));
      case SetValue.Difference(List<Value> sets) ->
          new EventsPlan.Difference(events(sets, unsupported));
      case SetValue.Distinct(Value inner) -> events(inner, unsupported);
      default -> throw Errors.noEvents(unsupported);
    };
  }

  private List<EventsPlan> events(List<Value> sets, Position unsupported) {
    return sets.stream().map(set -> events(set, unsupported)).toList();
  }

  // ---- Sources

  /** The leaf of a plan as the set that a query would write for it. */
  public static Value leaf(SetPlan plan) {
    return switch (plan) {
      case SetPlan.Match(Ref index, List<Value> terms) -> new SetValue.Match(index, terms);
      case SetPlan.Documents documents ->
          new SetValue.Documents(
              new Ref(documents.scope(), SystemCollections.COLLECTION, documents.collection()));
      case SetPlan.SystemDocuments(long scope, int kind) -> NativeCollections.ref(scope, kind);
      case SetPlan.Singleton(Ref ref) -> new SetValue.Singleton(ref);
      case SetPlan.OneDocument(Ref ref) -> ref;
      default -> throw new IllegalArgumentException("no leaf of a set");
    };
  }
}
