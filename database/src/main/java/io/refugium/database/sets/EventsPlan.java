package io.refugium.database.sets;

import io.refugium.model.Ref;
import java.util.List;

/** An unevaluated history (spec: fql4 11.3). Immutable. */
public sealed interface EventsPlan {
  /** The versions of a document. */
  record OfDocument(Ref ref) implements EventsPlan {}

  /** What came into a set and left it. */
  record OfSet(SetPlan set) implements EventsPlan {}

  /** The events of all operands, equal ones once. */
  record Union(List<EventsPlan> operands) implements EventsPlan {
    public Union {
      operands = List.copyOf(operands);
    }
  }

  /** The events that all operands have. */
  record Intersection(List<EventsPlan> operands) implements EventsPlan {
    public Intersection {
      operands = List.copyOf(operands);
    }
  }

  /** The events of the first operand that no other has. */
  record Difference(List<EventsPlan> operands) implements EventsPlan {
    public Difference {
      operands = List.copyOf(operands);
    }
  }

  /** Whether the set has a history: ranges, reversed and filtered sets have none (fql4 7.10). */
  static boolean hasHistory(SetPlan plan) {
    return switch (plan) {
      case SetPlan.Match _,
          SetPlan.Documents _,
          SetPlan.SystemDocuments _,
          SetPlan.Singleton _,
          SetPlan.OneDocument _ ->
          true;
      case SetPlan.Range _, SetPlan.Reverse _, SetPlan.Filter _ -> false;
      case SetPlan.Union(List<SetPlan> operands) -> haveHistory(operands);
      case SetPlan.Intersection(List<SetPlan> operands) -> haveHistory(operands);
      case SetPlan.Difference(List<SetPlan> operands) -> haveHistory(operands);
      case SetPlan.Distinct(SetPlan set) -> hasHistory(set);
      case SetPlan.Permitted(SetPlan set, SetPlan.EntryPredicate _) -> hasHistory(set);
      case SetPlan.Join(SetPlan source, SetPlan.JoinTarget _) -> hasHistory(source);
    };
  }

  private static boolean haveHistory(List<SetPlan> operands) {
    return operands.stream().allMatch(EventsPlan::hasHistory);
  }
}
