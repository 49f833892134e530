package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.LentFunction;
import io.refugium.fql10.runtime.Rights;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.StoredSet;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;

/**
 * Values on their way to code with other rights: the functions in them, those of lazy sets
 * included, become {@link LentFunction}s. What a set reads is not a function's doing: that is up to
 * the rights of whoever reads it.
 *
 * @param lender whose functions they are
 * @param again whether functions that were lent already are now lent by this lender: where those
 *     who did are out of reach
 */
public record Lending(Rights lender, boolean again) {
  /** What is lent already keeps its lender. */
  public Lending(Rights lender) {
    this(lender, false);
  }

  /** A value as it is handed over. */
  public Value lent(Value value) {
    return switch (value) {
      case FunctionValue function -> lent(function);
      case SetValue set -> lent(set);
      case EventSource(SetValue set, List<List<Object>> fields) ->
          new EventSource(lent(set), fields);
      case ArrayValue array -> lent(array);
      case ObjectValue object -> lent(object);
      default -> value;
    };
  }

  private FunctionValue lent(FunctionValue function) {
    return switch (function) {
      case LentFunction(FunctionValue lent, Rights ignored) when again ->
          new LentFunction(lent, lender);
      case LentFunction lent -> lent;
      default -> new LentFunction(function, lender);
    };
  }

  private List<Value> lent(List<Value> values) {
    return values.stream().map(this::lent).toList();
  }

  // Most of what is handed over has no functions in it, and stays as it is.
  @SuppressWarnings("ReferenceEquality")
  private ArrayValue lent(ArrayValue array) {
    List<Value> lent = lent(array.values());
    for (int i = 0; i < lent.size(); i++) {
      if (lent.get(i) != array.get(i)) {
        return new ArrayValue(lent);
      }
    }
    return array;
  }

  @SuppressWarnings("ReferenceEquality")
  private ObjectValue lent(ObjectValue object) {
    ObjectValue.Builder builder = ObjectValue.builder();
    boolean same = true;
    for (Map.Entry<String, Value> field : object) {
      Value lent = lent(field.getValue());
      builder.put(field.getKey(), lent);
      same &= lent == field.getValue();
    }
    return same ? object : builder.build();
  }

  /** A set whose functions are lent. */
  public SetValue lent(SetValue set) {
    return switch (set) {
      case Sources.ArraySet(List<Value> values) -> new Sources.ArraySet(lent(values));
      case Sources.SingleSet(Value element) -> new Sources.SingleSet(lent(element));
      case Operators.MappedSet(SetValue source, Callback mapper) ->
          new Operators.MappedSet(lent(source), lent(mapper));
      case Operators.FilteredSet(SetValue source, Callback predicate) ->
          new Operators.FilteredSet(lent(source), lent(predicate));
      case Operators.FlatMappedSet(SetValue source, Callback mapper, boolean reversed) ->
          new Operators.FlatMappedSet(lent(source), lent(mapper), reversed);
      case Operators.ConcatenatedSet(SetValue first, SetValue second) ->
          new Operators.ConcatenatedSet(lent(first), lent(second));
      case Operators.TakenSet(SetValue source, int limit) ->
          new Operators.TakenSet(lent(source), limit);
      case Operators.DroppedSet(SetValue source, int amount) ->
          new Operators.DroppedSet(lent(source), amount);
      case Operators.PagedSet(SetValue source, int size) ->
          new Operators.PagedSet(lent(source), size);
      case Materialized.ReversedSet(SetValue source) -> new Materialized.ReversedSet(lent(source));
      case Materialized.DistinctSet(SetValue source, boolean descending) ->
          new Materialized.DistinctSet(lent(source), descending);
      case Materialized.OrderedSet(SetValue source, SortKeys keys) ->
          new Materialized.OrderedSet(lent(source), lent(keys));
      case Sources.SequenceSet numbers -> numbers;
      case StoredSet stored -> stored;
      // Another kind may hold functions: nobody's rights are guessed.
      default -> throw new IllegalStateException("cannot be lent: " + set.getClass());
    };
  }

  private Callback lent(Callback callback) {
    return new Callback(lent(callback.function()), callback.span(), callback.readTime());
  }

  private SortKeys lent(SortKeys keys) {
    return new SortKeys(
        keys.keys().stream()
            .map(key -> new SortKeys.Key(lent(key.accessor()), key.descending()))
            .toList(),
        keys.descending());
  }
}
