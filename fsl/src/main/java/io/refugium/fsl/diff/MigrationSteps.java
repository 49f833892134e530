package io.refugium.fsl.diff;

import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.schema.Migration;
import io.refugium.fql10.schema.SchemaItem;
import io.refugium.fql10.schema.SchemaItem.CollectionItem;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fsl.diff.Details.Line;
import io.refugium.fsl.diff.Paint.Style;
import io.refugium.fsl.print.ExpressionPrinter;
import io.refugium.fsl.print.TypeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the new statements of a migration block do to stored documents, in words. */
final class MigrationSteps {
  private final CollectionItem after;
  private final List<Migration> statements;
  private final Set<Migration> told = new HashSet<>();
  private final List<Line> lines = new ArrayList<>();

  private MigrationSteps(CollectionItem after, List<Migration> statements) {
    this.after = after;
    this.statements = statements;
  }

  /** The lines; null if no statement is new. Some statements need no line. */
  static List<Line> between(CollectionItem before, CollectionItem after) {
    List<Migration> added = added(before.statements(), after.statements());
    return added.isEmpty() ? null : new MigrationSteps(after, added).lines();
  }

  /** What comes after the longest prefix that equals a suffix of what was there. */
  private static List<Migration> added(List<Migration> live, List<Migration> submitted) {
    List<String> old = live.stream().map(Migration::key).toList();
    List<String> now = submitted.stream().map(Migration::key).toList();
    int known = Math.min(old.size(), now.size());
    while (!old.subList(old.size() - known, old.size()).equals(now.subList(0, known))) {
      known--;
    }
    return submitted.subList(known, submitted.size());
  }

  private List<Line> lines() {
    statements.forEach(this::statement);
    return lines;
  }

  private void line(Style style, int depth, String text) {
    lines.add(new Line(style, depth, text));
  }

  private static String quoted(FieldPath path) {
    return "`" + path.text() + "`";
  }

  private void statement(Migration statement) {
    switch (statement) {
      case Migration.Add add ->
          backfillOf(add)
              .ifPresent(
                  value ->
                      line(
                          Style.ADDED,
                          1,
                          "+ add field " + quoted(add.field()) + " with backfill `" + value + "`"));
      case Migration.Backfill backfill -> {
        if (!told.contains(backfill)) {
          line(
              Style.ADDED,
              1,
              "+ backfill field "
                  + quoted(backfill.field())
                  + " with value `"
                  + backfill.valueText()
                  + "`");
        }
      }
      case Migration.Drop drop -> line(Style.REMOVED, 1, "- drop field " + quoted(drop.field()));
      case Migration.Move move ->
          line(
              Style.CHANGED,
              1,
              "~ move field " + quoted(move.field()) + " to field " + quoted(move.to()));
      case Migration.Split split -> split(split);
      case Migration.MoveConflicts move ->
          line(Style.CHANGED, 1, "~ move values with type conflicts into " + quoted(move.into()));
      case Migration.MoveWildcard move ->
          line(
              Style.CHANGED,
              1,
              "~ move all fields into the field "
                  + quoted(move.into())
                  + " except fields in the list `"
                  + after.fields().stream()
                      .map(field -> FieldPath.text(List.of(field.name().text())))
                      .collect(Collectors.joining(", ", "[", "]"))
                  + "`");
      case Migration.AddWildcard _ -> line(Style.ADDED, 1, "+ add a top-level wildcard");
    }
  }

  /** The value that an added field gets: of its backfill or its default. */
  private Optional<String> backfillOf(Migration.Add add) {
    for (Migration statement : statements) {
      if (statement instanceof Migration.Backfill backfill
          && backfill.field().equals(add.field())
          && told.add(backfill)) {
        return Optional.of(backfill.valueText());
      }
    }
    return defaultOf(add.field()).map(value -> ExpressionPrinter.print(value, 0));
  }

  private void split(Migration.Split split) {
    line(
        Style.CHANGED,
        1,
        "~ split field "
            + quoted(split.field())
            + " into fields "
            + split.to().stream().map(MigrationSteps::quoted).collect(Collectors.joining(",")));
    String start = "- if";
    for (FieldPath target : split.to()) {
      String goes = target.equals(split.field()) ? "stays in" : "moves to";
      line(
          Style.CHANGED,
          2,
          start
              + " the value matches type `"
              + typeOf(target).map(MigrationSteps::display).orElse("Any")
              + "`, the value "
              + goes
              + " field "
              + quoted(target));
      start = "- else if";
    }
  }

  /** A type whose question mark is written out. */
  private static String display(TypeExpression type) {
    return type instanceof TypeExpression.Nullable nullable
        ? TypeText.print(nullable.type()) + " | Null"
        : TypeText.print(type);
  }

  private Optional<TypeExpression> typeOf(FieldPath path) {
    List<String> names = path.names();
    Optional<TypeExpression> type = field(names.getFirst()).map(SchemaItem.Field::type);
    for (String name : names.subList(1, names.size())) {
      type = type.flatMap(outer -> member(outer, name)).map(TypeExpression.ObjectType.Field::type);
    }
    return type;
  }

  private Optional<Expression> defaultOf(FieldPath path) {
    List<String> names = path.names();
    Optional<SchemaItem.Field> field = field(names.getFirst());
    if (names.size() == 1) {
      return field.flatMap(SchemaItem.Field::defaultValue);
    }
    Optional<TypeExpression> type = field.map(SchemaItem.Field::type);
    for (String name : names.subList(1, names.size() - 1)) {
      type = type.flatMap(outer -> member(outer, name)).map(TypeExpression.ObjectType.Field::type);
    }
    return type.flatMap(outer -> member(outer, names.getLast()))
        .flatMap(TypeExpression.ObjectType.Field::defaultValue);
  }

  private Optional<SchemaItem.Field> field(String name) {
    return after.fields().stream().filter(field -> field.name().text().equals(name)).findFirst();
  }

  private static Optional<TypeExpression.ObjectType.Field> member(
      TypeExpression type, String name) {
    return type instanceof TypeExpression.ObjectType object
        ? object.fields().stream().filter(field -> field.key().text().equals(name)).findFirst()
        : Optional.empty();
  }
}
