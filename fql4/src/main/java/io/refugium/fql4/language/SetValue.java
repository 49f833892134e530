package io.refugium.fql4.language;

import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.Value;
import java.util.List;

/**
 * A set as the query wrote it: nothing is read before it is paginated, folded or tested. Operands
 * are sets again or refs, which stand for a native collection's members or for the one document.
 * Two sets are equal when they were built alike (spec: FQL v4, 2.5, 7.3).
 */
public sealed interface SetValue extends RuntimeValue {
  /** The sets that this one combines, and the terms of a match. */
  @Override
  default List<? extends Value> parts() {
    return switch (this) {
      case Match(Ref _, List<Value> terms) -> terms;
      case Documents _, Singleton _ -> List.of();
      case Events(Value of) -> List.of(of);
      case Union(List<Value> sets) -> sets;
      case Intersection(List<Value> sets) -> sets;
      case Difference(List<Value> sets) -> sets;
      case Distinct(Value set) -> List.of(set);
      case Reverse(Value set) -> List.of(set);
      case Range(Value set, Value from, Value to) -> List.of(set, from, to);
      case Filter filter -> List.of(filter.set());
      case Join join -> List.of(join.source());
    };
  }

  record Match(Ref index, List<Value> terms) implements SetValue {}

  record Documents(Ref collection) implements SetValue {}

  record Singleton(Ref ref) implements SetValue {}

  record Events(Value of) implements SetValue {}

  record Union(List<Value> sets) implements SetValue {}

  record Intersection(List<Value> sets) implements SetValue {}

  record Difference(List<Value> sets) implements SetValue {}

  record Distinct(Value set) implements SetValue {}

  record Reverse(Value set) implements SetValue {}

  record Range(Value set, Value from, Value to) implements SetValue {}

  /** {@code origin} is where the filter was written: errors of its results say so. */
  record Filter(Closure lambda, Value set, Position origin) implements SetValue {
    @Override
    public boolean equals(Object other) {
      return other instanceof Filter that && lambda.equals(that.lambda) && set.equals(that.set);
    }

    @Override
    public int hashCode() {
      return 31 * lambda.hashCode() + set.hashCode();
    }
  }

  /** {@code with} is a {@link Closure} or an index {@link Ref}; {@code origin} as in filters. */
  record Join(Value source, Value with, Position origin) implements SetValue {
    @Override
    public boolean equals(Object other) {
      return other instanceof Join that && source.equals(that.source) && with.equals(that.with);
    }

    @Override
    public int hashCode() {
      return 31 * source.hashCode() + with.hashCode();
    }
  }
}
