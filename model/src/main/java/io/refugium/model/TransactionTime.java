package io.refugium.model;

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
      case ArrayValue array ->
          new ArrayValue(
              array.values().stream().map(element -> resolve(element, commitMicros)).toList());
      case ObjectValue object -> {
        ObjectValue.Builder fields = ObjectValue.builder();
        for (int i = 0; i < object.size(); i++) {
          fields.put(object.nameAt(i), resolve(object.valueAt(i), commitMicros));
        }
        yield fields.build();
      }
      case LambdaValue(String version, Value parameters, Value body) ->
          new LambdaValue(version, resolve(parameters, commitMicros), resolve(body, commitMicros));
      default -> value;
    };
  }
}
