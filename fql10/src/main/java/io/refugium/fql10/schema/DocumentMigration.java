package io.refugium.fql10.schema;

import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;
import java.util.Map;

/**
 * Takes the data of a document through migration steps. Pure; the types of steps are tested by
 * whoever knows the schema.
 */
public final class DocumentMigration {
  /** Whether a value has a type that a step names. */
  @FunctionalInterface
  public interface TypeTest {
    boolean accepts(String type, Value value);
  }

  private final TypeTest types;

  public DocumentMigration(TypeTest types) {
    this.types = types;
  }

  /** The data behind all steps. */
  public ObjectValue apply(List<MigrationStep> steps, ObjectValue data) {
    ObjectValue migrated = data;
    for (MigrationStep step : steps) {
      migrated =
          switch (step) {
            case MigrationStep.Add add -> add(add, migrated);
            case MigrationStep.Drop drop -> without(migrated, drop.field());
            case MigrationStep.Move move -> move(move, migrated);
            case MigrationStep.Split split -> split(split, migrated);
            case MigrationStep.MoveWildcard move -> moveWildcard(move, migrated);
          };
    }
    return migrated;
  }

  private ObjectValue add(MigrationStep.Add add, ObjectValue data) {
    Value existing = get(data, add.field());
    if (existing != null) {
      if (types.accepts(add.type(), existing)) {
        return data;
      }
      ObjectValue removed = without(data, add.field());
      ObjectValue displaced =
          add.conflicts().isEmpty()
              ? removed
              : displaced(removed, add.conflicts(), add.field().getLast(), existing);
      return with(displaced, add.field(), add.value());
    }
    return with(data, add.field(), add.value());
  }

  private static ObjectValue move(MigrationStep.Move move, ObjectValue data) {
    Value value = get(data, move.field());
    ObjectValue removed = without(data, move.field());
    return value == null ? removed : with(removed, move.to(), value);
  }

  private ObjectValue split(MigrationStep.Split split, ObjectValue data) {
    Value value = get(data, split.field());
    ObjectValue result = without(data, split.field());
    boolean placed = value == null;
    for (MigrationStep.Target target : split.to()) {
      boolean here = !placed && types.accepts(target.type(), value);
      result = with(result, target.field(), here ? value : target.value());
      placed |= here;
    }
    return result;
  }

  private static ObjectValue moveWildcard(MigrationStep.MoveWildcard move, ObjectValue data) {
    ObjectValue result = data;
    for (Map.Entry<String, Value> field : data) {
      if (!move.kept().contains(field.getKey())) {
        result =
            displaced(
                result.without(field.getKey()), move.into(), field.getKey(), field.getValue());
      }
    }
    return result;
  }

  /** Puts a value into an object under a name that is free there. */
  private static ObjectValue displaced(
      ObjectValue data, List<String> into, String name, Value value) {
    ObjectValue object =
        get(data, into) instanceof ObjectValue existing ? existing : ObjectValue.EMPTY;
    String free = name;
    while (object.has(free)) {
      free = "_" + free;
    }
    return with(data, into, object.with(free, value));
  }

  // --- paths ----------------------------------------------------------------------------------

  private static Value get(ObjectValue data, List<String> path) {
    Value value = data;
    for (String name : path) {
      if (!(value instanceof ObjectValue object)) {
        return null;
      }
      value = object.get(name);
    }
    return value == NullValue.NULL ? null : value;
  }

  /** With a value at a path; objects on the way are created. Null is not stored. */
  private static ObjectValue with(ObjectValue data, List<String> path, Value value) {
    if (value == null || value == NullValue.NULL) {
      return data;
    }
    String name = path.getFirst();
    if (path.size() == 1) {
      return data.with(name, value);
    }
    ObjectValue inner = data.get(name) instanceof ObjectValue object ? object : ObjectValue.EMPTY;
    return data.with(name, with(inner, path.subList(1, path.size()), value));
  }

  private static ObjectValue without(ObjectValue data, List<String> path) {
    String name = path.getFirst();
    if (path.size() == 1) {
      return data.without(name);
    }
    return data.get(name) instanceof ObjectValue inner
        ? data.with(name, without(inner, path.subList(1, path.size())))
        : data;
  }
}
