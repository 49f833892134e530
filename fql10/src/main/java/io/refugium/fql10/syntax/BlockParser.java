package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements, blocks and whole queries (language specification, section 3). */
final class BlockParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;
  private final TypeParser types;

  BlockParser(TextCursor cursor, ExpressionParser expressions) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.types = new TypeParser(cursor, expressions);
  }

  /** The statements of a query up to the end of the text. */
  Expression query() {
    cursor.skipNewlines();
    int start = cursor.position();
    if (cursor.skipSeparators() || !expressions.atExpression()) {
      throw new SyntaxException(SyntaxErrors.emptyQuery(cursor.here()));
    }
    List<Statement> statements = statements();
    cursor.skipNewlines();
    if (statements.getLast() instanceof Statement.Let let
        && (cursor.atEnd() || !expressions.atExpression())) {
      throw new SyntaxException(SyntaxErrors.missingReturn(cursor.here(), let.span()));
    }
    if (!cursor.atEnd()) {
      throw cursor.expected("end-of-input");
    }
    int end = statements.getLast().span().end();
    return block(cursor.source().span(start, end), statements);
  }

  /** {@code { statements }}; the cursor stands on the brace. */
  Expression block() {
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipNewlines();
    if (!expressions.atExpression()) {
      throw cursor.peek() == '}' || cursor.peek() == ';'
          ? new SyntaxException(SyntaxErrors.emptyBlock(cursor.here()))
          : cursor.expected("`}`", "expression");
    }
    List<Statement> statements = statements();
    cursor.skipNewlines();
    Statement last = statements.getLast();
    if (!cursor.take('}')) {
      if (!cursor.atEnd()) {
        cursor.moveTo(last.span().start());
      }
      throw cursor.expected("`}`", "expression");
    }
    if (last instanceof Statement.Let let) {
      int brace = cursor.position() - 1;
      throw new SyntaxException(
          SyntaxErrors.missingReturn(cursor.source().span(brace, brace + 1), let.span()));
    }
    return braced(cursor.from(start), statements);
  }

  /** A single expression stands for itself. */
  private static Expression block(Span span, List<Statement> statements) {
    return statements.size() == 1 ? result(statements) : braced(span, statements);
  }

  private static Expression braced(Span span, List<Statement> statements) {
    return new Expression.Block(
        span, statements.subList(0, statements.size() - 1), result(statements));
  }

  private static Expression result(List<Statement> statements) {
    return ((Statement.Evaluate) statements.getLast()).expression();
  }

  /** At least one statement, and the separator behind the last one if there is one. */
  private List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    do {
      statements.add(statement());
    } while (cursor.skipSeparators() && expressions.atExpression());
    return statements;
  }

  private Statement statement() {
    return cursor.atWord("let") ? let() : new Statement.Evaluate(expressions.expression());
  }

  private Statement let() {
    int start = cursor.position();
    cursor.advance("let".length());
    cursor.skipNewlines();
    Name name = name();
    cursor.skipNewlines();
    Optional<TypeExpression> type = Optional.empty();
    if (cursor.take(':')) {
      cursor.skipNewlines();
      type = Optional.of(types.type());
      TypeDefaults.checkForbidden(type.get()).forEach(cursor::report);
      cursor.skipNewlines();
      if (cursor.peek() != '=') {
        throw cursor.expected("`=`");
      }
    }
    if (!cursor.take('=')) {
      throw cursor.expected("`:`", "`=`");
    }
    cursor.skipNewlines();
    Expression value = expressions.expression();
    return new Statement.Let(cursor.from(start), name, type, value);
  }

  private Name name() {
    Name name = cursor.identifier();
    if (Keywords.isReservedForLet(name.text())) {
      throw new SyntaxException(SyntaxErrors.keywordAsName(name.span()));
    }
    return name;
  }
}
