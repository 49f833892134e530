package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.LentFunction;
import io.refugium.fql10.runtime.Limits;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.PageCursor;
import io.refugium.fql10.runtime.QueryValue;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.fql10.runtime.UserFunction;
import io.refugium.fql10.source.QueryText;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Describes sets, and the values and functions that they close over, as storable values. An array
 * whose first element is a {@link RecipeTag} stands for everything that is not a scalar. {@link
 * RecipeReader} is the inverse.
 */
final class RecipeWriter {
  private long parts;

  /** The recipe of a set. */
  Value set(SetValue set) {
    if (++parts > Limits.MAX_RECIPE_PARTS) {
      throw Errors.tooManyParts(Limits.MAX_RECIPE_PARTS);
    }
    return switch (set) {
      case Sources.ArraySet(List<Value> values) -> tagged(RecipeTag.ARRAY_SET, values(values));
      case Sources.SingleSet(Value element) -> tagged(RecipeTag.SINGLE, value(element));
      case Sources.SequenceSet(int from, int until, boolean descending) ->
          tagged(RecipeTag.SEQUENCE, number(from), number(until), BooleanValue.of(descending));
      case Operators.MappedSet(SetValue source, Callback mapper) ->
          tagged(RecipeTag.MAP, set(source), callback(mapper));
      case Operators.FilteredSet(SetValue source, Callback predicate) ->
          tagged(RecipeTag.WHERE, set(source), callback(predicate));
      case Operators.FlatMappedSet(SetValue source, Callback mapper, boolean reversed) ->
          tagged(RecipeTag.FLAT_MAP, set(source), callback(mapper), BooleanValue.of(reversed));
      case Operators.ConcatenatedSet(SetValue first, SetValue second) ->
          tagged(RecipeTag.CONCAT, set(first), set(second));
      case Operators.TakenSet(SetValue source, int limit) ->
          tagged(RecipeTag.TAKE, set(source), number(limit));
      case Operators.DroppedSet(SetValue source, int amount) ->
          tagged(RecipeTag.DROP, set(source), number(amount));
      case Operators.PagedSet(SetValue source, int size) ->
          tagged(RecipeTag.PAGE_SIZE, set(source), number(size));
      case Materialized.ReversedSet(SetValue source) -> tagged(RecipeTag.REVERSE, set(source));
      case Materialized.DistinctSet(SetValue source, boolean descending) ->
          tagged(RecipeTag.DISTINCT, set(source), BooleanValue.of(descending));
      case Materialized.OrderedSet(SetValue source, SortKeys keys) ->
          tagged(RecipeTag.ORDER, set(source), keys(keys));
      case StoredSet stored -> tagged(RecipeTag.STORED, stored.recipe());
      default -> throw new IllegalStateException("no recipe for " + set.getClass());
    };
  }

  /** The recipe of any value. */
  Value value(Value value) {
    if (++parts > Limits.MAX_RECIPE_PARTS) {
      throw Errors.tooManyParts(Limits.MAX_RECIPE_PARTS);
    }
    return switch (value) {
      case ArrayValue(List<Value> values) -> tagged(RecipeTag.ARRAY, values(values));
      case ObjectValue object -> tagged(RecipeTag.OBJECT, fields(object));
      case QueryValue own -> own(own);
      default -> value;
    };
  }

  private Value own(QueryValue value) {
    return switch (value) {
      case Null ignored -> NullValue.NULL;
      case IdValue(long id) -> tagged(RecipeTag.ID, number(id));
      case NarrowLong(long number) -> tagged(RecipeTag.LONG, number(number));
      case Module module -> tagged(RecipeTag.MODULE, text(module.name()));
      case Lambda lambda -> lambda(lambda);
      case NativeFunction function ->
          tagged(RecipeTag.NATIVE, value(function.self()), text(function.method().name()));
      case UserFunction function -> tagged(RecipeTag.USER, text(function.name()));
      case LentFunction lent -> tagged(RecipeTag.LENT, value(lent.plain()));
      case SetValue set -> tagged(RecipeTag.SET, set(set));
      case PageCursor(String text) -> tagged(RecipeTag.CURSOR, text(text));
      case EventSource(SetValue set, List<List<Object>> fields) ->
          tagged(RecipeTag.EVENTS, set(set), paths(fields));
      case DocumentValue document -> document(document);
    };
  }

  private Value document(DocumentValue document) {
    return tagged(
        RecipeTag.DOCUMENT,
        number(document.collection()),
        document.ref() == null ? NullValue.NULL : document.ref(),
        document.name() == null ? NullValue.NULL : text(document.name()),
        number(document.readTime()),
        BooleanValue.of(document.deleted()));
  }

  private Value lambda(Lambda lambda) {
    LambdaCode code = lambda.code();
    Inputs inputs = lambda.inputs();
    return tagged(
        RecipeTag.LAMBDA,
        text(code.text().source().name()),
        text(code.text().source().text()),
        holes(code.text()),
        number(code.span().start()),
        number(code.span().end()),
        BooleanValue.of(code.projection()),
        values(Arrays.asList(lambda.captured())),
        values(Arrays.asList(inputs.template())),
        fields(ObjectValue.of(inputs.arguments())));
  }

  private Value callback(Callback callback) {
    return ArrayValue.of(value(callback.function()), number(callback.readTime()));
  }

  private Value keys(SortKeys keys) {
    Stream<Value> described =
        keys.keys().stream()
            .map(key -> ArrayValue.of(callback(key.accessor()), BooleanValue.of(key.descending())));
    return ArrayValue.of(new ArrayValue(described.toList()), BooleanValue.of(keys.descending()));
  }

  static Value paths(List<List<Object>> paths) {
    return new ArrayValue(
        paths.stream()
            .map(
                path ->
                    (Value)
                        new ArrayValue(
                            path.stream()
                                .map(
                                    step ->
                                        step instanceof Integer index
                                            ? number(index)
                                            : text((String) step))
                                .toList()))
            .toList());
  }

  private Value values(List<Value> values) {
    return new ArrayValue(values.stream().map(this::value).toList());
  }

  private Value fields(ObjectValue object) {
    ObjectValue.Builder described = ObjectValue.builder();
    for (Map.Entry<String, Value> field : object) {
      described.put(field.getKey(), value(field.getValue()));
    }
    return described.build();
  }

  private static Value holes(QueryText text) {
    return new ArrayValue(
        java.util.stream.IntStream.range(0, text.holeCount())
            .mapToObj(index -> number(text.holeSpan(index).start()))
            .toList());
  }

  private static Value tagged(RecipeTag tag, Value... parts) {
    return new ArrayValue(
        Stream.concat(Stream.of(number(tag.ordinal())), Stream.of(parts)).toList());
  }

  private static Value number(long number) {
    return new LongValue(number);
  }

  private static Value text(String text) {
    return new StringValue(text);
  }
}
