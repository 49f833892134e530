package io.refugium.fsl.parse;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.schema.FieldPath;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.ExpressionParser;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.syntax.SyntaxException;
import io.refugium.fql10.syntax.TextCursor;
import io.refugium.fql10.syntax.TypeExpression;
import io.refugium.fql10.syntax.TypeParser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The position in a schema file with the rules that all kinds of items share: names, blocks, paths,
 * and the expressions and types of FQL. One per file; not thread-safe.
 */
final class Reader {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
  private static final Pattern QUOTED_NAME = Pattern.compile("[^\"'\\\\\\p{Cntrl}]+");

  final TextCursor cursor;
  final ExpressionParser expressions;
  final TypeParser types;

  Reader(Source source) {
    this.cursor = TextCursor.at(source, 0);
    this.expressions = new ExpressionParser(cursor);
    this.types = new TypeParser(cursor, expressions);
  }

  void report(Diagnostic error) {
    cursor.report(error);
  }

  Span from(int start) {
    return cursor.from(start);
  }

  // --- layout ---------------------------------------------------------------------------------

  /** Skips any number of separators, blanks and comments. */
  void skipAll() {
    cursor.skipSeparators();
    cursor.skipBlanks();
  }

  void require(String token) {
    if (!cursor.take(token)) {
      throw cursor.expected("`" + token + "`");
    }
  }

  /** One member of a block. */
  @FunctionalInterface
  interface MemberRule {
    void read();
  }

  /** {@code { members }}, each behind a separator. */
  void block(MemberRule member) {
    require("{");
    skipAll();
    while (!cursor.take('}')) {
      if (cursor.atEnd()) {
        throw cursor.expected("`}`");
      }
      member.read();
      cursor.skipBlanks();
      if (cursor.peek() != '}' && !cursor.skipSeparators()) {
        throw cursor.expected("`}`");
      }
      skipAll();
    }
  }

  /** Elements in brackets, with commas between. */
  <T> List<T> list(java.util.function.Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    require("[");
    cursor.skipNewlines();
    while (!cursor.take(']')) {
      elements.add(element.get());
      cursor.skipNewlines();
      if (!cursor.take(',') && cursor.peek() != ']') {
        throw cursor.expected("`,`", "`]`");
      }
      cursor.skipNewlines();
    }
    return elements;
  }

  /** Skips an unknown member: to the end of its line, or of the block that it opens. */
  void skipUnknown() {
    int depth = 0;
    while (!cursor.atEnd()) {
      char next = cursor.peek();
      if (depth == 0 && (next == '\n' || next == '\r' || next == '}' || next == ';')) {
        return;
      }
      if (next == '{') {
        depth++;
      } else if (next == '}') {
        depth--;
      }
      cursor.advance(1);
      if (depth == 0 && next == '}') {
        return;
      }
    }
  }

  // --- names ----------------------------------------------------------------------------------

  boolean atQuote() {
    return cursor.peek() == '"' || cursor.peek() == '\'';
  }

  /** An identifier or a quoted name. */
  Name name() {
    if (atQuote()) {
      return quotedName();
    }
    if (!cursor.atIdentifier()) {
      throw cursor.expected("name");
    }
    return cursor.identifier();
  }

  private Name quotedName() {
    int start = cursor.position();
    char quote = cursor.peek();
    int length = 1;
    while (cursor.peek(length) != quote && cursor.peek(length) != TextCursor.END) {
      length++;
    }
    Span inner = cursor.source().span(start + 1, start + length);
    if (cursor.peek(length) != quote || !QUOTED_NAME.matcher(inner.text()).matches()) {
      throw cursor.expected("name");
    }
    cursor.advance(length + 1);
    return new Name(from(start), inner.text());
  }

  /** A name that must be an identifier even if it is quoted. */
  Name plainName() {
    Name name = name();
    if (!IDENTIFIER.matcher(name.text()).matches()) {
      report(FslErrors.invalidIdentifier(name.text(), name.span()));
    }
    return name;
  }

  // --- expressions and types ------------------------------------------------------------------

  Expression expression() {
    Expression expression = expressions.expression();
    Parser.checkHeight(expression, cursor);
    return expression;
  }

  TypeExpression type() {
    return types.type();
  }

  /** Whether an expression is a lambda, in parentheses or not. */
  static boolean isLambda(Expression expression) {
    return switch (expression) {
      case Expression.Lambda _, Expression.ShortLambda _ -> true;
      case Expression.Parenthesized parenthesized -> isLambda(parenthesized.inner());
      default -> false;
    };
  }

  /** An integer, perhaps negative; empty after an error. */
  Optional<Long> integer() {
    int start = cursor.position();
    return switch (expression()) {
      case Expression.IntLiteral number -> Optional.of((long) number.value());
      case Expression.LongLiteral number -> Optional.of(number.value());
      case Expression.Unary unary
          when unary.operand() instanceof Expression.IntLiteral number
              && unary.operator().symbol().equals("-") ->
          Optional.of(-(long) number.value());
      default -> {
        report(FslErrors.of("Expected integer literal", from(start)));
        yield Optional.empty();
      }
    };
  }

  /** The text of a string; empty after an error. */
  Optional<Expression.StringLiteral> string() {
    int start = cursor.position();
    return switch (expression()) {
      case Expression.StringLiteral literal -> Optional.of(literal);
      case Expression.Interpolation interpolation -> {
        report(
            FslErrors.of(
                "Cannot interpolate values in a string literal",
                interpolation.firstEmbedded().expression().span()));
        yield Optional.empty();
      }
      default -> {
        report(FslErrors.of("Expected string literal", from(start)));
        yield Optional.empty();
      }
    };
  }

  // --- paths ----------------------------------------------------------------------------------

  boolean atPath() {
    return cursor.peek() == '.';
  }

  /** {@code .a.b[0].["c d"]}. */
  FieldPath path() {
    int start = cursor.position();
    List<Object> steps = new ArrayList<>();
    require(".");
    if (cursor.peek() == '[') {
      steps.add(bracketed());
    } else {
      steps.add(step());
    }
    while (true) {
      if (cursor.peek() == '.') {
        cursor.advance(1);
        steps.add(step());
      } else if (cursor.peek() == '[') {
        steps.add(bracketed());
      } else {
        return new FieldPath(from(start), steps);
      }
    }
  }

  private String step() {
    if (!cursor.atIdentifier()) {
      throw cursor.expected("identifier");
    }
    return cursor.word().text();
  }

  private Object bracketed() {
    require("[");
    int start = cursor.position();
    Expression inner = expression();
    require("]");
    return switch (inner) {
      case Expression.StringLiteral literal -> literal.value();
      case Expression.IntLiteral literal -> literal.value();
      default -> throw new SyntaxException(FslErrors.of("Invalid field path", from(start)));
    };
  }

  // --- duplicates -----------------------------------------------------------------------------

  /** Names of one kind that have been seen. */
  final class Seen {
    private final String kind;
    private final Map<String, Span> first = new HashMap<>();

    Seen(String kind) {
      this.kind = kind;
    }

    /** Reports a name that was there before. */
    void add(String name, Span span) {
      Span known = first.putIfAbsent(name, span);
      if (known != null) {
        report(FslErrors.duplicate(kind, name, span, known));
      }
    }
  }
}
