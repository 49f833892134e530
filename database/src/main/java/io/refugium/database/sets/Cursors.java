package io.refugium.database.sets;

import io.refugium.database.Transaction;
import io.refugium.database.document.DocumentScan;
import io.refugium.database.sets.SetPlan.Difference;
import io.refugium.database.sets.SetPlan.Distinct;
import io.refugium.database.sets.SetPlan.Documents;
import io.refugium.database.sets.SetPlan.Filter;
import io.refugium.database.sets.SetPlan.Intersection;
import io.refugium.database.sets.SetPlan.Join;
import io.refugium.database.sets.SetPlan.JoinTarget;
import io.refugium.database.sets.SetPlan.Match;
import io.refugium.database.sets.SetPlan.OneDocument;
import io.refugium.database.sets.SetPlan.Permitted;
import io.refugium.database.sets.SetPlan.Range;
import io.refugium.database.sets.SetPlan.Reverse;
import io.refugium.database.sets.SetPlan.Singleton;
import io.refugium.database.sets.SetPlan.SystemDocuments;
import io.refugium.database.sets.SetPlan.Union;
import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;

/** From plans to cursors: which cursor evaluates which plan. */
final class Cursors {
  private Cursors() {}

  static EntryCursor open(SetPlan plan, ReadContext context, Direction direction) {
    return switch (plan) {
      case Match match -> openMatch(match, context, direction);
      case Documents documents -> openDocuments(documents, context, direction);
      case SystemDocuments(long scope, int kind) ->
          new DocumentsCursor(
              plan,
              context.reader().scan(scope, kind, context.at(), direction),
              scope,
              kind,
              direction);
      case Singleton(Ref ref) -> new SingletonCursor(plan, context, ref, direction);
      case OneDocument(Ref ref) -> new SingletonCursor(plan, context, ref, direction);
      case Union(List<SetPlan> operands) ->
          new UnionCursor(context, openAll(operands, context, direction), direction);
      case Intersection(List<SetPlan> operands) ->
          new IntersectionCursor(context, openAll(operands, context, direction), direction);
      case Difference(List<SetPlan> operands) ->
          new DifferenceCursor(context, openAll(operands, context, direction), direction);
      case Distinct(SetPlan set) -> new DistinctCursor(set, context, direction);
      case Range range ->
          new RangeCursor(
              range.set().open(context, direction), range.from(), range.to(), direction);
      case Reverse(SetPlan set) -> new ReverseCursor(set.open(context, direction.reversed()));
      case Filter(SetPlan set, SetPlan.EntryPredicate predicate) ->
          new FilterCursor(context, set.open(context, direction), predicate);
      case Permitted(SetPlan set, SetPlan.EntryPredicate predicate) ->
          new FilterCursor(context, set.open(context, direction), predicate);
      case Join join -> JoinCursor.open(join, context, direction);
    };
  }

  /** What matters is what is there now: a past set is walked over as a whole. */
  private static EntryCursor openDocuments(
      Documents set, ReadContext context, Direction direction) {
    boolean all = set.among() == null || context.at() != Transaction.NOW;
    DocumentScan scan =
        all
            ? context.reader().scan(set.scope(), set.collection(), context.at(), direction)
            : context.reader().candidates(set.scope(), set.collection(), set.among(), direction);
    return new DocumentsCursor(set, scan, set.scope(), set.collection(), direction);
  }

  private static EntryCursor openMatch(Match match, ReadContext context, Direction direction) {
    Shape shape = context.reader().shapeOf(match.index());
    return shape == null
        ? new EmptyCursor(Shape.DOCUMENTS)
        : new IndexCursor(match, shape, context, direction);
  }

  private static List<EntryCursor> openAll(
      List<SetPlan> plans, ReadContext context, Direction direction) {
    List<EntryCursor> cursors = new ArrayList<>(plans.size());
    try {
      plans.forEach(plan -> cursors.add(plan.open(context, direction)));
    } catch (RuntimeException e) {
      cursors.forEach(EntryCursor::close);
      throw e;
    }
    return cursors;
  }

  static Shape shape(SetPlan plan, ReadContext context) {
    return switch (plan) {
      case Match match -> orDocuments(context.reader().shapeOf(match.index()));
      case Documents _, SystemDocuments _, Singleton _, OneDocument _ -> Shape.DOCUMENTS;
      case Union(List<SetPlan> operands) -> longest(operands, context);
      case Intersection(List<SetPlan> operands) -> longest(operands, context);
      case Difference(List<SetPlan> operands) ->
          operands.isEmpty() ? Shape.DOCUMENTS : operands.getFirst().shape(context);
      case Distinct(SetPlan set) -> set.shape(context);
      case Range range -> range.set().shape(context);
      case Filter filter -> filter.set().shape(context);
      case Permitted permitted -> permitted.set().shape(context);
      case Reverse(SetPlan set) -> {
        Shape shape = set.shape(context);
        yield shape == null ? null : shape.reversed();
      }
      case Join(SetPlan _, JoinTarget.Index(Ref index)) ->
          orDocuments(context.reader().shapeOf(index));
      case Join(SetPlan _, JoinTarget.Function function) -> function.shape();
    };
  }

  private static Shape orDocuments(Shape shape) {
    return shape == null ? Shape.DOCUMENTS : shape;
  }

  private static Shape longest(List<SetPlan> operands, ReadContext context) {
    Shape longest = null;
    for (SetPlan operand : operands) {
      Shape shape = operand.shape(context);
      if (shape == null) {
        return null;
      }
      longest = longest == null || shape.values() > longest.values() ? shape : longest;
    }
    return orDocuments(longest);
  }

  /** The shape of merged cursors: that of the one with the most values. */
  static Shape merged(List<EntryCursor> cursors) {
    Shape merged = cursors.isEmpty() ? Shape.DOCUMENTS : cursors.getFirst().shape();
    for (EntryCursor cursor : cursors) {
      if (!merged.isCompatible(cursor.shape())) {
        throw new IncompatibleSetsException();
      }
      merged = cursor.shape().values() > merged.values() ? cursor.shape() : merged;
    }
    return merged;
  }
}
