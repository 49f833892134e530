package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Projections {@code e { a, b: value, c { d } }} (language specification, sections 3 and 5.13). */
final class ProjectionParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;

  ProjectionParser(TextCursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
  }

  /** The projection of {@code projected}; the cursor stands on the brace. */
  Expression projection(Expression projected) {
    cursor.enter();
    cursor.advance(1);
    cursor.skipNewlines();
    if (cursor.take('*')) {
      cursor.skipNewlines();
      if (!cursor.take('}')) {
        throw cursor.expected("`}`");
      }
      throw new SyntaxException(
          SyntaxErrors.projectAllUnsupported(cursor.from(projected.span().start())));
    }
    if (!cursor.atIdentifier()) {
      throw cursor.expected("`*` or identifier");
    }
    List<Expression.Projection.Element> elements = elements();
    cursor.leave();
    return new Expression.Projection(cursor.from(projected.span().start()), projected, elements);
  }

  private List<Expression.Projection.Element> elements() {
    List<Expression.Projection.Element> elements = new ArrayList<>();
    while (!cursor.take('}')) {
      elements.add(element());
      cursor.skipNewlines();
      if (cursor.take(',')) {
        cursor.skipNewlines();
      } else if (cursor.peek() != '}') {
        throw cursor.expected("`,`", "`}`");
      }
    }
    return elements;
  }

  private Expression.Projection.Element element() {
    Name name = cursor.identifier();
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.take(':')) {
      cursor.skipNewlines();
      return new Expression.Projection.Element(name, expressions.elementValue());
    }
    Expression field = field(name);
    if (cursor.peek() == '{') {
      return new Expression.Projection.Element(name, projection(field));
    }
    cursor.moveTo(end);
    return new Expression.Projection.Element(name, field);
  }

  /** {@code name} as short for {@code .name}. */
  private static Expression field(Name name) {
    Span span = name.span();
    return new Expression.Chain(
        span, new Expression.Receiver(span.atStart()), List.of(new Step.Select(name, false)));
  }
}
