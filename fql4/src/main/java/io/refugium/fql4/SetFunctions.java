package io.refugium.fql4;

import static io.refugium.fql4.Kind.SET_OR_ARRAY;
import static io.refugium.fql4.Kind.oneOrMore;

import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Union, intersection and difference of arrays; set constructors (spec: FQL v4, 6.3, 7.3). */
final class SetFunctions {
  private SetFunctions() {}

  static void define(Library library) {
    // A lone array is the list of operands, so these take the list apart themselves.
    algebra(library, "union", SetFunctions::unionOf, SetValue.Union::new);
    algebra(library, "intersection", SetFunctions::intersectionOf, SetValue.Intersection::new);
    algebra(library, "difference", SetFunctions::differenceOf, SetValue.Difference::new);
  }

  /** What an operator makes of its operands. */
  @FunctionalInterface
  private interface Operator<T> {
    Value apply(List<T> operands);
  }

  private static void algebra(
      Library library, String name, Operator<List<Value>> ofArrays, Operator<Value> ofSets) {
    library
        .define(name, oneOrMore(SET_OR_ARRAY))
        .as(
            call -> {
              List<Value> operands = call.list(0);
              long arrays = operands.stream().filter(ArrayValue.class::isInstance).count();
              if (arrays == operands.size()) {
                return ofArrays.apply(
                    operands.stream().map(operand -> ((ArrayValue) operand).values()).toList());
              }
              if (arrays > 0) {
                throw Errors.mixedOperands(call.position(0));
              }
              if (operands.size() > 1 && !Shape.areCompatible(operands, call.evaluation())) {
                throw Errors.incompatibleSets(call.position(0));
              }
              return ofSets.apply(operands);
            });
  }

  /**
   * Each distinct value as often as in the operand that has it most often, grouped where it first
   * appears.
   */
  private static Value unionOf(List<List<Value>> operands) {
    Map<Value, Integer> most = new LinkedHashMap<>();
    for (List<Value> operand : operands) {
      counts(operand).forEach((value, count) -> most.merge(value, count, Math::max));
    }
    List<Value> result = new ArrayList<>();
    most.forEach((value, count) -> result.addAll(java.util.Collections.nCopies(count, value)));
    return new ArrayValue(result);
  }

  /** Each value as often as all operands have it, in the order of the first. */
  private static Value intersectionOf(List<List<Value>> operands) {
    List<Value> result = operands.getFirst();
    for (List<Value> operand : operands.subList(1, operands.size())) {
      Map<Value, Integer> left = counts(operand);
      List<Value> kept = new ArrayList<>();
      for (Value value : result) {
        if (left.getOrDefault(value, 0) > 0) {
          left.merge(value, -1, Integer::sum);
          kept.add(value);
        }
      }
      result = kept;
    }
    return new ArrayValue(result);
  }

  /** The first operand without one occurrence for each in the others. */
  private static Value differenceOf(List<List<Value>> operands) {
    List<Value> result = operands.getFirst();
    for (List<Value> operand : operands.subList(1, operands.size())) {
      Map<Value, Integer> removed = counts(operand);
      List<Value> kept = new ArrayList<>();
      for (Value value : result) {
        if (removed.getOrDefault(value, 0) > 0) {
          removed.merge(value, -1, Integer::sum);
        } else {
          kept.add(value);
        }
      }
      result = kept;
    }
    return new ArrayValue(result);
  }

  private static Map<Value, Integer> counts(List<Value> values) {
    Map<Value, Integer> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.merge(value, 1, Integer::sum));
    return counts;
  }
}
