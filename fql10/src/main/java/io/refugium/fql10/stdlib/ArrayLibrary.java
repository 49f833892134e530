package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.integer;
import static io.refugium.fql10.stdlib.Arguments.list;
import static io.refugium.fql10.stdlib.Arguments.of;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.Text;
import io.refugium.fql10.sets.Sources;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.GrownArray;
import io.refugium.model.LongValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Arrays (library specification, section 11). Everything is eager, in the order of the index. */
final class ArrayLibrary {
  static final Members MEMBERS = declare();

  static final Members MODULE =
      Members.builder()
          .method(
              "sequence(from: Int, until: Int) => Array<Int>",
              "The integers from the first (inclusive) to the last (exclusive).",
              (c, s, a) -> of(sequence(integer(a[0]), integer(a[1]))))
          .build();

  private ArrayLibrary() {}

  private static Members declare() {
    Members.Builder members =
        Members.builder()
            .property(
                "length: Int", "The number of elements.", (context, self) -> of(list(self).size()));
    elements(members);
    derived(members);
    filters(members);
    folds(members);
    searches(members);
    return members.build();
  }

  private static void elements(Members.Builder members) {
    members
        .method(
            "at(index: Int) => A",
            "The element at an index.",
            (c, s, a) -> list(s).get(checked(integer(a[0]), list(s))))
        .method(
            "first() => A | Null",
            "The first element.",
            (c, s, a) -> list(s).isEmpty() ? empty() : list(s).getFirst())
        .method(
            "last() => A | Null",
            "The last element.",
            (c, s, a) -> list(s).isEmpty() ? empty() : list(s).getLast())
        .method(
            "isEmpty() => Boolean",
            "Whether there is no element.",
            (c, s, a) -> of(list(s).isEmpty()))
        .method(
            "nonEmpty() => Boolean",
            "Whether there is an element.",
            (c, s, a) -> of(!list(s).isEmpty()))
        .method(
            "toString() => String",
            "The elements as text.",
            (c, s, a) -> of(Text.debug(c.context(), s)));
  }

  private static void derived(Members.Builder members) {
    members
        .method(
            "append(element: B) => Array<A | B>",
            "The array with one more element at the end.",
            (c, s, a) -> of(joined(list(s), List.of(a[0]))))
        .method(
            "prepend(element: B) => Array<A | B>",
            "The array with one more element at the start.",
            (c, s, a) -> of(prepended(a[0], list(s))))
        .method(
            "concat(other: Array<B>) => Array<A | B>",
            "The elements of this array, then those of another.",
            (c, s, a) -> of(joined(list(s), list(a[0]))))
        .method(
            "distinct() => Array<A>",
            "The first occurrences.",
            (c, s, a) -> of(Distinct.of(c.context(), list(s))))
        .method(
            "drop(amount: Int) => Array<A>",
            "The array without its first elements.",
            (c, s, a) -> of(slice(list(s), integer(a[0]), Integer.MAX_VALUE)))
        .method(
            "take(limit: Int) => Array<A>",
            "The first elements.",
            (c, s, a) -> of(slice(list(s), 0, integer(a[0]))))
        .method(
            "slice(from: Int) => Array<A>",
            "The elements from an index on.",
            (c, s, a) -> of(slice(list(s), integer(a[0]), Integer.MAX_VALUE)))
        .method(
            "slice(from: Int, until: Int) => Array<A>",
            "The elements between two indexes.",
            (c, s, a) -> of(slice(list(s), integer(a[0]), integer(a[1]))))
        .method(
            "entries() => Array<[Int, A]>",
            "Each element with its index.",
            (c, s, a) -> of(entries(list(s))))
        .method(
            "reverse() => Array<A>",
            "The elements in the opposite order.",
            (c, s, a) -> of(list(s).reversed()))
        .method(
            "order(...ordering: Ordering) => Array<A>",
            "The elements sorted by keys in turn.",
            (c, s, a) -> of(SetLibrary.sortKeys(c, a, false).sort(c.context(), list(s))))
        .method(
            "flatten() => Array<Any>",
            "The elements of the elements.",
            (c, s, a) -> of(flatten(list(s))))
        .method(
            "toSet() => Set<A>",
            "The elements as a set.",
            (c, s, a) -> new Sources.ArraySet(list(s)));
  }

  private static void filters(Members.Builder members) {
    members
        .method(
            "map(mapper: A => B) => Array<B>",
            "The results of a function.",
            (c, s, a) -> of(map(c, list(s), a[0])))
        .method(
            "flatMap(mapper: A => Array<B>) => Array<B>",
            "The elements of the arrays that a function returns.",
            (c, s, a) -> of(flatten(map(c, list(s), a[0]))))
        .method(
            "filter(predicate: A => Boolean | Null) => Array<A>",
            "The elements for which a predicate holds.",
            (c, s, a) -> of(filter(c, list(s), a[0])))
        .method(
            "where(predicate/pred: A => Boolean | Null) => Array<A>",
            "The elements for which a predicate holds.",
            (c, s, a) -> of(where(c, list(s), a[0])))
        .method(
            "firstWhere(predicate/pred: A => Boolean | Null) => A | Null",
            "The first element for which a predicate holds.",
            (c, s, a) -> orNone(where(c, list(s), a[0])))
        .method(
            "lastWhere(predicate/pred: A => Boolean | Null) => A | Null",
            "The last element for which a predicate holds.",
            (c, s, a) -> orNone(where(c, list(s), a[0]).reversed()))
        .method(
            "any(predicate: A => Boolean | Null) => Boolean",
            "Whether a predicate holds for an element.",
            (c, s, a) -> of(list(s).stream().anyMatch(element -> c.test(a[0], element))))
        .method(
            "every(predicate: A => Boolean | Null) => Boolean",
            "Whether a predicate holds for all elements.",
            (c, s, a) -> of(list(s).stream().allMatch(element -> c.test(a[0], element))))
        .method(
            "forEach(callback/fn: A => Any) => Null",
            "Calls a function with each element.",
            (c, s, a) -> {
              list(s).forEach(element -> c.invoke(a[0], element));
              return Null.of(NullCause.LITERAL);
            });
  }

  private static void folds(Members.Builder members) {
    members
        .method(
            "aggregate(seed: A, combiner: (A, A) => A) => A",
            "All elements combined in pairs, then with the seed.",
            (c, s, a) -> Folds.aggregate(c, list(s), a[0], a[1]))
        .method(
            "fold(seed: B, reducer: (B, A) => B) => B",
            "Combines the elements from the left.",
            (c, s, a) -> Folds.fold(c, list(s), a[0], a[1]))
        .method(
            "foldRight(seed: B, reducer: (B, A) => B) => B",
            "Combines the elements from the right.",
            (c, s, a) -> Folds.fold(c, list(s).reversed(), a[0], a[1]))
        .method(
            "reduce(reducer: (A, A) => A) => A | Null",
            "Combines the elements from the left, starting with the first.",
            (c, s, a) -> Folds.reduce(c, list(s), a[0]))
        .method(
            "reduceRight(reducer: (A, A) => A) => A | Null",
            "Combines the elements from the right, starting with the last.",
            (c, s, a) -> Folds.reduce(c, list(s).reversed(), a[0]));
  }

  private static void searches(Members.Builder members) {
    members
        .method(
            "includes(element: A) => Boolean",
            "Whether a value is among the elements.",
            (c, s, a) -> of(first(list(s), 0, same(c, list(s), a[0])) instanceof LongValue))
        .method(
            "indexOf(element: A) => Int | Null",
            "Where a value first occurs.",
            (c, s, a) -> first(list(s), 0, same(c, list(s), a[0])))
        .method(
            "indexOf(element: A, start: Int) => Int | Null",
            "Where a value first occurs from an index on.",
            (c, s, a) -> first(list(s), checked(integer(a[1]), list(s)), same(c, list(s), a[0])))
        .method(
            "lastIndexOf(element: A) => Int | Null",
            "Where a value last occurs.",
            (c, s, a) -> last(list(s).size() - 1, same(c, list(s), a[0])))
        .method(
            "lastIndexOf(element: A, end: Int) => Int | Null",
            "Where a value last occurs, at or before an index.",
            (c, s, a) -> last(checked(integer(a[1]), list(s)), same(c, list(s), a[0])))
        .method(
            "indexWhere(predicate: A => Boolean | Null) => Int | Null",
            "The first index for which a predicate holds.",
            (c, s, a) -> first(list(s), 0, holds(c, list(s), a[0])))
        .method(
            "indexWhere(predicate: A => Boolean | Null, start: Int) => Int | Null",
            "The first index from an index on for which a predicate holds.",
            (c, s, a) -> first(list(s), checked(integer(a[1]), list(s)), holds(c, list(s), a[0])))
        .method(
            "lastIndexWhere(predicate: A => Boolean | Null) => Int | Null",
            "The last index for which a predicate holds.",
            (c, s, a) -> last(list(s).size() - 1, holds(c, list(s), a[0])))
        .method(
            "lastIndexWhere(predicate: A => Boolean | Null, end: Int) => Int | Null",
            "The last index at or before an index for which a predicate holds.",
            (c, s, a) -> last(checked(integer(a[1]), list(s)), holds(c, list(s), a[0])));
  }

  private static int checked(int index, List<Value> values) {
    if (index < 0 || index >= values.size()) {
      throw Errors.indexOutOfBounds(index, values.size());
    }
    return index;
  }

  private static Value empty() {
    return Null.of(NullCause.EMPTY_ARRAY);
  }

  private static Value orNone(List<Value> found) {
    return found.isEmpty() ? Null.of(NullCause.NO_ELEMENT) : found.getFirst();
  }

  private static List<Value> prepended(Value first, List<Value> rest) {
    List<Value> all = new ArrayList<>(1 + rest.size());
    all.add(first);
    all.addAll(rest);
    return all;
  }

  private static List<Value> joined(List<Value> first, List<Value> second) {
    return GrownArray.of(first, second, Limits.MAX_PARTS);
  }

  private static List<Value> slice(List<Value> values, int from, int until) {
    int start = Math.clamp(from, 0, values.size());
    int end = Math.clamp(until, 0, values.size());
    return start >= end ? List.of() : values.subList(start, end);
  }

  private static List<Value> entries(List<Value> values) {
    List<Value> entries = new ArrayList<>(values.size());
    for (Value value : values) {
      entries.add(ArrayValue.of(of(entries.size()), value));
    }
    return entries;
  }

  private static List<Value> sequence(int from, int until) {
    long size = (long) until - from;
    if (size > Limits.MAX_ELEMENTS) {
      throw Errors.rangeTooLarge(size);
    }
    List<Value> values = new ArrayList<>();
    for (int i = from; i < until; i++) {
      values.add(of(i));
    }
    return values;
  }

  private static List<Value> flatten(List<Value> values) {
    List<Value> all = new ArrayList<>();
    for (Value value : values) {
      if (!(value instanceof ArrayValue inner)) {
        throw Errors.typeMismatch("Array<Any>", value);
      }
      all.addAll(inner.values());
    }
    return all;
  }

  private static List<Value> map(Call call, List<Value> values, Value mapper) {
    List<Value> results = new ArrayList<>(values.size());
    for (Value value : values) {
      results.add(call.invoke(mapper, value));
    }
    return results;
  }

  private static List<Value> where(Call call, List<Value> values, Value predicate) {
    return values.stream().filter(value -> call.test(predicate, value)).toList();
  }

  // Unlike where, filter blames the element when the predicate returns no Boolean.
  private static List<Value> filter(Call call, List<Value> values, Value predicate) {
    List<Value> results = new ArrayList<>();
    for (Value value : values) {
      Value result = call.invoke(predicate, value);
      if (result instanceof BooleanValue truth) {
        if (truth.value()) {
          results.add(value);
        }
      } else if (!Kind.isNull(result)) {
        throw Errors.expectedBoolean(value);
      }
    }
    return results;
  }

  private static IntPredicate same(Call call, List<Value> values, Value element) {
    return index -> Equality.sameElement(call.context(), values.get(index), element);
  }

  private static IntPredicate holds(Call call, List<Value> values, Value predicate) {
    return index -> call.test(predicate, values.get(index));
  }

  private static Value first(List<Value> values, int start, IntPredicate predicate) {
    for (int i = start; i < values.size(); i++) {
      if (predicate.test(i)) {
        return of(i);
      }
    }
    return Null.of(NullCause.NO_ELEMENT);
  }

  private static Value last(int end, IntPredicate predicate) {
    for (int i = end; i >= 0; i--) {
      if (predicate.test(i)) {
        return of(i);
      }
    }
    return Null.of(NullCause.NO_ELEMENT);
  }
}
