package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.ANY;
import static io.refugium.fql4.language.Kind.ARRAY;
import static io.refugium.fql4.language.Kind.ARRAY_OR_PAGE;
import static io.refugium.fql4.language.Kind.INTEGER;
import static io.refugium.fql4.language.Kind.ITERABLE;
import static io.refugium.fql4.language.Kind.LAMBDA;
import static io.refugium.fql4.language.Kind.MAPPABLE;
import static io.refugium.fql4.language.Kind.SET_OR_ARRAY;
import static io.refugium.fql4.language.Kind.zeroOrMore;

import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Effect;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.Types;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Arrays, pages and sets alike, element by element (spec: FQL v4, 6.3). Folds are in {@link
 * FoldFunctions}.
 */
final class CollectionFunctions {
  private CollectionFunctions() {}

  static void define(Library library) {
    library.define("map", LAMBDA).with("collection", MAPPABLE).as(CollectionFunctions::map);
    library.define("foreach", LAMBDA).with("collection", MAPPABLE).as(CollectionFunctions::foreach);
    library.define("filter", LAMBDA).with("collection", ITERABLE).as(CollectionFunctions::filter);
    library.define("take", INTEGER).with("collection", ARRAY_OR_PAGE).as(CollectionFunctions::take);
    library.define("drop", INTEGER).with("collection", ARRAY_OR_PAGE).as(CollectionFunctions::drop);
    library
        .define("prepend", zeroOrMore(ANY))
        .with("collection", ARRAY)
        .as(call -> concatenated(call.list(0), call.list(1)));
    library
        .define("append", zeroOrMore(ANY))
        .with("collection", ARRAY)
        .as(call -> concatenated(call.list(1), call.list(0)));
    library.define("is_empty", ITERABLE).as(call -> Call.of(isEmpty(call)));
    library.define("is_nonempty", ITERABLE).as(call -> Call.of(!isEmpty(call)));
    library.define("distinct", ITERABLE).as(CollectionFunctions::distinct);
    library.define("reverse", ITERABLE).as(CollectionFunctions::reverse);
    library
        .define("first", SET_OR_ARRAY)
        .reads()
        .since(ApiVersion.V4)
        .as(CollectionFunctions::first);
    library.define("last", SET_OR_ARRAY).reads().since(ApiVersion.V4).as(CollectionFunctions::last);
  }

  private static Value map(Call call) {
    return switch (call.value(1)) {
      case PageValue page -> page.mapped(applied(call, page.data()));
      case Value array -> new ArrayValue(applied(call, ((ArrayValue) array).values()));
    };
  }

  private static List<Value> applied(Call call, List<Value> elements) {
    List<Value> results = new ArrayList<>(elements.size());
    for (Value element : elements) {
      results.add(call.lambda(0).apply(element, call.position()));
    }
    return results;
  }

  private static Value foreach(Call call) {
    applied(call, call.value(1) instanceof PageValue page ? page.data() : call.list(1));
    return call.value(1);
  }

  private static Value filter(Call call) {
    return switch (call.value(1)) {
      case ArrayValue array -> new ArrayValue(kept(call, array.values(), array.values()));
      case PageValue page ->
          new PageValue(
              page.before(), page.after(), kept(call, page.data(), page.data()), page.cursors());
      case Value set -> {
        if (call.lambda(0).lambda().body().effect().exceeds(Effect.READ)) {
          throw Errors.impureLambda(call.position(0), "write or call a user function");
        }
        yield new SetValue.Filter(call.lambda(0).captured(), set, call.position());
      }
    };
  }

  /** The results of those elements that the lambda keeps. */
  private static List<Value> kept(Call call, List<Value> elements, List<Value> results) {
    List<Value> kept = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Value keep = call.lambda(0).apply(elements.get(i), call.position());
      if (!(keep instanceof BooleanValue truth)) {
        throw Errors.wrongKind(call.position().at(i), "Boolean", Types.nameOf(keep));
      }
      if (truth.value()) {
        kept.add(results.get(i));
      }
    }
    return kept;
  }

  private static Value take(Call call) {
    long count = call.integer(0);
    if (call.value(1) instanceof PageValue page) {
      return taken(page, count);
    }
    List<Value> elements = call.list(1);
    return new ArrayValue(elements.subList(0, clamp(count, elements.size())));
  }

  /** The page's beginning: what follows it begins with the first element cut off. */
  private static PageValue taken(PageValue page, long count) {
    if (count >= page.data().size()) {
      return page;
    }
    int kept = clamp(count, page.data().size());
    Value after = count < 0 ? page.before() : cursor(page, kept, page.after());
    return new PageValue(
        page.before(),
        after,
        page.data().subList(0, kept),
        page.cursors().subList(0, Math.min(kept, page.cursors().size())));
  }

  private static Value drop(Call call) {
    long count = call.integer(0);
    if (call.value(1) instanceof PageValue page) {
      return dropped(page, count);
    }
    List<Value> elements = call.list(1);
    return new ArrayValue(elements.subList(clamp(count, elements.size()), elements.size()));
  }

  /** The page's end: what precedes it ends before the first element kept. */
  private static PageValue dropped(PageValue page, long count) {
    if (count < 0) {
      return page;
    }
    int size = page.data().size();
    int cut = clamp(count, size);
    return new PageValue(
        cursor(page, cut, page.after()),
        page.after(),
        page.data().subList(cut, size),
        page.cursors().subList(Math.min(cut, page.cursors().size()), page.cursors().size()));
  }

  private static Value cursor(PageValue page, int index, Value beyond) {
    return index < page.cursors().size() ? page.cursors().get(index) : beyond;
  }

  private static int clamp(long count, int size) {
    return (int) Math.max(0, Math.min(count, size));
  }

  private static Value concatenated(List<Value> left, List<Value> right) {
    List<Value> all = new ArrayList<>(left.size() + right.size());
    all.addAll(left);
    all.addAll(right);
    return new ArrayValue(all);
  }

  private static boolean isEmpty(Call call) {
    return switch (call.value(0)) {
      case ArrayValue array -> array.size() == 0;
      case PageValue page -> page.data().isEmpty();
      case Value set -> call.evaluation().sets().isEmpty(set, call.position().at("exists"));
    };
  }

  private static Value distinct(Call call) {
    return switch (call.value(0)) {
      case ArrayValue array -> new ArrayValue(List.copyOf(new LinkedHashSet<>(array.values())));
      case PageValue page -> page.mapped(List.copyOf(new LinkedHashSet<>(page.data())));
      case Value set -> new SetValue.Distinct(set);
    };
  }

  private static Value reverse(Call call) {
    return switch (call.value(0)) {
      case ArrayValue array -> new ArrayValue(List.copyOf(array.values().reversed()));
      case PageValue page ->
          new PageValue(
              page.before(), page.after(), page.data().reversed(), page.cursors().reversed());
      case Value set -> new SetValue.Reverse(set);
    };
  }

  private static Value first(Call call) {
    if (call.value(0) instanceof ArrayValue array) {
      if (array.size() == 0) {
        throw Errors.emptyArray(call.position(0));
      }
      return array.get(0);
    }
    var elements = call.evaluation().sets().elements(call.value(0), call.position(0));
    if (!elements.hasNext()) {
      throw Errors.emptySet(call.position(0));
    }
    return elements.next();
  }

  private static Value last(Call call) {
    if (call.value(0) instanceof ArrayValue array) {
      if (array.size() == 0) {
        throw Errors.emptyArray(call.position(0));
      }
      return array.get(array.size() - 1);
    }
    Value last = call.evaluation().sets().last(call.value(0), call.position(0));
    if (last == null) {
      throw Errors.emptySet(call.position(0));
    }
    return last;
  }
}
