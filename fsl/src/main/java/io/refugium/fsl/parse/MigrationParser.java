package io.refugium.fsl.parse;

import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.schema.Migration;
import io.refugium.fql10.schema.SchemaItem.Migrations;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Name;
import io.refugium.fsl.print.ExpressionPrinter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** {@code migrations { ... }} (schema specification, section 7.2). */
final class MigrationParser {
  private final Reader reader;
  private final PathReader paths;
  private final List<Migration> statements = new ArrayList<>();
  private boolean unknown;

  MigrationParser(Reader reader) {
    this.reader = reader;
    this.paths = new PathReader(reader);
  }

  /** The block, whose keyword the cursor stands behind; empty after an error. */
  Optional<Migrations> block(int start) {
    reader.refuseName();
    if (reader.requiredBlock(start, "Expected a migration block", this::statement).isEmpty()) {
      return Optional.empty();
    }
    if (statements.isEmpty() && !unknown) {
      reader.report(FslErrors.of("Empty migration blocks are not allowed", reader.from(start)));
    }
    return Optional.of(new Migrations(reader.from(start), statements));
  }

  private void statement() {
    int start = reader.cursor.position();
    Name word = reader.memberWord();
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    switch (word.text()) {
      case "add" -> {
        FieldPath field = path();
        statements.add(new Migration.Add(reader.from(start), field));
      }
      case "drop" -> {
        FieldPath field = path();
        statements.add(new Migration.Drop(reader.from(start), field));
      }
      case "backfill" -> backfill(start);
      case "move" -> {
        FieldPath field = path();
        arrow();
        FieldPath to = path();
        statements.add(new Migration.Move(reader.from(start), field, to));
      }
      case "split" -> split(start);
      case "move_conflicts" -> {
        FieldPath into = path();
        statements.add(new Migration.MoveConflicts(reader.from(start), into));
      }
      case "move_wildcard" -> {
        FieldPath into = path();
        statements.add(new Migration.MoveWildcard(reader.from(start), into));
      }
      case "add_wildcard" -> statements.add(new Migration.AddWildcard(word.span()));
      default -> {
        reader.cursor.moveTo(end);
        unknown(word);
      }
    }
  }

  private void unknown(Name word) {
    unknown = true;
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    int value = reader.cursor.position();
    reader.skipUnknown();
    if (reader.cursor.position() == value) {
      reader.cursor.moveTo(end);
      reader.report(FslErrors.of("Expected a migration", word.span()));
    } else {
      reader.report(
          FslErrors.of("Only migrations are allowed in migration blocks", reader.from(value)));
    }
  }

  private void backfill(int start) {
    FieldPath field = path();
    reader.cursor.skipBlanks();
    reader.require("=");
    reader.cursor.skipNewlines();
    Expression value = reader.expression();
    statements.add(
        new Migration.Backfill(
            reader.from(start), field, value, ExpressionPrinter.print(value, 0)));
  }

  private void split(int start) {
    FieldPath field = path();
    arrow();
    int targets = reader.cursor.position();
    List<FieldPath> to = new ArrayList<>();
    to.add(path());
    int end = reader.cursor.position();
    reader.cursor.skipBlanks();
    while (reader.cursor.take(',')) {
      reader.cursor.skipNewlines();
      to.add(path());
      end = reader.cursor.position();
      reader.cursor.skipBlanks();
    }
    reader.cursor.moveTo(end);
    if (to.size() < 2) {
      reader.report(FslErrors.of("Expected at least two fields to split into", reader.from(start)));
    } else if (new HashSet<>(to).size() < to.size()) {
      reader.report(
          FslErrors.of("Expected list of fields with no duplicates", reader.from(targets)));
    }
    statements.add(new Migration.Split(reader.from(start), field, to));
  }

  private void arrow() {
    reader.cursor.skipBlanks();
    reader.require("->");
    reader.cursor.skipBlanks();
  }

  private FieldPath path() {
    return paths.migrated();
  }
}
