package io.refugium.fql4.functions;

import io.refugium.fql4.language.ActionValue;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.Position;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.model.LongValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import io.refugium.model.ValueOrder;
import java.util.List;

/** Equality and order of values as queries see them (spec: FQL v4, 8.1, 8.2). */
final class Comparison {
  private Comparison() {}

  /** What {@code equals} says of two values: numbers across their kinds, all else structurally. */
  static boolean equal(Value a, Value b, ApiVersion version) {
    if (MathFunctions.isNumber(a) && MathFunctions.isNumber(b)) {
      return a instanceof LongValue x && b instanceof LongValue y
          ? x.value() == y.value()
          : Double.compare(MathFunctions.real(a), MathFunctions.real(b)) == 0;
    }
    if (a instanceof ActionValue action && b instanceof StringValue word) {
      return matches(action, word.value(), version);
    }
    if (b instanceof ActionValue action && a instanceof StringValue word) {
      return matches(action, word.value(), version);
    }
    return a.equals(b);
  }

  /**
   * Below version 5 the word {@code create} means every action that leaves something there, {@code
   * delete} the others.
   */
  private static boolean matches(ActionValue action, String word, ApiVersion version) {
    if (version.isAtLeast(ApiVersion.V5)) {
      return action.word().equals(word);
    }
    return switch (word) {
      case "create" ->
          action == ActionValue.CREATE || action == ActionValue.UPDATE || action == ActionValue.ADD;
      case "delete" -> action == ActionValue.DELETE || action == ActionValue.REMOVE;
      default -> action.word().equals(word);
    };
  }

  /** The total order over all kinds. */
  static int compare(Value a, Value b) {
    if (a instanceof LongValue x && b instanceof LongValue y) {
      return Long.compare(x.value(), y.value());
    }
    return ValueOrder.INSTANCE.compare(Plain.of(a), Plain.of(b));
  }

  /** Refuses unresolved refs among values that are to be put in order. */
  static void requireResolved(List<Value> values, Position position, ApiVersion version) {
    for (Value value : values) {
      if (value instanceof UnresolvedRef ref) {
        throw ref.error(position, version);
      }
    }
  }
}
