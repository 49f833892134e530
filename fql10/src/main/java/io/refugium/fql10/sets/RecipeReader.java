package io.refugium.fql10.sets;

import io.refugium.fql10.runtime.DocumentValue;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.FunctionValue;
import io.refugium.fql10.runtime.IdValue;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.LambdaCode;
import io.refugium.fql10.runtime.Method;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NarrowLong;
import io.refugium.fql10.runtime.NativeFunction;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.PageCursor;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.runtime.UserFunction;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Source;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes sets and values again from what {@link RecipeWriter} described, in the database and with
 * the names of whoever reads. Every shape that is not as expected is {@code invalid_cursor}.
 */
public final class RecipeReader {
  private final QueryContext context;

  public RecipeReader(QueryContext context) {
    this.context = context;
  }

  /** The set of a recipe. */
  public SetValue set(Value recipe) {
    List<Value> parts = list(recipe);
    return switch (tag(parts)) {
      case ARRAY_SET -> new Sources.ArraySet(values(part(parts, 1)));
      case SINGLE -> new Sources.SingleSet(value(part(parts, 1)));
      case SEQUENCE ->
          new Sources.SequenceSet(
              integer(part(parts, 1)), integer(part(parts, 2)), truth(part(parts, 3)));
      case MAP -> new Operators.MappedSet(set(part(parts, 1)), callback(part(parts, 2)));
      case WHERE -> new Operators.FilteredSet(set(part(parts, 1)), callback(part(parts, 2)));
      case FLAT_MAP ->
          new Operators.FlatMappedSet(
              set(part(parts, 1)), callback(part(parts, 2)), truth(part(parts, 3)));
      case CONCAT -> new Operators.ConcatenatedSet(set(part(parts, 1)), set(part(parts, 2)));
      case TAKE -> new Operators.TakenSet(set(part(parts, 1)), integer(part(parts, 2)));
      case DROP -> new Operators.DroppedSet(set(part(parts, 1)), integer(part(parts, 2)));
      case PAGE_SIZE ->
          new Operators.PagedSet(
              set(part(parts, 1)), Operators.checkedPageSize(number(part(parts, 2))));
      case REVERSE -> new Materialized.ReversedSet(set(part(parts, 1)));
      case DISTINCT -> new Materialized.DistinctSet(set(part(parts, 1)), truth(part(parts, 2)));
      case ORDER -> new Materialized.OrderedSet(set(part(parts, 1)), keys(part(parts, 2)));
      case STORED -> context.environment().storedSet(part(parts, 1));
      default -> throw invalid();
    };
  }

  /** The value of a recipe. */
  public Value value(Value recipe) {
    if (recipe == NullValue.NULL) {
      return Null.of(NullCause.LITERAL);
    }
    if (recipe instanceof ObjectValue) {
      throw invalid();
    }
    if (!(recipe instanceof ArrayValue)) {
      return recipe;
    }
    List<Value> parts = list(recipe);
    return switch (tag(parts)) {
      case ARRAY -> new ArrayValue(values(part(parts, 1)));
      case OBJECT -> ObjectValue.of(fields(part(parts, 1)));
      case ID -> new IdValue(number(part(parts, 1)));
      case LONG -> new NarrowLong(number(part(parts, 1)));
      case MODULE -> module(text(part(parts, 1)));
      case LAMBDA -> lambda(parts);
      case NATIVE -> method(value(part(parts, 1)), text(part(parts, 2)));
      case USER -> user(text(part(parts, 1)));
      case LENT -> lent(value(part(parts, 1)));
      case SET -> set(part(parts, 1));
      case CURSOR -> new PageCursor(text(part(parts, 1)));
      case EVENTS -> new EventSource(set(part(parts, 1)), paths(part(parts, 2)));
      case DOCUMENT -> document(parts);
      default -> throw invalid();
    };
  }

  private Value document(List<Value> parts) {
    Value ref = part(parts, 2);
    Value name = part(parts, 3);
    return new DocumentValue(
        integer(part(parts, 1)),
        ref instanceof Ref found ? found : null,
        name instanceof StringValue(String found) ? found : null,
        number(part(parts, 4)),
        truth(part(parts, 5)),
        null,
        null);
  }

  private Value lambda(List<Value> parts) {
    Source source = Source.hidden(text(part(parts, 1)), text(part(parts, 2)));
    int[] holes = list(part(parts, 3)).stream().mapToInt(this::integer).toArray();
    Map<String, Value> arguments = fields(part(parts, 9));
    LambdaCode code =
        context
            .environment()
            .lambdaAt(
                text(source, holes),
                arguments.keySet(),
                integer(part(parts, 4)),
                integer(part(parts, 5)),
                truth(part(parts, 6)))
            .orElseThrow(RecipeReader::invalid);
    Value[] template = values(part(parts, 8)).toArray(Value[]::new);
    return new Lambda(
        code, values(part(parts, 7)).toArray(Value[]::new), new Inputs(template, arguments));
  }

  private static QueryText text(Source source, int[] holes) {
    try {
      return QueryText.of(source, holes);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
  }

  private Value module(String name) {
    if (context.environment().globals().find(name) instanceof Module module) {
      return module;
    }
    throw invalid();
  }

  /** Whoever lent it then counts as part of the request now. */
  private Value lent(Value function) {
    return context
        .environment()
        .requestRights()
        .map(rights -> new Lending(rights).lent(function))
        .orElse(function);
  }

  private Value user(String name) {
    if (context.environment().globals().find(name) instanceof UserFunction function) {
      return function;
    }
    throw invalid();
  }

  private Value method(Value self, String name) {
    Method method =
        switch (self) {
          case Module module -> module.members().method(name);
          default ->
              Kind.of(self) == Kind.DOCUMENT
                  ? context.environment().documents().method(self, name)
                  : context.library().membersOf(self).method(name);
        };
    if (method == null) {
      throw invalid();
    }
    return new NativeFunction(method, self);
  }

  private Callback callback(Value recipe) {
    List<Value> parts = list(recipe);
    if (value(part(parts, 0)) instanceof FunctionValue function && function.arity().accepts(1)) {
      return new Callback(function, null, number(part(parts, 1)));
    }
    throw invalid();
  }

  private SortKeys keys(Value recipe) {
    List<Value> parts = list(recipe);
    List<SortKeys.Key> keys = new ArrayList<>();
    for (Value key : list(part(parts, 0))) {
      List<Value> keyParts = list(key);
      keys.add(new SortKeys.Key(callback(part(keyParts, 0)), truth(part(keyParts, 1))));
    }
    return new SortKeys(keys, truth(part(parts, 1)));
  }

  List<List<Object>> paths(Value recipe) {
    List<List<Object>> paths = new ArrayList<>();
    for (Value path : list(recipe)) {
      List<Object> steps = new ArrayList<>();
      for (Value step : list(path)) {
        steps.add(step instanceof StringValue(String name) ? name : (Object) integer(step));
      }
      paths.add(steps);
    }
    return paths;
  }

  private List<Value> values(Value recipe) {
    return list(recipe).stream().map(this::value).toList();
  }

  private Map<String, Value> fields(Value recipe) {
    if (!(recipe instanceof ObjectValue object)) {
      throw invalid();
    }
    Map<String, Value> fields = new LinkedHashMap<>();
    for (Map.Entry<String, Value> field : object) {
      fields.put(field.getKey(), value(field.getValue()));
    }
    return fields;
  }

  private static RecipeTag tag(List<Value> parts) {
    long tag = parts.isEmpty() ? -1 : number(parts.getFirst());
    if (tag < 0 || tag >= RecipeTag.values().length) {
      throw invalid();
    }
    return RecipeTag.values()[(int) tag];
  }

  private static Value part(List<Value> parts, int index) {
    if (index >= parts.size()) {
      throw invalid();
    }
    return parts.get(index);
  }

  private static List<Value> list(Value value) {
    if (value instanceof ArrayValue(List<Value> values)) {
      return values;
    }
    throw invalid();
  }

  private static long number(Value value) {
    if (value instanceof LongValue(long number)) {
      return number;
    }
    throw invalid();
  }

  private int integer(Value value) {
    long number = number(value);
    if ((int) number != number) {
      throw invalid();
    }
    return (int) number;
  }

  private static boolean truth(Value value) {
    if (value instanceof BooleanValue truth) {
      return truth.value();
    }
    throw invalid();
  }

  private static String text(Value value) {
    if (value instanceof StringValue(String text)) {
      return text;
    }
    throw invalid();
  }

  private static QueryFailure invalid() {
    return Errors.invalidCursor();
  }
}
