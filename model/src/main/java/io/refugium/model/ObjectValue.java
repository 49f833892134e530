package io.refugium.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * Named fields in the order in which they were first written. Equality does not look at the order.
 *
 * <p>An object read from the store decodes itself one level at a time, when it is first looked at.
 * Thread-safe: two threads may decode the same field, to equal results.
 */
public final class ObjectValue implements Value, Iterable<Map.Entry<String, Value>> {
  /** The object without fields. */
  public static final ObjectValue EMPTY = new ObjectValue(null, new Fields(Map.of()));

  /**
   * So many look-ups are answered from the bytes before a level is decoded at all: as many as it
   * takes to see whether a document has expired, to ask a predicate about it and to show it.
   */
  private static final int RAW_LOOKUPS = 8;

  private final Encoded source;
  private Fields fields;

  /** Only a hint: threads may count past each other. */
  private int rawLookups;

  private ObjectValue(Encoded source, Fields fields) {
    this.source = source;
    this.fields = fields;
  }

  /** An object with these fields, in their order. The map is copied. */
  public static ObjectValue of(Map<String, ? extends Value> fields) {
    return fields.isEmpty() ? EMPTY : new ObjectValue(null, new Fields(fields));
  }

  public static ObjectValue of(String name, Value value) {
    return of(Map.of(name, value));
  }

  /** An object that decodes itself from its bytes. */
  static ObjectValue lazy(Encoded source) {
    return new ObjectValue(source, null);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The value of a field, or Java's {@code null} when there is no such field. */
  public Value get(String name) {
    if (fields == null && rawLookups++ < RAW_LOOKUPS) {
      return ValueDecoder.contents(source).lookUp(name);
    }
    int index = fields().indexOf(name);
    return index < 0 ? null : valueAt(index);
  }

  public boolean has(String name) {
    return fields().indexOf(name) >= 0;
  }

  /** Whether this is an object read from the store, with all its fields. */
  boolean isStored() {
    return source != null;
  }

  /** The length of a stored object in bytes. */
  int storedLength() {
    return source.length();
  }

  public int size() {
    return fields().names.length;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** The names of the fields in their order. */
  public List<String> names() {
    return List.of(fields().names);
  }

  /**
   * The name of the field at a place.
   *
   * @param index from 0 to {@code size() - 1}
   */
  public String nameAt(int index) {
    return fields().names[index];
  }

  /**
   * The value of the field at a place.
   *
   * @param index from 0 to {@code size() - 1}
   */
  public Value valueAt(int index) {
    Fields known = fields();
    Value value = known.values[index];
    if (value == null) {
      value = new ValueDecoder(source.bytes(), source.scope(), known.offsets[index]).read();
      known.values[index] = value;
    }
    return value;
  }

  @Override
  public Iterator<Map.Entry<String, Value>> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < size();
      }

      @Override
      public Map.Entry<String, Value> next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        int index = next++;
        return Map.entry(nameAt(index), valueAt(index));
      }
    };
  }

  /** This object with one field set; an existing field keeps its place. */
  public ObjectValue with(String name, Value value) {
    return toBuilder().put(name, value).build();
  }

  /** This object without one field. */
  public ObjectValue without(String name) {
    return has(name) ? toBuilder().remove(name).build() : this;
  }

  /** An object with the same names, in their order, and what each value becomes. */
  public ObjectValue map(UnaryOperator<Value> change) {
    Builder builder = new Builder();
    forEach(field -> builder.put(field.getKey(), change.apply(field.getValue())));
    return builder.build();
  }

  public Builder toBuilder() {
    Builder builder = new Builder();
    for (int i = 0; i < size(); i++) {
      builder.fields.put(nameAt(i), valueAt(i));
    }
    return builder;
  }

  /** The stored form, or null when this object does not come from the store. */
  Encoded source() {
    return source;
  }

  private Fields fields() {
    Fields known = fields;
    if (known == null) {
      known = new Fields(source);
      fields = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    if (this == other) {
      return true;
    }
    if (!(other instanceof ObjectValue that) || size() != that.size()) {
      return false;
    }
    for (int i = 0; i < size(); i++) {
      Value value = valueAt(i);
      Value counterpart = that.get(nameAt(i));
      if (!value.equals(counterpart)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int i = 0; i < size(); i++) {
      hash += nameAt(i).hashCode() ^ valueAt(i).hashCode();
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : ", ").append(nameAt(i)).append('=').append(valueAt(i));
    }
    return text.append('}').toString();
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

  /**
   * One level of an object: names, and values as far as they have been decoded. Its fields are
   * final, so that a thread which sees the object without synchronisation sees it whole.
   */
  private static final class Fields {
    /** Up to so many fields, and for so many look-ups, names are compared one by one. */
    private static final int SCAN_LIMIT = 16;

    final String[] names;
    final Value[] values;

    /** Where the value of each field begins; null when there is nothing to decode. */
    final int[] offsets;

    private int scans;
    private Index index;

    Fields(Map<String, ? extends Value> fields) {
      names = new String[fields.size()];
      values = new Value[names.length];
      offsets = null;
      int i = 0;
      for (Map.Entry<String, ? extends Value> field : fields.entrySet()) {
        names[i] = field.getKey();
        if (field.getValue() == null) {
          throw new IllegalArgumentException("Field " + field.getKey() + " has no value");
        }
        values[i++] = field.getValue();
      }
    }

    Fields(Encoded source) {
      ValueDecoder decoder = ValueDecoder.contents(source);
      names = new String[decoder.readCount()];
      values = new Value[names.length];
      offsets = new int[names.length];
      for (int i = 0; i < names.length; i++) {
        names[i] = decoder.readString();
        offsets[i] = decoder.position();
        decoder.skip();
      }
    }

    int indexOf(String name) {
      Index known = index;
      if (known == null && names.length > SCAN_LIMIT && scans++ > SCAN_LIMIT) {
        known = new Index(names);
        index = known;
      }
      if (known != null) {
        return known.indexOf(name);
      }
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(name)) {
          return i;
        }
      }
      return -1;
    }
  }

  /**
   * Places by name. A hash map, because it stays fast when somebody chooses names whose hashes
   * collide.
   */
  private static final class Index {
    private final HashMap<String, Integer> places;

    Index(String[] names) {
      places = HashMap.newHashMap(names.length);
      for (int i = 0; i < names.length; i++) {
        places.put(names[i], i);
      }
    }

    int indexOf(String name) {
      Integer place = places.get(name);
      return place == null ? -1 : place;
    }
  }
}
