package io.refugium.fql10.syntax;

import io.refugium.fql10.source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Object types {@code { a: T, *: U }} (language specification, section 8.2). */
final class ObjectTypeParser {
  private final TextCursor cursor;
  private final ExpressionParser expressions;
  private final TypeParser types;

  ObjectTypeParser(TextCursor cursor, ExpressionParser expressions, TypeParser types) {
    this.cursor = cursor;
    this.expressions = expressions;
    this.types = types;
  }

  /** The object type that stands here. */
  TypeExpression object() {
    int start = cursor.position();
    cursor.advance(1);
    cursor.skipNewlines();
    Members members = new Members();
    while (!cursor.take('}')) {
      member(members);
      if (!separator() && cursor.peek() != '}') {
        throw cursor.expected("`}`");
      }
    }
    return new TypeExpression.ObjectType(
        cursor.from(start),
        members.fields,
        Optional.ofNullable(members.wildcard),
        members.dots != null);
  }

  /** What was read of one object type so far. */
  private static final class Members {
    private final List<TypeExpression.ObjectType.Field> fields = new ArrayList<>();
    private final Map<String, Span> keys = new HashMap<>();
    private TypeExpression wildcard;
    private Span dots;
  }

  private void member(Members members) {
    int start = cursor.position();
    TypeExpression lastWildcard = members.wildcard;
    Span lastDots = members.dots;
    if (cursor.take("...")) {
      members.dots = cursor.from(start);
    } else if (cursor.take('*')) {
      members.wildcard = typeAfterColon();
    } else {
      field(members);
    }
    if (lastWildcard != null) {
      cursor.report(SyntaxErrors.wildcardNotLast(cursor.from(start), lastWildcard.span()));
    } else if (lastDots != null) {
      cursor.report(SyntaxErrors.interfaceNotLast(cursor.from(start), lastDots));
    }
  }

  private void field(Members members) {
    Name key = ObjectParser.key(cursor, expressions.strings());
    Span first = members.keys.putIfAbsent(key.text(), key.span());
    if (first != null) {
      cursor.report(SyntaxErrors.duplicateKey(key.span(), first));
    }
    TypeExpression type = typeAfterColon();
    members.fields.add(new TypeExpression.ObjectType.Field(key, type, defaultValue()));
  }

  private TypeExpression typeAfterColon() {
    cursor.skipBlanks();
    if (!cursor.take(':')) {
      throw cursor.expected("`:`");
    }
    cursor.skipNewlines();
    return types.type();
  }

  private Optional<Expression> defaultValue() {
    int end = cursor.position();
    cursor.skipBlanks();
    if (cursor.peek() == '=' && cursor.peek(1) != '>') {
      cursor.advance(1);
      cursor.skipNewlines();
      return Optional.of(expressions.expression());
    }
    cursor.moveTo(end);
    return Optional.empty();
  }

  /** Skips commas, semicolons and newlines between members. */
  private boolean separator() {
    int start = cursor.position();
    cursor.skipNewlines();
    boolean newline = cursor.source().text().substring(start, cursor.position()).indexOf('\n') >= 0;
    if (cursor.take(',') || cursor.take(';')) {
      cursor.skipNewlines();
      return true;
    }
    return newline;
  }
}
