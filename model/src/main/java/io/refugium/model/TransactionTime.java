package io.refugium.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The time of the running transaction, unknown until it commits. May be stored: the committed form
 * holds the commit time in its place, as a {@link TimeValue}, or as a {@link LongValue} of
 * microseconds when {@link #MICROS} was written.
 */
public enum TransactionTime implements Value {
  /** Becomes a time. */
  TIME,
  /**
   * Becomes an integer of microseconds since the epoch: the form in which FQL v4 knows {@code ts}.
   */
  MICROS;

  /** What the value becomes when the transaction commits at this time, in microseconds. */
  public static Value resolve(Value value, long commitMicros) {
    return switch (value) {
      case TransactionTime time ->
          time == TIME ? TimeValue.ofMicros(commitMicros) : new LongValue(commitMicros);
      case ArrayValue array -> {
        List<Value> elements = new ArrayList<>(array.size());
        boolean changed = false;
        for (Value element : array.values()) {
          Value resolved = resolve(element, commitMicros);
          changed |= resolved != element;
          elements.add(resolved);
        }
        yield changed ? new ArrayValue(List.copyOf(elements)) : array;
      }
      case ObjectValue object -> {
        ObjectValue.Builder fields = ObjectValue.builder();
        boolean changed = false;
        for (int i = 0; i < object.size(); i++) {
          Value resolved = resolve(object.valueAt(i), commitMicros);
          changed |= resolved != object.valueAt(i);
          fields.put(object.nameAt(i), resolved);
        }
        yield changed ? fields.build() : object;
      }
      case LambdaValue lambda -> {
        Value parameters = resolve(lambda.parameters(), commitMicros);
        Value body = resolve(lambda.body(), commitMicros);
        yield parameters == lambda.parameters() && body == lambda.body()
            ? lambda
            : new LambdaValue(lambda.apiVersion(), parameters, body);
      }
      default -> value;
    };
  }
}
