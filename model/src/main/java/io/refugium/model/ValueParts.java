package io.refugium.model;

import java.util.List;
import java.util.Map;

/**
 * How large a value is when it is written out. Values share their parts, so that a few steps make
 * one that would fill any memory; whoever builds values from others bounds them by this count.
 */
public final class ValueParts {
  /** Characters of a string, or bytes of what has not been decoded, that count as one part. */
  private static final int UNIT = 64;

  private final long limit;
  private long count;

  private ValueParts(long limit) {
    this.limit = limit;
  }

  /**
   * The number of scalars, containers and stretches of text of a value, each as often as it occurs.
   * Does not decode what is stored.
   *
   * @return a number above the limit when there are more: then it is not counted to the end
   */
  public static long count(Value value, long limit) {
    ValueParts parts = new ValueParts(limit);
    parts.add(value);
    return parts.count;
  }

  private void add(Value value) {
    count++;
    if (count > limit) {
      return;
    }
    switch (value) {
      case StringValue text -> count += text.value().length() / UNIT;
      case BytesValue bytes -> count += bytes.value().length / UNIT;
      case ArrayValue(LazyArray stored) -> count += stored.source().length() / UNIT;
      case ArrayValue(GrownArray grown) -> count += grown.parts();
      case ArrayValue(List<Value> elements) -> addAll(elements);
      case ObjectValue object -> addFields(object);
      case LambdaValue lambda -> add(lambda.body());
      case RuntimeValue runtime -> addAll(runtime.parts());
      default -> {}
    }
  }

  private void addAll(List<? extends Value> elements) {
    for (Value element : elements) {
      if (count > limit) {
        return;
      }
      add(element);
    }
  }

  private void addFields(ObjectValue object) {
    if (object.isStored()) {
      count += object.storedLength() / UNIT;
      return;
    }
    for (Map.Entry<String, Value> field : object) {
      if (count > limit) {
        return;
      }
      count += field.getKey().length() / UNIT;
      add(field.getValue());
    }
  }
}
