package io.refugium.model;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named fields in the order in which they were first written. Equality does not look at the order.
 *
 * <p>An object read from the store decodes itself one level at a time, when it is first looked at.
 */
public final class ObjectValue implements Value, Iterable<Map.Entry<String, Value>> {
  /** The object without fields. */
  public static final ObjectValue EMPTY = new ObjectValue(new LinkedHashMap<>());

  private final LinkedHashMap<String, Value> fields;

  private ObjectValue(LinkedHashMap<String, Value> fields) {
    this.fields = fields;
  }

  /** An object with these fields, in their order. The map is copied. */
  public static ObjectValue of(Map<String, ? extends Value> fields) {
    return fields.isEmpty() ? EMPTY : new ObjectValue(new LinkedHashMap<>(fields));
  }

  public static ObjectValue of(String name, Value value) {
    return builder().put(name, value).build();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The value of a field, or Java's {@code null} when there is no such field. */
  public Value get(String name) {
    return fields.get(name);
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  public int size() {
    return fields.size();
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  /** The names of the fields in their order. */
  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  @Override
  public Iterator<Map.Entry<String, Value>> iterator() {
    return Collections.unmodifiableMap(fields).entrySet().iterator();
  }

  /** This object with one field set; an existing field keeps its place. */
  public ObjectValue with(String name, Value value) {
    return toBuilder().put(name, value).build();
  }

  /** This object without one field. */
  public ObjectValue without(String name) {
    return has(name) ? toBuilder().remove(name).build() : this;
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.fields.putAll(fields);
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ObjectValue that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  /** Collects fields; not thread-safe. */
  public static final class Builder {
    private final LinkedHashMap<String, Value> fields = new LinkedHashMap<>();

    private Builder() {}

    /** Sets a field; one that exists keeps its place. */
    public Builder put(String name, Value value) {
      fields.put(name, value);
      return this;
    }

    public Builder remove(String name) {
      fields.remove(name);
      return this;
    }

    public ObjectValue build() {
      return ObjectValue.of(fields);
    }
  }
}
