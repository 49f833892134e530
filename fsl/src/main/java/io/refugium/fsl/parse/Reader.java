package io.refugium.fsl.parse;

import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.ExpressionParser;
import io.refugium.fql10.syntax.Name;
import io.refugium.fql10.syntax.Parser;
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
  private final List<Diagnostic> errors = new ArrayList<>();

  Reader(Source source) {
    this.cursor = TextCursor.at(source, 0);
    this.expressions = new ExpressionParser(cursor);
    this.types = new TypeParser(cursor, expressions);
  }

  /**
   * Reports what is well-formed but not allowed. Told only of files without syntax errors, which
   * the cursor collects.
   */
  void report(Diagnostic error) {
    errors.add(error);
  }

  /** What is wrong with the text read so far, in the order in which it was found. */
  List<Diagnostic> errors() {
    return cursor.errors().isEmpty() ? errors : cursor.errors();
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

  /** Expressions in brackets, with commas between; each may begin with a dot. */
  List<Expression> list() {
    List<Expression> elements = new ArrayList<>();
    require("[");
    cursor.skipNewlines();
    while (!cursor.take(']')) {
      if (!expressions.atExpression()) {
        throw cursor.expected("`]`", "expression");
      }
      elements.add(expressions.argument());
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

  /** The word that a member of a block starts with. */
  Name memberWord() {
    if (!cursor.atIdentifier()) {
      throw cursor.expected("`}`");
    }
    return cursor.word();
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
    checkIdentifier(name);
    return name;
  }

  private void checkIdentifier(Name name) {
    if (!IDENTIFIER.matcher(name.text()).matches()) {
      report(FslErrors.invalidIdentifier(name.text(), name.span()));
    }
  }

  /**
   * The name behind the keyword of an item or member; without one the rest of it is skipped.
   *
   * @return the name; empty after an error
   */
  Optional<Name> requiredName(Span keyword) {
    int end = cursor.position();
    cursor.skipNewlines();
    if (atQuote() || cursor.atIdentifier()) {
      return Optional.of(name());
    }
    cursor.moveTo(end);
    skipUnknown();
    report(FslErrors.of("Missing required name", keyword));
    return Optional.empty();
  }

  /** As {@link #requiredName}, of things whose name must be an identifier. */
  Optional<Name> requiredPlainName(Span keyword) {
    Optional<Name> name = requiredName(keyword);
    name.ifPresent(this::checkIdentifier);
    return name;
  }

  // --- values ---------------------------------------------------------------------------------

  private boolean atEndOfMember() {
    char next = cursor.peek();
    return cursor.atEnd()
        || next == '\n'
        || next == '\r'
        || next == ';'
        || next == '}'
        || cursor.looksAt("//");
  }

  /** Whether a value follows; if not, reports the member that started at {@code start}. */
  private boolean hasValue(int start) {
    int end = cursor.position();
    cursor.skipBlanks();
    if (!atEndOfMember()) {
      return true;
    }
    cursor.moveTo(end);
    report(FslErrors.of("Missing required value", from(start)));
    return false;
  }

  /**
   * A value that must be a block.
   *
   * @param start where the item or member started
   * @param otherwise the message if the value is something else
   * @return the block; empty after an error
   */
  Optional<Span> requiredBlock(int start, String otherwise, MemberRule member) {
    if (!hasValue(start)) {
      return Optional.empty();
    }
    int value = cursor.position();
    if (cursor.peek() != '{') {
      report(FslErrors.of(otherwise, expression().span()));
      return Optional.empty();
    }
    block(member);
    return Optional.of(from(value));
  }

  Optional<Span> requiredBlock(int start, MemberRule member) {
    return requiredBlock(start, "Expected a block", member);
  }

  /** Steps over a name where none belongs. */
  void refuseName() {
    int end = cursor.position();
    cursor.skipNewlines();
    boolean word = cursor.atIdentifier() && !cursor.atWord("true") && !cursor.atWord("false");
    if (word || atQuote()) {
      report(FslErrors.of("Name is not allowed here", name().span()));
    } else if (atEndOfMember()) {
      cursor.moveTo(end);
    }
  }

  /** Whether a value that is no block follows; if not, reports it. */
  boolean atRequiredLiteral(int start) {
    if (!hasValue(start)) {
      return false;
    }
    int value = cursor.position();
    if (cursor.peek() != '{') {
      return true;
    }
    skipUnknown();
    report(FslErrors.of("Expected an expression literal", from(value)));
    return false;
  }

  /** The value of a member that has no name, if it is an expression; else reports it. */
  Optional<Expression> requiredLiteral(int start) {
    return atRequiredLiteral(start) ? Optional.of(expression()) : Optional.empty();
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

  /** Whether an expression is a lambda. */
  static boolean isLambda(Expression expression) {
    return expression instanceof Expression.Lambda || expression instanceof Expression.ShortLambda;
  }

  /** Whether an expression is a lambda in one pair of parentheses. */
  static boolean isParenthesizedLambda(Expression expression) {
    return expression instanceof Expression.Parenthesized parenthesized
        && isLambda(parenthesized.inner());
  }

  /** The integer that an expression is, perhaps negative; empty after an error. */
  Optional<Long> integer(Expression value) {
    return switch (value) {
      case Expression.IntLiteral number -> Optional.of((long) number.value());
      case Expression.LongLiteral number -> Optional.of(number.value());
      case Expression.Unary unary
          when unary.operand() instanceof Expression.IntLiteral number
              && unary.operator().symbol().equals("-") ->
          Optional.of(-(long) number.value());
      default -> {
        report(FslErrors.of("Expected integer literal", value.span()));
        yield Optional.empty();
      }
    };
  }

  /** The string that an expression is; empty after an error. */
  Optional<String> string(Expression value) {
    return switch (value) {
      case Expression.StringLiteral literal -> Optional.of(literal.value());
      case Expression.Interpolation interpolation -> {
        report(
            FslErrors.of(
                "Cannot interpolate values in a string literal",
                interpolation.firstEmbedded().expression().span()));
        yield Optional.empty();
      }
      default -> {
        report(FslErrors.of("Expected string literal", value.span()));
        yield Optional.empty();
      }
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

    /** Whether nothing has been added. */
    boolean isEmpty() {
      return first.isEmpty();
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
