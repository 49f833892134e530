package io.refugium.fql4.wire;

import io.refugium.model.JsonBuffer;
import io.refugium.model.StoredWalk;
import io.refugium.model.Value;

/**
 * Arrays and objects of stored documents as JSON, straight from the bytes in which they are stored:
 * the same text that {@link ValueWriter} makes of the values in them.
 */
final class StoredWriter {
  private final JsonBuffer out;
  private final ValueWriter values;
  private final StoredWalk.TextSink strings;

  /**
   * A writer into a buffer.
   *
   * @param values writes what has to be a value first, into the same buffer
   */
  StoredWriter(JsonBuffer out, ValueWriter values) {
    this.out = out;
    this.values = values;
    this.strings = out::string;
  }

  void array(StoredWalk walk) {
    out.raw('[');
    boolean comma = false;
    for (int rest = walk.enter(); rest > 0; rest--) {
      comma |= part(walk, comma, false);
    }
    out.raw(']');
  }

  void object(StoredWalk walk) {
    int size = walk.enter();
    boolean wrapped = walk.hasNameFrom('@', size);
    out.raw(wrapped ? "{\"@obj\":{" : "{");
    fields(walk, size, true);
    out.raw(wrapped ? "}}" : "}");
  }

  /**
   * Writes fields of an object that was entered.
   *
   * @param first whether no comma belongs in front of them
   */
  void fields(StoredWalk walk, int size, boolean first) {
    boolean comma = !first;
    for (int rest = size; rest > 0; rest--) {
      walk.field();
      comma |= part(walk, comma, true);
    }
  }

  /** Writes an element or a field unless it is to be left out; whether it did. */
  private boolean part(StoredWalk walk, boolean comma, boolean named) {
    StoredWalk.Kind kind = walk.kind();
    Value value = kind == StoredWalk.Kind.OTHER ? walk.value() : null;
    if (value != null && values.isDangling(value)) {
      return false;
    }
    if (comma) {
      out.raw(',');
    }
    if (named) {
      walk.name(strings);
      out.raw(':');
    }
    switch (kind) {
      case STRING -> walk.string(strings);
      case LONG -> out.number(walk.number());
      case ARRAY -> array(walk);
      case OBJECT -> object(walk);
      case OTHER -> values.write(value);
    }
    return true;
  }
}
