package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.BOOLEAN;
import static io.refugium.fql4.language.Kind.oneOrMore;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Library;
import io.refugium.model.BooleanValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.function.IntPredicate;

/** Comparison and logic (spec: FQL v4, 6.12). */
final class ConditionFunctions {
  private ConditionFunctions() {}

  static void define(Library library) {
    library
        .define("equals", oneOrMore(ANY))
        .as(call -> Call.of(allEqual(call.list(0), call.version())));
    ordered(library, "lt", order -> order < 0);
    ordered(library, "lte", order -> order <= 0);
    ordered(library, "gt", order -> order > 0);
    ordered(library, "gte", order -> order >= 0);
    library.define("not", BOOLEAN).as(call -> Call.of(!call.bool(0)));
    // From version 3 on these two are lazy forms that the parser knows.
    library
        .define("and", oneOrMore(BOOLEAN))
        .until(ApiVersion.V2_12)
        .as(call -> Call.of(call.list(0).stream().allMatch(BooleanValue.TRUE::equals)));
    library
        .define("or", oneOrMore(BOOLEAN))
        .until(ApiVersion.V2_12)
        .as(call -> Call.of(call.list(0).stream().anyMatch(BooleanValue.TRUE::equals)));
  }

  private static boolean allEqual(List<Value> operands, ApiVersion version) {
    Value first = operands.getFirst();
    for (Value other : operands) {
      if (!Comparison.equal(first, other, version)) {
        return false;
      }
    }
    return true;
  }

  private static void ordered(Library library, String name, IntPredicate holds) {
    library
        .define(name, oneOrMore(ANY))
        .as(
            call -> {
              List<Value> operands = call.list(0);
              Comparison.requireResolved(operands, call.position(0), call.version());
              for (int i = 1; i < operands.size(); i++) {
                if (!holds.test(Comparison.compare(operands.get(i - 1), operands.get(i)))) {
                  return Call.of(false);
                }
              }
              return Call.of(true);
            });
  }
}
