package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.integer;
import static io.refugium.fql10.stdlib.Arguments.of;
import static io.refugium.fql10.stdlib.Arguments.set;

import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Equality;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.Ordering;
import io.refugium.fql10.runtime.PageCursor;
import io.refugium.fql10.runtime.PerformanceHints;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.sets.Callback;
import io.refugium.fql10.sets.Materialized;
import io.refugium.fql10.sets.Operators;
import io.refugium.fql10.sets.PageTokens;
import io.refugium.fql10.sets.SortKeys;
import io.refugium.fql10.sets.Sources;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Sets (library specification, section 13). */
final class SetLibrary {
  static final Members MEMBERS = declare();

  static final Members MODULE =
      Members.builder()
          .method(
              "single(element: A) => Set<A>",
              "The set of one element.",
              (c, s, a) -> new Sources.SingleSet(a[0]))
          .method(
              "sequence(from: Int, until: Int) => Set<Int>",
              "The integers from the first (inclusive) to the last (exclusive).",
              (c, s, a) -> new Sources.SequenceSet(integer(a[0]), integer(a[1]), false))
          .method(
              "paginate(cursor: String | SetCursor) => { data: Array<Any>, after: String | Null }",
              "The page at a cursor, as large as the one before.",
              (c, s, a) -> PageTokens.resume(c.context(), cursor(a[0]), -1))
          .method(
              "paginate(cursor: String | SetCursor, size: Int) => { data: Array<Any>, after: String | Null }",
              "The page at a cursor.",
              (c, s, a) ->
                  PageTokens.resume(
                      c.context(), cursor(a[0]), Operators.checkedPageSize(integer(a[1]))))
          .build();

  private SetLibrary() {}

  private static Members declare() {
    Members.Builder members = Members.builder();
    lazy(members);
    pages(members);
    events(members);
    searches(members);
    folds(members);
    return members.build();
  }

  private static void lazy(Members.Builder members) {
    members
        .method(
            "concat(other: Set<B>) => Set<A | B>",
            "The elements of this set, then those of another.",
            (c, s, a) -> c.context().built(new Operators.ConcatenatedSet(set(s), set(a[0]))))
        .method(
            "distinct() => Set<A>",
            "The elements sorted and without duplicates.",
            readingAll((c, s, a) -> new Materialized.DistinctSet(set(s), false)))
        .method(
            "drop(amount: Int) => Set<A>",
            "The set without its first elements.",
            (c, s, a) -> new Operators.DroppedSet(set(s), integer(a[0])))
        .method(
            "flatMap(mapper: A => Set<B>) => Set<B>",
            "The elements of the sets that a function returns.",
            (c, s, a) -> new Operators.FlatMappedSet(set(s), callback(c, a[0]), false))
        .method(
            "map(mapper: A => B) => Set<B>",
            "The results of a function.",
            (c, s, a) -> new Operators.MappedSet(set(s), callback(c, a[0])))
        .method(
            "order(...ordering: Ordering) => Set<A>",
            "The elements sorted by keys in turn.",
            readingAll((c, s, a) -> new Materialized.OrderedSet(set(s), sortKeys(c, a, true))))
        .method(
            "pageSize(size: Int) => Set<A>",
            "The same set in pages of another size.",
            (c, s, a) -> new Operators.PagedSet(set(s), Operators.checkedPageSize(integer(a[0]))))
        .method(
            "reverse() => Set<A>",
            "The elements in the opposite order.",
            (c, s, a) -> set(s).reversed())
        .method(
            "take(limit: Int) => Set<A>",
            "The first elements.",
            (c, s, a) -> new Operators.TakenSet(set(s), limit(a[0])))
        .method("toSet() => Set<A>", "The set itself.", (c, s, a) -> s)
        .method("toString() => String", "A fixed text.", (c, s, a) -> of("[set]"))
        .method(
            "where(predicate/pred: A => Boolean | Null) => Set<A>",
            "The elements for which a predicate holds.",
            (c, s, a) -> new Operators.FilteredSet(set(s), callback(c, a[0])));
  }

  private static void pages(Members.Builder members) {
    members
        .method(
            "paginate() => { data: Array<A>, after: String | Null }",
            "The first page.",
            (c, s, a) -> PageTokens.firstPage(c.context(), set(s), set(s).pageSize()).object())
        .method(
            "paginate(size: Int) => { data: Array<A>, after: String | Null }",
            "The first page of a size.",
            (c, s, a) ->
                PageTokens.firstPage(c.context(), set(s), Operators.checkedPageSize(integer(a[0])))
                    .object())
        .method(
            "toArray() => Array<A>",
            "All elements.",
            readingAll((c, s, a) -> of(Materialized.read(c.context(), set(s)))))
        .method(
            "count() => Number",
            "The number of elements.",
            readingAll(
                (c, s, a) -> {
                  SetValue.Elements elements = set(s).open(c.context(), null);
                  long count = 0;
                  while (elements.next() != null) {
                    count++;
                    c.context().compute(1);
                  }
                  return of(count);
                }));
  }

  private static void events(Members.Builder members) {
    for (String name : List.of("eventSource", "toStream")) {
      members.method(
          name + "() => EventSource<A>",
          "A source of events about changes of the set.",
          (c, s, a) -> EventSourceMaker.of(c, set(s)));
    }
    for (String name : List.of("eventsOn", "changesOn")) {
      members.method(
          name + "(...fields: A => Any) => EventSource<A>",
          "A source of events about changes of the named fields.",
          (c, s, a) -> EventSourceMaker.of(c, set(s), a));
    }
  }

  private static void searches(Members.Builder members) {
    members
        .method(
            "first() => A | Null", "The first element.", (c, s, a) -> first(c.context(), set(s)))
        .method(
            "last() => A | Null",
            "The last element.",
            (c, s, a) -> first(c.context(), set(s).reversed()))
        .method(
            "firstWhere(predicate/pred: A => Boolean | Null) => A | Null",
            "The first element for which a predicate holds.",
            (c, s, a) -> firstWhere(c, set(s), a[0]))
        .method(
            "lastWhere(predicate/pred: A => Boolean | Null) => A | Null",
            "The last element for which a predicate holds.",
            (c, s, a) -> firstWhere(c, set(s).reversed(), a[0]))
        .method(
            "any(predicate: A => Boolean | Null) => Boolean",
            "Whether a predicate holds for an element.",
            (c, s, a) -> of(exists(c, set(s), element -> c.test(a[0], element))))
        .method(
            "every(predicate: A => Boolean | Null) => Boolean",
            "Whether a predicate holds for all elements.",
            readingAll((c, s, a) -> of(!exists(c, set(s), element -> !c.test(a[0], element)))))
        .method(
            "includes(element: A) => Boolean",
            "Whether a value is among the elements.",
            readingAll(
                (c, s, a) ->
                    of(
                        exists(
                            c,
                            set(s),
                            element -> Equality.sameElement(c.context(), element, a[0])))))
        .method(
            "isEmpty() => Boolean",
            "Whether there is no element.",
            (c, s, a) -> of(set(s).open(c.context(), null).next() == null))
        .method(
            "nonEmpty() => Boolean",
            "Whether there is an element.",
            (c, s, a) -> of(set(s).open(c.context(), null).next() != null));
  }

  private static void folds(Members.Builder members) {
    members
        .method(
            "aggregate(seed: A, combiner: (A, A) => A) => A",
            "All elements combined in pairs, then with the seed.",
            readingAll((c, s, a) -> aggregate(c, set(s), a[0], a[1])))
        .method(
            "fold(seed: B, reducer: (B, A) => B) => B",
            "Combines the elements from the left.",
            readingAll((c, s, a) -> fold(c, set(s).open(c.context(), null), a[0], a[1])))
        .method(
            "foldRight(seed: B, reducer: (B, A) => B) => B",
            "Combines the elements from the right.",
            readingAll((c, s, a) -> fold(c, set(s).reversed().open(c.context(), null), a[0], a[1])))
        .method(
            "reduce(reducer: (A, A) => A) => A | Null",
            "Combines the elements from the left, starting with the first.",
            readingAll((c, s, a) -> reduce(c, set(s), a[0])))
        .method(
            "reduceRight(reducer: (A, A) => A) => A | Null",
            "Combines the elements from the right, starting with the last.",
            readingAll((c, s, a) -> reduce(c, set(s).reversed(), a[0])))
        .method(
            "forEach(callback/func: A => Any) => Null",
            "Calls a function with each element.",
            readingAll(
                (c, s, a) -> {
                  exists(
                      c,
                      set(s),
                      element -> {
                        c.invoke(a[0], element);
                        return false;
                      });
                  return Null.of(NullCause.LITERAL);
                }));
  }

  /** The body of a method that reads a whole set, now or when its result is read. */
  private static Method.Body readingAll(Method.Body body) {
    return (call, self, arguments) -> {
      PerformanceHints.fullSetRead(call, set(self));
      return body.apply(call, self, arguments);
    };
  }

  /** A function for use when the set is read. */
  static Callback callback(Call call, Value function) {
    return new Callback((FunctionValue) function, call.span(), call.context().readTime());
  }

  /**
   * The keys of {@code order}.
   *
   * @param lazy whether they are used after the call, so that failures must tell where it was
   */
  static SortKeys sortKeys(Call call, Value[] arguments, boolean lazy) {
    List<SortKeys.Key> keys = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      FunctionValue accessor = Ordering.accessorOf(arguments[i]);
      if (!accessor.arity().accepts(1)) {
        throw Errors.callbackArity("ordering" + i, 1, accessor.arity());
      }
      keys.add(
          new SortKeys.Key(
              lazy ? callback(call, accessor) : Callback.during(call, accessor),
              Ordering.isDescending(arguments[i])));
    }
    return SortKeys.of(keys);
  }

  private static Value cursor(Value argument) {
    if (argument instanceof PageCursor || argument instanceof StringValue) {
      return argument;
    }
    throw Errors.expectedArgument("cursor", "String", argument);
  }

  private static int limit(Value argument) {
    int limit = integer(argument);
    if (limit < 0) {
      throw Errors.invalidBounds("limit", "greater than 0", limit);
    }
    return limit;
  }

  private static Value first(QueryContext context, SetValue set) {
    Value first = set.open(context, null).next();
    return first == null ? Null.of(NullCause.EMPTY_SET) : first;
  }

  // Unlike any and every, these two must not write: they are where followed by first.
  private static Value firstWhere(Call call, SetValue set, Value predicate) {
    Callback lookFor = callback(call, predicate);
    Value found = new Operators.FilteredSet(set, lookFor).open(call.context(), null).next();
    return found == null ? Null.of(NullCause.NO_ELEMENT) : found;
  }

  private static boolean exists(Call call, SetValue set, Predicate<Value> predicate) {
    SetValue.Elements elements = set.open(call.context(), null);
    for (Value next = elements.next(); next != null; next = elements.next()) {
      if (predicate.test(next)) {
        return true;
      }
    }
    return false;
  }

  private static Value fold(Call call, SetValue.Elements elements, Value seed, Value reducer) {
    Accumulator result = new Accumulator(call, seed, reducer);
    for (Value next = elements.next(); next != null; next = elements.next()) {
      result.add(next);
    }
    return result.value();
  }

  private static Value reduce(Call call, SetValue set, Value reducer) {
    SetValue.Elements elements = set.open(call.context(), null);
    Value first = elements.next();
    return first == null ? Null.of(NullCause.EMPTY_SET) : fold(call, elements, first, reducer);
  }

  private static Value aggregate(Call call, SetValue set, Value seed, Value combiner) {
    SetValue.Elements elements = set.open(call.context(), null);
    Value result = seed;
    List<Value> step = new ArrayList<>();
    while (true) {
      Value next = elements.next();
      if (next != null) {
        step.add(next);
      }
      if (next == null || step.size() == Limits.MAX_ELEMENTS) {
        result = Folds.aggregate(call, step, result, combiner);
        step.clear();
      }
      if (next == null) {
        return result;
      }
    }
  }
}
