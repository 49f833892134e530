package io.refugium.fql10.schema;

import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import java.util.List;

/** A statement of a migration block (schema specification, section 7.2). */
public sealed interface Migration {
  Span span();

  /** The statement as stored text, by which two statements are compared. */
  String key();

  /** {@code add .f}. */
  record Add(Span span, FieldPath field) implements Migration {
    @Override
    public String key() {
      return "add " + field.text();
    }
  }

  /** {@code backfill .f = value}. */
  record Backfill(Span span, FieldPath field, Expression value, String valueText)
      implements Migration {
    @Override
    public String key() {
      return "backfill " + field.text() + " = " + valueText;
    }
  }

  /** {@code drop .f}. */
  record Drop(Span span, FieldPath field) implements Migration {
    @Override
    public String key() {
      return "drop " + field.text();
    }
  }

  /** {@code move .a -> .b}. */
  record Move(Span span, FieldPath field, FieldPath to) implements Migration {
    @Override
    public String key() {
      return "move " + field.text() + " -> " + to.text();
    }
  }

  /** {@code split .a -> .b, .c}. */
  record Split(Span span, FieldPath field, List<FieldPath> to) implements Migration {
    public Split {
      to = List.copyOf(to);
    }

    @Override
    public String key() {
      return "split " + field.text() + " -> " + to.stream().map(FieldPath::text).toList();
    }
  }

  /** {@code move_conflicts .f}. */
  record MoveConflicts(Span span, FieldPath into) implements Migration {
    @Override
    public String key() {
      return "move_conflicts " + into.text();
    }
  }

  /** {@code move_wildcard .f}. */
  record MoveWildcard(Span span, FieldPath into) implements Migration {
    @Override
    public String key() {
      return "move_wildcard " + into.text();
    }
  }

  /** {@code add_wildcard}. */
  record AddWildcard(Span span) implements Migration {
    @Override
    public String key() {
      return "add_wildcard";
    }
  }
}
