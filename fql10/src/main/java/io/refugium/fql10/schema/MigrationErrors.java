package io.refugium.fql10.schema;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.Hint;
import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages about migrations (schema specification, section 7.4). */
final class MigrationErrors {
  private static final String FIELD_DEFINED = "Field defined here";

  private MigrationErrors() {}

  static Diagnostic of(String message, Span span, Hint... hints) {
    return Diagnostic.error(message, span, hints);
  }

  // --- statements -----------------------------------------------------------------------------

  static Diagnostic backfilledTwice(FieldPath later, FieldPath earlier, Span laterStatement) {
    return of(
        "Cannot backfill field `" + later.text() + "` multiple times",
        later.span(),
        Hint.hint("Earlier backfill defined here", earlier.span()),
        Hint.delete("Delete the later backfill", laterStatement));
  }

  static Diagnostic addedAfterBackfill(String field, Span add, Span backfill) {
    return of(
        "Cannot add field `" + field + "` after it's backfilled",
        add,
        Hint.hint("Field backfilled here", backfill));
  }

  static Diagnostic splitIntoAfterBackfill(String field, Span split, Span backfill) {
    return of(
        "Cannot split field `" + field + "`: cannot split into a field after it's backfilled",
        split,
        Hint.hint("Field backfilled here", backfill));
  }

  static Diagnostic stillDefined(String message, Span span, FieldShape.Node defined) {
    List<Hint> hints = new ArrayList<>();
    if (defined.name != null) {
      hints.add(Hint.hint(FIELD_DEFINED, defined.name));
    }
    return of(message, span).with(hints);
  }

  static Diagnostic moveFromDefined(
      FieldPath field, FieldPath to, FieldShape.Node defined, Span statement) {
    return stillDefined(
            "Cannot move field `" + field.text() + "`, as it is in the submitted schema",
            field.span(),
            defined)
        .with(
            List.of(
                Hint.insert(
                    "To move `"
                        + field.text()
                        + "` to `"
                        + to.text()
                        + "` and add a new field named `"
                        + field.steps().getLast()
                        + "`, add an `add` migration",
                    statement.atEnd(),
                    "\n    add " + field.text())));
  }

  static Diagnostic movedToItself(FieldPath field, Span statement) {
    return of(
        "Cannot move a field to itself",
        field.span(),
        Hint.delete("Remove the futile `move`", statement));
  }

  static Diagnostic addedTwice(FieldPath later, Span earlier, Span laterStatement) {
    return of(
        "Cannot add field `" + later.text() + "` twice",
        later.span(),
        Hint.hint("Field added here", earlier),
        Hint.delete("Remove the extra add", laterStatement));
  }

  static Diagnostic addedAndMovedInto(Migration.Add add, Migration.Move move) {
    return of(
        "Cannot move into field `" + add.field().text() + "` as it was also added",
        add.field().span(),
        Hint.hint("Field moved into here", move.to().span()),
        Hint.delete("Remove the add", add.span()),
        Hint.delete("Remove the move", move.span()));
  }

  static Diagnostic addedAndSplitInto(Migration.Add add, Migration.Split split) {
    return of(
        "Cannot split field: field `"
            + add.field().text()
            + "` cannot both be added and be a split output",
        add.field().span(),
        Hint.hint("Field is an output of a split", target(split, add.field())),
        Hint.delete("Remove the add", add.span()),
        Hint.delete("Remove the split", split.span()));
  }

  static Diagnostic splitAndDropped(Migration.Split split, Span drop) {
    return of(
        "Cannot drop field that was split",
        drop,
        Hint.hint("Field is also split here", split.field().span()));
  }

  static Diagnostic splitTwice(Migration.Split earlier, Migration.Split later) {
    return of(
        "Cannot split field twice",
        later.field().span(),
        Hint.hint("Field is also split here", earlier.field().span()),
        Hint.delete("Remove this split", later.span()));
  }

  static Diagnostic splitIntoAdded(FieldPath to, Migration.Add add) {
    return of(
        "Cannot add a field that is also created by a split",
        to.span(),
        Hint.hint("Field is added here", add.field().span()),
        Hint.delete("Remove the add", add.span()));
  }

  static Diagnostic splitIntoMoved(Migration.Split split, FieldPath to, Migration.Move move) {
    return of(
        "Cannot move into a field that is also a split target",
        move.to().span(),
        Hint.hint("Field is an output of a split", to.span()),
        Hint.delete("Remove the split", split.span()));
  }

  static Diagnostic splitIntoTwice(Migration.Split split, FieldPath to, Migration.Split later) {
    return of(
        "Cannot split into a field that is already split into",
        target(later, to),
        Hint.hint("Field is also split into here", to.span()),
        Hint.delete("Remove the later split", later.span()));
  }

  /** Where a split names one of its targets. */
  private static Span target(Migration.Split split, FieldPath to) {
    return split.to().stream()
        .filter(to::equals)
        .map(FieldPath::span)
        .findFirst()
        .orElse(split.span());
  }

  static Diagnostic noValue(FieldPath field, FieldShape.Node node, Span block) {
    List<Hint> hints = new ArrayList<>();
    node.typeSpan()
        .ifPresent(
            type -> {
              hints.add(Hint.insert("Make the field nullable", type.atEnd(), "?"));
              hints.add(
                  Hint.insert("Add a default value to this field", type.atEnd(), " = <expr>"));
            });
    hints.add(
        Hint.insert(
            "Add a `backfill` migration",
            beforeBrace(block),
            "  backfill " + field.text() + " = <expr>\n"));
    return of(
            "Cannot declare non-nullable field `"
                + field.text()
                + "`: it has no default and no backfill value",
            field.span())
        .with(hints);
  }

  private static Span beforeBrace(Span block) {
    int brace = Math.max(block.start(), block.end() - 1);
    return block.source().span(brace, brace);
  }

  static Diagnostic conflictsWithWildcard(FieldPath field, Span statement) {
    return of(
        "Cannot add field, as `" + field.text() + "` conflicts with the wildcard",
        field.span(),
        Hint.insert(
            "Add a `move_conflicts` migration",
            statement.atEnd(),
            "\n    move_conflicts .conflicts"));
  }

  static Diagnostic wildcardAddedTwice(Span statement) {
    return of(
        "Cannot add a wildcard twice",
        statement,
        Hint.delete("Remove the duplicate `add_wildcard` migration", statement));
  }

  // --- live and submitted schema --------------------------------------------------------------

  static Diagnostic notLive(String path, FieldShape.Node node, boolean required, Place place) {
    List<Hint> hints = new ArrayList<>();
    String backfill = required ? "    backfill " + path + " = <expr>\n" : "";
    hints.add(
        place.addition(
            "Provide an `add` migration for this field",
            "    add " + path + "\n" + backfill,
            required ? node.name : null));
    if (required) {
      node.typeSpan()
          .ifPresent(
              type -> {
                hints.add(
                    Hint.insert("Add a default value to this field", type.atEnd(), " = <expr>"));
                hints.add(Hint.insert("Make the field nullable", type.atEnd(), "?"));
              });
    }
    return new Diagnostic(
        Diagnostic.Kind.ERROR,
        "Field `" + path + "` is not present in the live schema",
        Optional.ofNullable(node.name),
        "",
        hints);
  }

  static Diagnostic notSubmitted(String path, Place place) {
    return of(
        "Field `" + path + "` is missing from the submitted schema",
        place.item(),
        place.addition(
            "Drop the field and its data with a `drop` migration",
            "    drop " + path + "\n",
            null));
  }

  static Diagnostic mismatch(
      String path, String submitted, String live, String missing, Optional<Span> type, Span at) {
    return new Diagnostic(
        Diagnostic.Kind.ERROR,
        "Field `"
            + path
            + "` of type `"
            + submitted
            + "` does not match the live type `"
            + live
            + "`",
        type,
        "",
        List.of(
            Hint.insert(
                "Add a migration to split the invalid types into another field",
                at,
                "tmp: "
                    + missing
                    + "\n  migrations {\n    split "
                    + path
                    + " -> "
                    + path
                    + ", .tmp\n  }\n")));
  }

  static Diagnostic liveAlready(String path, Span add) {
    return of(
        "Field `" + path + "` is in the live schema, so it cannot be added or backfilled", add);
  }

  static Diagnostic droppedNothing(String path, Span place) {
    return of("Field `" + path + "` was dropped but it doesn't exist in the live schema", place);
  }

  static Diagnostic missingWildcard(boolean implicit, Place place) {
    Span first = place.firstMember();
    List<Hint> hints =
        implicit
            ? List.of(
                Hint.insert(
                    "Collections with no fields defined allow arbitrary fields by default. To keep"
                        + " this behavior, add a wildcard declaration to the schema definition",
                    first,
                    "*: Any\n"))
            : List.of(
                Hint.insert("Add the wildcard back", first, "*: Any\n"),
                Hint.insert(
                    "Move the extra fields with a `move_wildcard` migration",
                    first,
                    "migrations {\n    move_wildcard .conflicts\n  }\n"),
                Hint.insert(
                    "Drop the extra fields with a `move_wildcard` and `drop` migration",
                    first,
                    "migrations {\n    move_wildcard .conflicts\n    drop .conflicts\n  }\n"));
    return of("Missing wildcard definition", place.item()).with(hints);
  }

  static Diagnostic wildcardNotLive(Span wildcard, Place place) {
    return of(
        "Wildcard was not present in the live schema",
        wildcard,
        place.addition(
            "Add the wildcard with an `add_wildcard` migration", "    add_wildcard\n", null));
  }

  static Diagnostic allDropped(Place place) {
    return of(
        "All fields from the live schema are dropped, reintroducing the implicit wildcard that"
            + " requires an `add_wildcard` migration. Are you sure you meant to do this?",
        place.item());
  }

  /** Where suggestions about a collection go. */
  record Place(SchemaItem.CollectionItem collection) {
    Span item() {
      return collection.span();
    }

    /** Where the first field stands. */
    Span firstMember() {
      return collection.fields().isEmpty()
          ? beforeBrace(collection.span())
          : collection.fields().getFirst().span().atStart();
    }

    /** Where the field of a number stands, or the last one. */
    Span member(int index) {
      List<SchemaItem.Field> fields = collection.fields();
      return fields.isEmpty()
          ? firstMember()
          : fields.get(Math.clamp(index, 0, fields.size() - 1)).span().atStart();
    }

    /**
     * The suggestion to add statements.
     *
     * @param at where to put a whole block; null for the end of the collection
     */
    Hint addition(String message, String statements, Span at) {
      if (collection.migrations().isPresent() && !collection.statements().isEmpty()) {
        Span last = collection.statements().getLast().span();
        return Hint.insert(message, last.atEnd(), "\n" + statements.stripTrailing());
      }
      Span place = at == null ? beforeBrace(collection.span()) : at;
      return Hint.insert(message, place, "migrations {\n" + statements + "  }\n");
    }
  }
}
