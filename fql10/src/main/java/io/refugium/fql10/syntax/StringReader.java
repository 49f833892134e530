package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads quoted strings (language specification, section 2.4).
 *
 * <p>Whether a string is a key or a value is known only after it, so a string may be asked for
 * twice; it is read once, which keeps nested interpolations linear.
 */
final class StringReader {
  private final TextCursor cursor;
  private final Supplier<Expression> embedded;
  private final Map<Integer, Expression> read = new HashMap<>();

  /**
   * @param embedded parses the expression of an interpolation at the cursor
   */
  StringReader(TextCursor cursor, Supplier<Expression> embedded) {
    this.cursor = cursor;
    this.embedded = embedded;
  }

  boolean atString() {
    return cursor.peek() == '"' || cursor.peek() == '\'';
  }

  /** The string that stands here, interpolations included; {@link #atString()} must hold. */
  Expression read() {
    int start = cursor.position();
    Expression known = read.get(start);
    if (known == null) {
      known = quoted(start);
      read.put(start, known);
    }
    cursor.moveTo(known.span().end());
    return known;
  }

  /**
   * The string that stands here, as an object key.
   *
   * @throws SyntaxException if it interpolates
   */
  Name readKey() {
    Expression string = read();
    if (string instanceof Expression.Interpolation interpolation) {
      Expression.Interpolation.Part.Embedded part = interpolation.firstEmbedded();
      throw new SyntaxException(
          SyntaxErrors.interpolatedKey(
              part.expression().span(), part.braces().atStart(), string.span()));
    }
    Expression.StringLiteral literal = (Expression.StringLiteral) string;
    return new Name(literal.span(), literal.value());
  }

  /**
   * The string that stands here.
   *
   * @throws SyntaxException if it interpolates
   */
  Expression.StringLiteral readLiteral() {
    Expression string = read();
    if (string instanceof Expression.Interpolation interpolation) {
      throw new SyntaxException(
          SyntaxErrors.interpolatedLiteral(interpolation.firstEmbedded().expression().span()));
    }
    return (Expression.StringLiteral) string;
  }

  private Expression quoted(int start) {
    char quote = cursor.peek();
    cursor.advance(1);
    StringParts parts = new StringParts();
    while (cursor.peek() != quote || cursor.atEnd()) {
      char c = cursor.peek();
      if (c == '\\') {
        escape(parts);
      } else if (c == '#' && quote == '"' && cursor.peek(1) == '{') {
        parts.add(interpolation(cursor, embedded));
      } else if (!cursor.atEnd() && cursor.isDisplayCharacter(cursor.position())) {
        parts.add(c);
        cursor.advance(1);
      } else {
        throw cursor.expected(quote == '"' ? "`\"`" : "`'`");
      }
    }
    cursor.advance(1);
    return parts.toExpression(cursor.from(start));
  }

  /** {@code #{expression}} at the cursor. */
  static Expression.Interpolation.Part.Embedded interpolation(
      TextCursor cursor, Supplier<Expression> embedded) {
    int start = cursor.position();
    cursor.advance(2);
    cursor.skipNewlines();
    Expression inner = embedded.get();
    cursor.skipNewlines();
    if (!cursor.take('}')) {
      throw cursor.expected("`}`");
    }
    return new Expression.Interpolation.Part.Embedded(inner, cursor.from(start));
  }

  private void escape(StringParts parts) {
    int start = cursor.position();
    cursor.advance(1);
    char code = cursor.peek();
    switch (code) {
      case '\\', '\'', '"', '`', '#' -> simple(parts, code);
      case '0' -> simple(parts, '\0');
      case 'n' -> simple(parts, '\n');
      case 'r' -> simple(parts, '\r');
      case 'v' -> simple(parts, '\u000b');
      case 't' -> simple(parts, '\t');
      case 'b' -> simple(parts, '\b');
      case 'f' -> simple(parts, '\f');
      case 'x' -> {
        cursor.advance(1);
        codePoint(parts, start, hexDigits(2));
      }
      case 'u' -> {
        cursor.advance(1);
        codePoint(parts, start, cursor.take('{') ? bracedHex() : hexDigits(4));
      }
      default -> throw new SyntaxException(SyntaxErrors.escapeCode(cursor.here()));
    }
  }

  private void simple(StringParts parts, char value) {
    cursor.advance(1);
    parts.add(value);
  }

  private void codePoint(StringParts parts, int start, int codePoint) {
    if (codePoint > Character.MAX_CODE_POINT) {
      cursor.report(SyntaxErrors.escapeOutsideUnicode(cursor.from(start)));
    } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      cursor.report(SyntaxErrors.escapeSurrogate(cursor.from(start)));
    } else {
      parts.addCodePoint(codePoint);
    }
  }

  private int hexDigits(int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
      value = value * 16 + hexDigit();
    }
    return value;
  }

  private int bracedHex() {
    int value = hexDigit();
    for (int i = 1; i < 6 && cursor.peek() != '}'; i++) {
      value = value * 16 + hexDigit();
    }
    if (!cursor.take('}')) {
      throw cursor.expected("`}`");
    }
    return value;
  }

  private int hexDigit() {
    char c = cursor.peek();
    int digit = c < 128 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      throw cursor.expected("hex digit");
    }
    cursor.advance(1);
    return digit;
  }

  /** Collects the text and the interpolations of one string. */
  static final class StringParts {
    private final List<Expression.Interpolation.Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private boolean interpolated;

    void add(char c) {
      text.append(c);
    }

    void add(String more) {
      text.append(more);
    }

    void addCodePoint(int codePoint) {
      text.appendCodePoint(codePoint);
    }

    void add(Expression.Interpolation.Part.Embedded part) {
      flush();
      parts.add(part);
      interpolated = true;
    }

    private void flush() {
      if (!text.isEmpty()) {
        parts.add(new Expression.Interpolation.Part.Text(text.toString()));
        text.setLength(0);
      }
    }

    Expression toExpression(Span span) {
      if (!interpolated) {
        return new Expression.StringLiteral(span, text.toString());
      }
      flush();
      return new Expression.Interpolation(span, parts);
    }
  }
}
