package io.refugium.fql10.schema;

import io.refugium.model.ArrayValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What a migration does to the data of one document, ready to be stored with the collection (schema
 * specification, section 7.2). Types are kept as text, values are evaluated.
 */
public sealed interface MigrationStep {

  /**
   * A field is new.
   *
   * @param value what it has where it is absent; {@link NullValue} for nothing
   * @param conflicts where existing values of another type go; empty if there can be none
   */
  record Add(List<String> field, String type, Value value, List<String> conflicts)
      implements MigrationStep {}

  record Drop(List<String> field) implements MigrationStep {}

  record Move(List<String> field, List<String> to) implements MigrationStep {}

  /** The value goes to the first target whose type it has. */
  record Split(List<String> field, List<Target> to) implements MigrationStep {}

  /**
   * A field that a split makes.
   *
   * @param value what it has if it does not get the value that is split
   */
  record Target(List<String> field, String type, Value value) {}

  /** All top level fields but the kept ones move into an object. */
  record MoveWildcard(List<String> into, List<String> kept) implements MigrationStep {}

  // --- stored form ----------------------------------------------------------------------------

  /** The step as a value. */
  static Value encode(MigrationStep step) {
    return switch (step) {
      case Add add ->
          object("add", add.field())
              .put("type", new StringValue(add.type()))
              .put("value", add.value())
              .put("conflicts", path(add.conflicts()))
              .build();
      case Drop drop -> object("drop", drop.field()).build();
      case Move move -> object("move", move.field()).put("to", path(move.to())).build();
      case Split split ->
          object("split", split.field())
              .put("to", new ArrayValue(split.to().stream().map(MigrationStep::encode).toList()))
              .build();
      case MoveWildcard move ->
          object("move_wildcard", move.into()).put("kept", path(move.kept())).build();
    };
  }

  private static Value encode(Target target) {
    return object("target", target.field())
        .put("type", new StringValue(target.type()))
        .put("value", target.value())
        .build();
  }

  private static ObjectValue.Builder object(String kind, List<String> field) {
    return ObjectValue.builder().put("kind", new StringValue(kind)).put("field", path(field));
  }

  private static Value path(List<String> path) {
    return new ArrayValue(path.stream().<Value>map(StringValue::new).toList());
  }

  /** The step that a value is. */
  static MigrationStep decode(ObjectValue stored) {
    List<String> field = path(stored, "field");
    return switch (text(stored, "kind")) {
      case "add" ->
          new Add(field, text(stored, "type"), stored.get("value"), path(stored, "conflicts"));
      case "drop" -> new Drop(field);
      case "move" -> new Move(field, path(stored, "to"));
      case "split" -> {
        List<Target> targets = new ArrayList<>();
        for (Value target : ((ArrayValue) stored.get("to")).values()) {
          ObjectValue object = (ObjectValue) target;
          targets.add(new Target(path(object, "field"), text(object, "type"), object.get("value")));
        }
        yield new Split(field, targets);
      }
      case "move_wildcard" -> new MoveWildcard(field, path(stored, "kept"));
      default -> throw new IllegalStateException("unknown step " + text(stored, "kind"));
    };
  }

  private static String text(ObjectValue stored, String field) {
    return ((StringValue) stored.get(field)).value();
  }

  private static List<String> path(ObjectValue stored, String field) {
    return ((ArrayValue) stored.get(field))
        .values().stream().map(step -> ((StringValue) step).value()).toList();
  }
}
