package io.refugium.fql4.language;

import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;

/**
 * What the entries of a set look like: which of their values are in descending order, or that they
 * are events (spec: FQL v4, 7.1, 7.5).
 *
 * @param reverse for each covered value whether it descends; null when that is not known before the
 *     set is read
 */
public record Shape(boolean[] reverse, boolean events) {
  static final Shape REFS = new Shape(new boolean[0], false);
  static final Shape EVENTS = new Shape(new boolean[0], true);
  static final Shape UNKNOWN = new Shape(null, false);

  /** The shape of a set or of a ref that stands for one. */
  public static Shape of(Value set, Evaluation evaluation) {
    return switch (set) {
      case SetValue.Match match -> evaluation.names().shapeOf(match.index());
      case SetValue.Documents _, SetValue.Singleton _ -> REFS;
      case SetValue.Events _ -> EVENTS;
      case SetValue.Union union -> of(union.sets().getFirst(), evaluation);
      case SetValue.Intersection intersection -> of(intersection.sets().getFirst(), evaluation);
      case SetValue.Difference difference -> of(difference.sets().getFirst(), evaluation);
      case SetValue.Distinct distinct -> of(distinct.set(), evaluation);
      case SetValue.Range range -> of(range.set(), evaluation);
      case SetValue.Filter filter -> of(filter.set(), evaluation);
      case SetValue.Reverse reverse -> of(reverse.set(), evaluation).reversed();
      case SetValue.Join join ->
          join.with() instanceof Ref index && index.collection() == SystemCollections.INDEX
              ? evaluation.names().shapeOf(index)
              : UNKNOWN;
      default -> REFS;
    };
  }

  private Shape reversed() {
    if (reverse == null || events) {
      return this;
    }
    boolean[] turned = new boolean[reverse.length + 1];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = i >= reverse.length || !reverse[i];
    }
    return new Shape(turned, false);
  }

  /**
   * Whether the flags agree position by position; positions beyond the end are ascending, as the
   * ref at the end of every entry is.
   */
  public static boolean areCompatible(List<Value> sets, Evaluation evaluation) {
    Shape first = of(sets.getFirst(), evaluation);
    for (Value set : sets.subList(1, sets.size())) {
      if (!first.isCompatible(of(set, evaluation))) {
        return false;
      }
    }
    return true;
  }

  private boolean isCompatible(Shape other) {
    if (events != other.events) {
      return false;
    }
    if (reverse == null || other.reverse == null) {
      return true;
    }
    int shorter = Math.min(reverse.length, other.reverse.length) + 1;
    for (int i = 0; i < shorter; i++) {
      if (isReverse(i) != other.isReverse(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isReverse(int position) {
    return position < reverse.length && reverse[position];
  }
}
