package io.refugium.database.sets;

import io.refugium.database.sets.SetPlan.Difference;
import io.refugium.database.sets.SetPlan.Distinct;
import io.refugium.database.sets.SetPlan.Filter;
import io.refugium.database.sets.SetPlan.Intersection;
import io.refugium.database.sets.SetPlan.Join;
import io.refugium.database.sets.SetPlan.Range;
import io.refugium.database.sets.SetPlan.Reverse;
import io.refugium.database.sets.SetPlan.Union;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.List;

/** What a plan means, evaluated by going through complete lists. The oracle for the cursors. */
final class NaiveSets {
  private final ReadContext context;

  NaiveSets(ReadContext context) {
    this.context = context;
  }

  /** All entries in the order of the set. */
  List<Entry> entries(SetPlan plan) {
    return switch (plan) {
      case Union(List<SetPlan> operands) -> union(operands, shape(plan));
      case Intersection(List<SetPlan> operands) -> {
        List<List<Entry>> all = operands.stream().map(this::entries).toList();
        List<Entry> result = new ArrayList<>();
        for (Entry entry : all.getFirst()) {
          int before = count(result, entry, shape(plan));
          if (all.stream().allMatch(list -> count(list, entry, shape(plan)) > before)) {
            result.add(entry);
          }
        }
        yield result;
      }
      case Difference(List<SetPlan> operands) -> {
        List<Entry> result = new ArrayList<>(entries(operands.getFirst()));
        for (SetPlan other : operands.subList(1, operands.size())) {
          List<Entry> subtracted = entries(other);
          result.removeIf(entry -> count(subtracted, entry, shape(plan)) > 0);
        }
        yield result;
      }
      case Distinct(SetPlan set) -> {
        List<Entry> result = new ArrayList<>();
        for (Entry entry : entries(set)) {
          if (count(result, entry, shape(plan)) == 0) {
            result.add(entry);
          }
        }
        yield result;
      }
      case Range range ->
          entries(range.set()).stream()
              .filter(entry -> shape(plan).compare(entry, Bound.before(range.from())) > 0)
              .filter(entry -> shape(plan).compare(entry, Bound.after(range.to())) < 0)
              .toList();
      case Reverse(SetPlan set) -> entries(set).reversed();
      case Filter(SetPlan set, SetPlan.EntryPredicate predicate) ->
          entries(set).stream().filter(entry -> predicate.test(context, entry)).toList();
      case Join join -> {
        List<Entry> result = new ArrayList<>();
        for (Entry entry : entries(join.source())) {
          for (Entry target : entries(JoinCursor.target(join.target(), context, entry))) {
            if (result.stream().noneMatch(target::isSame)) {
              result.add(target);
            }
          }
        }
        result.sort(shape(plan)::compare);
        yield result;
      }
      default -> {
        List<Entry> result = new ArrayList<>();
        EntryCursor cursor = plan.open(context, Direction.ASCENDING);
        while (cursor.next()) {
          result.add(cursor.entry());
        }
        yield result;
      }
    };
  }

  private Shape shape(SetPlan plan) {
    return plan.shape(context);
  }

  /** The k-th of each key comes from the operand where it comes first. */
  private List<Entry> union(List<SetPlan> operands, Shape shape) {
    List<List<Entry>> all = operands.stream().map(this::entries).toList();
    List<Entry> result = new ArrayList<>();
    for (List<Entry> list : all) {
      for (int i = 0; i < list.size(); i++) {
        Entry entry = list.get(i);
        int rank = count(list.subList(0, i), entry, shape);
        int known = indexOf(result, entry, rank, shape);
        if (known < 0) {
          result.add(entry);
        } else if (shape.compare(entry, result.get(known)) < 0) {
          result.set(known, entry);
        }
      }
    }
    result.sort(shape::compare);
    return result;
  }

  private static int indexOf(List<Entry> list, Entry entry, int rank, Shape shape) {
    int seen = 0;
    for (int i = 0; i < list.size(); i++) {
      if (shape.compareKeys(list.get(i), entry) == 0 && seen++ == rank) {
        return i;
      }
    }
    return -1;
  }

  private static int count(List<Entry> list, Entry entry, Shape shape) {
    return (int) list.stream().filter(other -> shape.compareKeys(other, entry) == 0).count();
  }
}
