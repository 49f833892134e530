package io.refugium.database.catalog;

import io.refugium.database.catalog.BackingIndexes.Backing;
import io.refugium.database.catalog.IndexDef.Status;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fields of a v10 collection document that the database sets: how far its indexes and unique
 * constraints have come.
 */
public final class DerivedFields {
  private DerivedFields() {}

  /**
   * The fields of a collection document with the state of its indexes: {@code status} and {@code
   * queryable} of indexes, {@code status} of unique constraints, which come before checks (spec:
   * schema 2.2, 2.3). A {@code queryable} that was given stays until the status changes.
   */
  public static ObjectValue withStatus(ObjectValue fields, List<Backing> backings) {
    ObjectValue result = fields;
    ObjectValue indexes = CollectionDef.Fields.object(fields, "indexes");
    if (!indexes.isEmpty()) {
      Map<String, Value> described = new LinkedHashMap<>();
      for (int i = 0; i < indexes.size(); i++) {
        described.put(indexes.nameAt(i), describe(fields, indexes.valueAt(i), backings));
      }
      result = result.with("indexes", ObjectValue.of(described));
    }
    if (fields.get("constraints") instanceof ArrayValue constraints) {
      result = result.with("constraints", describe(fields, constraints, backings));
    }
    return result;
  }

  private static Value describe(ObjectValue collection, Value index, List<Backing> backings) {
    if (!(index instanceof ObjectValue definition)) {
      return index;
    }
    Status status =
        BackingIndexes.find(backings, BackingIndexes.ofIndex(collection, definition)).status();
    String text =
        switch (status) {
          case BUILDING -> "building";
          case ACTIVE -> "complete";
          case FAILED -> "failed";
        };
    String oldText = CollectionDef.Fields.string(definition, "status");
    boolean given = definition.has("queryable") && (oldText == null || oldText.equals(text));
    Value queryable =
        given ? definition.get("queryable") : BooleanValue.of(status == Status.ACTIVE);
    return definition.with("queryable", queryable).with("status", new StringValue(text));
  }

  private static Value describe(
      ObjectValue collection, ArrayValue constraints, List<Backing> backings) {
    List<Value> uniques = new ArrayList<>();
    List<Value> checks = new ArrayList<>();
    for (Value constraint : constraints.values()) {
      BackingIndexes.Shape shape =
          constraint instanceof ObjectValue object
              ? BackingIndexes.ofConstraint(collection, object)
              : null;
      if (shape == null) {
        checks.add(constraint);
        continue;
      }
      String text =
          switch (BackingIndexes.find(backings, shape).status()) {
            case BUILDING -> "pending";
            case ACTIVE -> "active";
            case FAILED -> "failed";
          };
      uniques.add(((ObjectValue) constraint).with("status", new StringValue(text)));
    }
    uniques.addAll(checks);
    return new ArrayValue(List.copyOf(uniques));
  }

  /**
   * The fields without {@code queryable} of indexes that have changed since it was set: a language
   * that merges a change into the old document carries it along, though it says nothing of the new
   * index.
   */
  public static ObjectValue withoutOutdatedState(ObjectValue before, ObjectValue after) {
    ObjectValue old = CollectionDef.Fields.object(before, "indexes");
    ObjectValue.Builder indexes = ObjectValue.builder();
    boolean changed = false;
    for (Map.Entry<String, Value> member : CollectionDef.Fields.object(after, "indexes")) {
      Value now = member.getValue();
      if (old.get(member.getKey()) instanceof ObjectValue was
          && now instanceof ObjectValue definition
          && Objects.equals(was.get("queryable"), definition.get("queryable"))
          && !BackingIndexes.ofIndex(before, was)
              .equals(BackingIndexes.ofIndex(after, definition))) {
        now = definition.without("queryable");
        changed = true;
      }
      indexes.put(member.getKey(), now);
    }
    return changed ? after.with("indexes", indexes.build()) : after;
  }
}
