package io.refugium.fql4.language;

import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;

/**
 * A document at a time, as the read and write functions give it (spec: FQL v4, 9.1).
 *
 * @param ts microseconds, or the unresolved time of this transaction
 * @param fields the top fields: {@code data}, {@code ttl}, {@code name}, ...
 * @param created whether this query created the document, which makes the answer a 201
 */
public record VersionValue(Ref ref, Value ts, ObjectValue fields, boolean created)
    implements RuntimeValue {

  public Ref collection() {
    return new Ref(ref.scope(), SystemCollections.COLLECTION, ref.collection());
  }

  /**
   * The value of a top field, or null: {@code ref}, {@code ts}, {@code class} and those of the
   * document.
   */
  public Value field(String name) {
    return switch (name) {
      case "ref" -> ref;
      case "ts" -> ts;
      case "class" -> collection();
      default -> fields.get(name);
    };
  }

  /** Ref, time and top fields as an object: what {@code merge} and {@code to_object} see. */
  public ObjectValue toObject() {
    ObjectValue.Builder object = ObjectValue.builder().put("ref", ref).put("ts", ts);
    fields.forEach(field -> object.put(field.getKey(), field.getValue()));
    return object.build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionValue that
        && ref.equals(that.ref)
        && ts.equals(that.ts)
        && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return ref.hashCode();
  }
}
