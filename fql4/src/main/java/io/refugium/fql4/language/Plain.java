package io.refugium.fql4.language;

import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What values of a running query become when they are stored or put in order: versions, pages and
 * events objects, sets objects with the key {@code @set}, actions strings (spec: FQL v4, 8.1, 9.4).
 */
public final class Plain {
  private Plain() {}

  /**
   * The value without anything that exists only in a query. Unresolved refs stay: nothing stands
   * for them.
   */
  public static Value of(Value value) {
    return switch (value) {
      case ArrayValue array -> array(array);
      case ObjectValue object -> object(object);
      case VersionValue version -> version(version);
      case PageValue page -> object(page.toObject());
      case EventValue event -> event(event);
      case SourcedValue sourced ->
          ObjectValue.builder()
              .put("value", of(sourced.value()))
              .put("sources", list(sourced.sources()))
              .build();
      case ActionValue action -> new StringValue(action.word());
      case SetValue set -> ObjectValue.of("@set", set(set));
      case Closure closure -> closure.toLambdaValue();
      case RuntimeValue other -> other;
      default -> value;
    };
  }

  private static Value array(ArrayValue array) {
    for (Value element : array.values()) {
      if (changes(element)) {
        return list(array.values());
      }
    }
    return array;
  }

  /**
   * Whether anything in a value has to be replaced: what is plain already stays the same object.
   */
  @SuppressWarnings("ReferenceEquality")
  private static boolean changes(Value value) {
    return of(value) != value;
  }

  private static ArrayValue list(List<Value> values) {
    List<Value> plain = new ArrayList<>(values.size());
    values.forEach(value -> plain.add(of(value)));
    return new ArrayValue(plain);
  }

  private static ObjectValue object(ObjectValue object) {
    for (Map.Entry<String, Value> field : object) {
      if (changes(field.getValue())) {
        ObjectValue.Builder plain = ObjectValue.builder();
        object.forEach(each -> plain.put(each.getKey(), of(each.getValue())));
        return plain.build();
      }
    }
    return object;
  }

  private static ObjectValue version(VersionValue version) {
    ObjectValue.Builder object =
        ObjectValue.builder()
            .put("ref", version.ref())
            .put("class", version.collection())
            .put("collection", version.collection())
            .put("ts", version.ts());
    version.fields().forEach(field -> object.put(field.getKey(), field.getValue()));
    return object.build();
  }

  private static ObjectValue event(EventValue event) {
    ObjectValue.Builder object =
        ObjectValue.builder()
            .put("ts", event.ts())
            .put("action", new StringValue(event.action().word()))
            .put("document", event.document());
    Value data = EventFields.data(event);
    if (data != null) {
      object.put("data", of(data));
    }
    return object.build();
  }

  /** The members of a set's literal. */
  private static ObjectValue set(SetValue set) {
    return switch (set) {
      case SetValue.Match(var index, var terms) when terms.isEmpty() ->
          ObjectValue.of("match", index);
      case SetValue.Match(var index, var terms) ->
          ObjectValue.builder()
              .put("match", index)
              .put("terms", terms.size() == 1 ? of(terms.getFirst()) : list(terms))
              .build();
      case SetValue.Documents(var collection) -> ObjectValue.of("documents", collection);
      case SetValue.Singleton(var ref) -> ObjectValue.of("singleton", ref);
      case SetValue.Events(SetValue inner) -> ObjectValue.of("events", set(inner));
      case SetValue.Events(var ref) -> ObjectValue.of("events", ref);
      case SetValue.Union(var sets) -> ObjectValue.of("union", operands(sets));
      case SetValue.Intersection(var sets) -> ObjectValue.of("intersection", operands(sets));
      case SetValue.Difference(var sets) -> ObjectValue.of("difference", operands(sets));
      case SetValue.Distinct(var inner) -> ObjectValue.of("distinct", of(inner));
      case SetValue.Reverse(var inner) -> ObjectValue.of("reverse", of(inner));
      case SetValue.Range(var inner, var from, var to) ->
          ObjectValue.builder()
              .put("range", of(inner))
              .put("from", of(from))
              .put("to", of(to))
              .build();
      case SetValue.Filter filter ->
          ObjectValue.builder()
              .put("filter", lambda(filter.lambda()))
              .put("collection", of(filter.set()))
              .build();
      case SetValue.Join join ->
          ObjectValue.builder()
              .put("join", of(join.source()))
              .put("with", join.with() instanceof Closure closure ? lambda(closure) : join.with())
              .build();
    };
  }

  private static Value operands(List<Value> sets) {
    return sets.size() == 1 ? of(sets.getFirst()) : list(sets);
  }

  private static ObjectValue lambda(Closure closure) {
    LambdaValue value = closure.toLambdaValue();
    return ObjectValue.builder()
        .put("api_version", new StringValue(value.apiVersion()))
        .put("lambda", value.parameters())
        .put("expr", value.body())
        .build();
  }
}
