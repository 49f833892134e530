package io.refugium.database.catalog;

import io.refugium.database.document.Document;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;

/**
 * A user collection as one version of the schema defines it. The document holds everything that
 * users wrote; the indexes are derived from it (spec: schema 2, 5, 6).
 *
 * @param document the collection document
 * @param historyFloor before this time, in microseconds, history is gone for good whatever {@code
 *     history_days} says now
 * @param namedIndexes the indexes that FQL v10 calls by name, in order of definition
 * @param uniqueConstraints the unique constraints of FQL v10, in order of definition
 * @param indexes every index that holds entries of this collection's documents, of both languages,
 *     each once
 * @param migrations what has to be done to documents written before certain times, oldest first:
 *     objects with {@code at}, in microseconds, and {@code steps}
 */
public record CollectionDef(
    Document document,
    long historyFloor,
    Map<String, NamedIndex> namedIndexes,
    List<UniqueConstraint> uniqueConstraints,
    List<IndexDef> indexes,
    ArrayValue migrations)
    implements Definition {
  /** A collection whose documents have always had their shape. */
  public CollectionDef(
      Document document,
      long historyFloor,
      Map<String, NamedIndex> namedIndexes,
      List<UniqueConstraint> uniqueConstraints,
      List<IndexDef> indexes) {
    this(document, historyFloor, namedIndexes, uniqueConstraints, indexes, ArrayValue.EMPTY);
  }

  /** A v10 index: its name for users and the index behind it, which other names may share. */
  public record NamedIndex(String name, IndexDef backing, boolean queryable) {}

  /** A v10 unique constraint: its paths as the user wrote them and the index behind it. */
  public record UniqueConstraint(List<String> paths, IndexDef backing) {}

  public long scope() {
    return document.ref().scope();
  }

  /** The internal id: what {@code Ref.collection} of its documents holds. */
  public int id() {
    return (int) document.ref().id();
  }

  @Override
  public String name() {
    return Fields.string(document.fields(), "name");
  }

  /** The second name of the collection in FQL v10, or null. */
  public String alias() {
    return Fields.string(document.fields(), "alias");
  }

  /** Days for which history is kept, or null: for ever. */
  public Long historyDays() {
    return document.get("history_days") instanceof LongValue days
        ? Long.valueOf(days.value())
        : null;
  }

  /** Days after which documents expire by default, or null. */
  public Long ttlDays() {
    return document.get("ttl_days") instanceof LongValue days ? Long.valueOf(days.value()) : null;
  }

  /** Whether writes may name {@code ttl}, by the flag or by its default. */
  public boolean documentTtls() {
    return document.get("document_ttls") instanceof BooleanValue flag
        ? flag.value()
        : fields().isEmpty();
  }

  /** The defined fields as written, by name; empty when none are defined. */
  public ObjectValue fields() {
    return Fields.object(document.fields(), "fields");
  }

  /** The computed fields as written, by name. */
  public ObjectValue computedFields() {
    return Fields.object(document.fields(), "computed_fields");
  }

  /** The type of extra fields as written, or null. */
  public String wildcard() {
    return Fields.string(document.fields(), "wildcard");
  }

  /** The check constraints in order of definition. */
  public List<Check> checks() {
    return document.get("constraints") instanceof ArrayValue constraints
        ? constraints.values().stream()
            .map(constraint -> ((ObjectValue) constraint).get("check"))
            .filter(ObjectValue.class::isInstance)
            .map(check -> Check.of((ObjectValue) check))
            .toList()
        : List.of();
  }

  /** A check constraint. */
  public record Check(String name, String body) {
    private static Check of(ObjectValue check) {
      return new Check(Fields.string(check, "name"), Fields.string(check, "body"));
    }
  }

  /**
   * The earliest time at which documents and sets of this collection can be read (spec: schema
   * 11.5), in microseconds.
   *
   * @param snapshot the snapshot of the transaction that reads
   */
  public long minimumValidTime(long snapshot) {
    return History.minimumValidTime(snapshot, historyDays(), historyFloor);
  }

  /** Helpers for the fields of schema documents; what has another type counts as absent. */
  public static final class Fields {
    private Fields() {}

    public static String string(ObjectValue object, String name) {
      Value value = object.get(name);
      return value instanceof StringValue(String text) ? text : null;
    }

    public static ObjectValue object(ObjectValue object, String name) {
      return object.get(name) instanceof ObjectValue inner ? inner : ObjectValue.EMPTY;
    }
  }
}
