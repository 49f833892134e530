package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.ITERABLE;
import static io.refugium.fql4.language.Kind.LAMBDA;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Kind;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.Types;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.DoubleValue;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Folds of arrays, pages and whole sets into one value (spec: FQL v4, 6.3). Of a page comes a page
 * with the one result.
 */
final class FoldFunctions {
  private FoldFunctions() {}

  static void define(Library library) {
    library
        .define("count", ITERABLE)
        .reads()
        .as(call -> fold(call, 0, elements -> count(call, elements)));
    library
        .define("sum", ITERABLE)
        .reads()
        .as(call -> fold(call, 0, elements -> sum(call, elements)));
    library
        .define("mean", ITERABLE)
        .reads()
        .as(call -> fold(call, 0, elements -> mean(call, elements)));
    library.define("min", ITERABLE).reads().as(call -> extreme(call, order -> order <= 0));
    library.define("max", ITERABLE).reads().as(call -> extreme(call, order -> order >= 0));
    library
        .define("any", ITERABLE)
        .reads()
        .as(call -> fold(call, 0, elements -> Call.of(decided(call, elements, true))));
    library
        .define("all", ITERABLE)
        .reads()
        .as(call -> fold(call, 0, elements -> Call.of(!decided(call, elements, false))));
    library
        .define("reduce", LAMBDA)
        .with("initial", ANY)
        .with("collection", ITERABLE)
        .reads()
        .as(call -> fold(call, 2, elements -> reduce(call, elements)));
  }

  /** What a fold makes of the elements. */
  @FunctionalInterface
  private interface Fold {
    Value apply(Iterator<Value> elements);
  }

  private static Value fold(Call call, int argument, Fold fold) {
    return fold(call, call.value(argument), fold);
  }

  private static Value fold(Call call, Value collection, Fold fold) {
    return switch (collection) {
      case ArrayValue array -> fold.apply(array.values().iterator());
      case PageValue page -> page.folded(fold.apply(page.data().iterator()));
      case Value set -> fold.apply(call.evaluation().sets().elements(set, call.position(0)));
    };
  }

  private static Value count(Call call, Iterator<Value> elements) {
    long count = 0;
    while (elements.hasNext()) {
      next(call, elements);
      count++;
    }
    return new LongValue(count);
  }

  /** The next element; costs a unit of compute. */
  private static Value next(Call call, Iterator<Value> elements) {
    call.evaluation().addComputeUnits(1);
    return elements.next();
  }

  private static Value nextNumber(Call call, Iterator<Value> elements) {
    Value value = next(call, elements);
    if (!MathFunctions.isNumber(value)) {
      throw Errors.wrongKind(call.position(0), "Number", Types.nameOf(value));
    }
    return value;
  }

  private static Value sum(Call call, Iterator<Value> elements) {
    Value sum = new LongValue(0);
    while (elements.hasNext()) {
      sum = MathFunctions.sum(sum, nextNumber(call, elements));
    }
    return sum;
  }

  private static Value mean(Call call, Iterator<Value> elements) {
    double sum = 0;
    long count = 0;
    while (elements.hasNext()) {
      sum += MathFunctions.real(nextNumber(call, elements));
      count++;
    }
    if (count == 0) {
      throw Errors.emptyArray(call.position(0));
    }
    return new DoubleValue(sum / count);
  }

  /**
   * Whether an element has the deciding value. All are looked at: one that is no boolean is an
   * error wherever it is.
   */
  private static boolean decided(Call call, Iterator<Value> elements, boolean deciding) {
    boolean decided = false;
    while (elements.hasNext()) {
      Value value = next(call, elements);
      if (!(value instanceof BooleanValue truth)) {
        throw Errors.wrongKind(call.position(0), "Boolean", Types.nameOf(value));
      }
      decided |= truth.value() == deciding;
    }
    return decided;
  }

  /**
   * The smallest or largest element; of equal ones the last. A lone array, page or set in an array
   * stands for its elements.
   */
  private static Value extreme(Call call, IntPredicate replaces) {
    Value collection = call.value(0);
    if (collection instanceof ArrayValue(List<Value> elements)
        && elements.size() == 1
        && (elements.getFirst() instanceof ArrayValue
            || elements.getFirst() instanceof PageValue
            || Kind.isSet(elements.getFirst()))) {
      collection = elements.getFirst();
    }
    return fold(
        call,
        collection,
        elements -> {
          Value best = null;
          while (elements.hasNext()) {
            Value value = elements.next();
            Comparison.requireResolved(List.of(value), call.position(0), call.version());
            if (best == null || replaces.test(Comparison.compare(value, best))) {
              best = value;
            }
          }
          if (best == null) {
            throw Errors.emptyArray(call.position(0));
          }
          return best;
        });
  }

  private static Value reduce(Call call, Iterator<Value> elements) {
    Value result = call.value(1);
    while (elements.hasNext()) {
      Value element = next(call, elements);
      result = call.lambda(0).apply(ArrayValue.of(result, element), call.position());
    }
    return result;
  }
}
