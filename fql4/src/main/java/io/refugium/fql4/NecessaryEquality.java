package io.refugium.fql4;

import io.refugium.access.FieldEquality;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out what a predicate about reading asks of a field of the document, if its form tells: that
 * {@code Select(["data", f], Get(ref))} equals the identity or a constant, alone or as one part of
 * an {@code And}, with names from a {@code Let} or without; and whether it asks no more.
 */
final class NecessaryEquality {
  private static final String DATA = "data";

  private final String parameter;
  private final Map<String, Value> names = new HashMap<>();

  private NecessaryEquality(String parameter) {
    this.parameter = parameter;
  }

  /** The condition; null when none was found. */
  static FieldEquality of(LambdaValue lambda) {
    if (!(lambda.parameters() instanceof StringValue(String parameter))) {
      return null;
    }
    FieldEquality found = new NecessaryEquality(parameter).in(lambda.body());
    return found != null && isSufficient(lambda.body())
        ? new FieldEquality(found.field(), found.value(), true)
        : found;
  }

  /**
   * Whether a body in which a condition was found is nothing but a comparison with the identity, or
   * with a text or truth value: nothing else in it could fail.
   */
  private static boolean isSufficient(Value body) {
    return body instanceof ObjectValue form
        && form.get("equals") instanceof ArrayValue(List<Value> sides)
        && (isHarmless(sides.getFirst()) || isHarmless(sides.getLast()));
  }

  private static boolean isHarmless(Value side) {
    return switch (side) {
      case StringValue _, BooleanValue _ -> true;
      case ObjectValue form ->
          form.get("identity") == NullValue.NULL || form.get("current_identity") == NullValue.NULL;
      default -> false;
    };
  }

  private FieldEquality in(Value expression) {
    if (!(expression instanceof ObjectValue form)) {
      return null;
    }
    if (form.size() == 2 && form.has("let") && form.has("in")) {
      return bind(form.get("let")) ? in(form.get("in")) : null;
    }
    if (form.size() != 1) {
      return null;
    }
    if (form.get("and") instanceof ArrayValue(List<Value> parts)) {
      return parts.stream().map(this::in).filter(found -> found != null).findFirst().orElse(null);
    }
    if (form.get("equals") instanceof ArrayValue(List<Value> sides) && sides.size() == 2) {
      FieldEquality found = equality(sides.getFirst(), sides.getLast());
      return found != null ? found : equality(sides.getLast(), sides.getFirst());
    }
    return null;
  }

  /** Takes names in; false for those that hide another, which are too much to follow. */
  private boolean bind(Value bindings) {
    List<Value> each =
        bindings instanceof ArrayValue(List<Value> several) ? several : List.of(bindings);
    for (Value one : each) {
      if (!(one instanceof ObjectValue object)) {
        return false;
      }
      for (Map.Entry<String, Value> binding : object) {
        if (binding.getKey().equals(parameter)
            || names.putIfAbsent(binding.getKey(), binding.getValue()) != null) {
          return false;
        }
      }
    }
    return true;
  }

  private FieldEquality equality(Value left, Value right) {
    String field = field(named(left));
    FieldEquality.Source source = field == null ? null : source(named(right));
    return source == null ? null : new FieldEquality(field, source, false);
  }

  private String field(Value expression) {
    return expression instanceof ObjectValue form
            && form.size() == 2
            && form.get("select") instanceof ArrayValue(List<Value> path)
            && path.size() == 2
            && path.getFirst() instanceof StringValue(String first)
            && first.equals(DATA)
            && path.getLast() instanceof StringValue(String field)
            && isDocument(named(form.get("from")))
        ? field
        : null;
  }

  private boolean isDocument(Value expression) {
    return expression instanceof ObjectValue form
        && form.size() == 1
        && named(form.get("get")) instanceof ObjectValue variable
        && variable.size() == 1
        && variable.get("var") instanceof StringValue(String name)
        && name.equals(parameter);
  }

  private static FieldEquality.Source source(Value expression) {
    return switch (expression) {
      case StringValue _, BooleanValue _, Ref _ -> _ -> expression;
      case ObjectValue form
          when form.size() == 1 && (form.has("identity") || form.has("current_identity")) ->
          session -> session.v4().identity().currentIdentity();
      case null, default -> null;
    };
  }

  /** What a name stands for; anything else as it is. */
  private Value named(Value expression) {
    return expression instanceof ObjectValue form
            && form.size() == 1
            && form.get("var") instanceof StringValue(String name)
            && names.containsKey(name)
        ? names.get(name)
        : expression;
  }
}
