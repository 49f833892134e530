package io.refugium.fql10.compile;

import io.refugium.fql10.runtime.Calls;
import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.Frame;
import io.refugium.fql10.runtime.Kind;
import io.refugium.fql10.runtime.Lambda;
import io.refugium.fql10.runtime.Null;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.SetValue;
import io.refugium.fql10.sets.Callback;
import io.refugium.fql10.sets.Operators;
import io.refugium.fql10.source.Span;
import io.refugium.model.ArrayValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/** Projection of values of every kind (language specification, section 5.13). */
final class Projections {
  private Projections() {}

  /**
   * Projects a value.
   *
   * @param elements the element list as a function of the projected value
   * @param span the whole projection, which is the frame of failures inside
   * @param origin where the projected value comes from
   */
  static Value project(Frame frame, Value value, Lambda elements, Span span, Span origin) {
    QueryContext context = frame.context();
    return switch (value) {
      case ArrayValue(List<Value> values) -> {
        List<Value> results = new ArrayList<>(values.size());
        for (Value element : values) {
          results.add(apply(context, elements, element, span));
        }
        yield context.built(new ArrayValue(results));
      }
      case SetValue set ->
          new Operators.MappedSet(set, new Callback(elements, span, context.readTime()));
      case EventSource(SetValue set, List<List<Object>> fields) ->
          new EventSource(
              new Operators.MappedSet(set, new Callback(elements, span, context.readTime())),
              fields);
      default ->
          switch (Kind.of(value)) {
            case OBJECT, MODULE -> apply(context, elements, value, span);
            case DOCUMENT -> document(context, value, elements, span, origin);
            default -> value;
          };
    };
  }

  private static Value document(
      QueryContext context, Value value, Lambda elements, Span span, Span origin) {
    try {
      context.require(Effect.READ, "Projection");
      NullCause cause = context.environment().documents().missing(context, value);
      if (cause != null) {
        return new Null(cause, origin);
      }
    } catch (QueryFailure failure) {
      throw failure.at(span);
    }
    return apply(context, elements, value, span);
  }

  private static Value apply(QueryContext context, Lambda elements, Value value, Span span) {
    return Calls.project(context, elements, value, span);
  }
}
